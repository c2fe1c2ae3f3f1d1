package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.Datum;

/** Where a constant lies among the values of a column's type. */
public sealed interface Comparand {
    /** It is equal to this value. */
    record At(Datum value) implements Comparand {}

    /**
     * It is greater than this value and less than the next; {@code self} is the constant itself, in a form that no column stores.
     */
    record Above(Datum value, Datum self) implements Comparand {}

    /** It is less than this value and greater than the one before; {@code self} is the constant itself. */
    record Below(Datum value, Datum self) implements Comparand {}

    /** It is NULL. */
    record IsNull() implements Comparand {
        /** The only one that is needed. */
        public static final IsNull INSTANCE = new IsNull();
    }

    /** No value of the column is equal to it; about their order nothing is known. */
    record Nowhere(String reason) implements Comparand {}

    /** The comparison does not follow the order of the column, or the constant is not known; {@code reason} in plain words. */
    record Unusable(String reason) implements Comparand {}
}
