package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.value.SqlValue;

/** A value as a condition. */
enum Truth {
    TRUE,
    FALSE,
    NULL,
    UNKNOWN;

    /** Numbers are true unless they are zero; what strings and times come to is left open. */
    static Truth of(SqlValue value) {
        return switch (value) {
            case SqlValue.Null _ -> NULL;
            case SqlValue.Int(long bits, boolean _) -> bits == 0 ? FALSE : TRUE;
            case SqlValue.Decimal number -> number.value().signum() == 0 ? FALSE : TRUE;
            case SqlValue.Real(double number, boolean _) -> number == 0 ? FALSE : TRUE;
            default -> UNKNOWN;
        };
    }
}
