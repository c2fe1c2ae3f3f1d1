package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.SqlValue.Unknown;

/** A function meets something whose result on the server is not known for sure. Never leaves {@link SqlFunction#call}. */
final class Incomputable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Unknown reason;

    Incomputable(Unknown reason) {
        super(reason.reason(), null, false, false);
        this.reason = reason;
    }

    Unknown reason() {
        return reason;
    }
}
