package com.oceanbase.odp.routing.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * What an expression comes to. Immutable; arrays must not be changed by anyone.
 */
public sealed interface SqlValue {
    /** NULL without a type. */
    SqlValue NULL = new Null(ValueType.NONE);

    /** Whether this is NULL; false for {@link Unknown}. */
    default boolean isNull() {
        return this instanceof Null;
    }

    /** Whether nothing is known about the value. */
    default boolean isUnknown() {
        return this instanceof Unknown;
    }

    /** NULL; {@code type} is the type that the expression has. */
    record Null(ValueType type) implements SqlValue {}

    /** A 64-bit integer; {@code bits} is read as unsigned if {@code unsigned}. TRUE and FALSE are 1 and 0. */
    record Int(long bits, boolean unsigned) implements SqlValue {
        public BigInteger toBigInteger() {
            BigInteger value = BigInteger.valueOf(bits);
            return unsigned && bits < 0 ? value.add(BigInteger.ONE.shiftLeft(64)) : value;
        }

        @Override
        public String toString() {
            return unsigned ? Long.toUnsignedString(bits) : Long.toString(bits);
        }
    }

    /**
     * An exact number.
     *
     * @param value may have more digits than {@code scale} after a division, as on the server
     * @param scale of the type: digits that are shown
     */
    record Decimal(BigDecimal value, int scale) implements SqlValue {
        /** A number whose scale is its own. */
        public Decimal(BigDecimal value) {
            this(value.scale() < 0 ? value.setScale(0) : value, Math.max(0, value.scale()));
        }

        @Override
        public String toString() {
            return value.setScale(scale, RoundingMode.HALF_UP).toPlainString();
        }
    }

    /** An approximate number; {@code single} for FLOAT, whose value was widened. Never infinite or NaN. */
    record Real(double value, boolean single) implements SqlValue {}

    /** Bytes in the character set of {@code collation}, or without one if that is {@link Collation#BINARY}. */
    record Text(byte[] bytes, Collation collation, TextOrigin origin) implements SqlValue {
        @Override
        public boolean equals(Object other) {
            return other instanceof Text text
                    && Arrays.equals(bytes, text.bytes)
                    && collation.equals(text.collation)
                    && origin == text.origin;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        /** The characters; bytes that do not form one come out as U+FFFD. */
        @Override
        public String toString() {
            return new String(bytes, collation.javaCharset());
        }
    }

    /** A date; parts may be 0 ({@code 0000-00-00}, {@code 2024-00-00}), and February may have 31 days where the server lets it. */
    record Date(int year, int month, int day) implements SqlValue {
        /** Days since 1970-01-01; meaningless for dates with a zero part. */
        public long epochDay() {
            return CivilDays.toEpochDay(year, month, day);
        }

        public boolean isZero() {
            return year == 0 && month == 0 && day == 0;
        }
    }

    /** A time span between -838:59:59.999999 and 838:59:59.999999; {@code digits} of the fraction are shown, 0 to 6. */
    record Time(long micros, int digits) implements SqlValue {}

    /**
     * A date and a time of day without a zone: DATETIME, TIMESTAMP in the session's zone, DATE and TIMESTAMP of Oracle mode. {@code digits} of the
     * fraction are shown, 0 to 6, in Oracle mode 0 to 9.
     */
    record DateTime(int year, int month, int day, long nanosOfDay, int digits) implements SqlValue {
        public Date date() {
            return new Date(year, month, day);
        }

        public long microsOfDay() {
            return nanosOfDay / 1000;
        }

        /** Microseconds since 1970-01-01 00:00:00 in the same unnamed zone; meaningless for dates with a zero part. */
        public long epochMicros() {
            return CivilDays.toEpochDay(year, month, day) * 86_400_000_000L + nanosOfDay / 1000;
        }

        public boolean isZeroDate() {
            return year == 0 && month == 0 && day == 0;
        }
    }

    /** TIMESTAMP WITH TIME ZONE of Oracle mode: the time in UTC and the zone's offset at that time. */
    record ZonedTimestamp(DateTime utc, int offsetMinutes) implements SqlValue {}

    /** YEAR: 0 or 1901 to 2155. */
    record Year(int year) implements SqlValue {}

    /** The value cannot be known here; {@code reason} says why in plain words. */
    record Unknown(String reason) implements SqlValue {}
}
