package com.oceanbase.odp.routing.partition;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A value as a column stores it; what it means is up to the {@link ColumnType}. Equality of two of them is equality of the stored bytes, not of
 * the collation: compare by {@link ColumnType#compare}.
 */
public sealed interface Datum {
    /** SQL NULL. */
    record Null() implements Datum {
        /** The only one that is needed. */
        public static final Null INSTANCE = new Null();
    }

    /**
     * Integers, bits, ordinals of ENUM, bitmaps of SET, and dates and times in the representation of their type; unsigned numbers above 2^63 - 1
     * are negative here.
     */
    record Whole(long value) implements Datum {}

    /** Float and double. */
    record Real(double value) implements Datum {}

    /** Decimals. */
    record Exact(BigDecimal value) implements Datum {}

    /** Strings in the character set of the column, and bytes. The array must not be changed. */
    record Text(byte[] bytes) implements Datum {
        @Override
        public boolean equals(Object other) {
            return other instanceof Text(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** Timestamps of Oracle mode: microseconds since 1970 UTC, and the descriptor word with the rest of the nanoseconds and the zone. */
    record Zoned(long micros, int descriptor) implements Datum {}

    /** Above all values; the bound MAXVALUE. */
    record Max() implements Datum {
        /** The only one that is needed. */
        public static final Max INSTANCE = new Max();
    }
}
