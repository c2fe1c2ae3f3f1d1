package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.hash.StringHash;
import com.oceanbase.odp.routing.partition.hash.StringRule;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What INSERT stores in a column: rounded and cut as the type has it. */
public final class Assignment {
    /** Doubles from here on have no digits behind the point. */
    private static final double MAX_WITH_FRACTION = 0x1p52;

    private Assignment() {}

    /** The stored value; null if it is not known, or if the server refuses the value. */
    public static @Nullable Datum assign(ColumnType type, SqlValue value, SessionValues session) {
        if (value.isUnknown()) {
            return null;
        }
        if (value.isNull()) {
            return Datum.Null.INSTANCE;
        }
        if (session.oracle()) {
            return OracleAssignment.assign(type, value, session);
        }
        Datum fitting = fitting(type, value, session);
        return fitting != null || session.modes().strict() ? fitting : LenientAssignment.assign(type, value, session);
    }

    /** What stands for NULL in a column that cannot be NULL when IGNORE is given; null if it is not known. */
    public static @Nullable Datum emptyOf(ColumnType type) {
        return LenientAssignment.empty(type);
    }

    /** The stored value, null if the value does not fit. */
    private static @Nullable Datum fitting(ColumnType type, SqlValue value, SessionValues session) {
        return switch (type.type()) {
            case FLOAT, FLOAT_UNSIGNED, DOUBLE, DOUBLE_UNSIGNED -> real(type, value);
            case NUMBER, NUMBER_UNSIGNED, DECIMAL_INT -> exact(type, value);
            case VARCHAR, CHAR, TINY_TEXT, TEXT, MEDIUM_TEXT, LONG_TEXT -> text(type, value, session);
            case BIT -> bit(type, value);
            case ENUM -> Members.ordinal(type, value);
            case SET -> Members.bitmap(type, value);
            case DATE, MYSQL_DATE, DATETIME, MYSQL_DATETIME, TIMESTAMP -> dateTime(type, value, session);
            case TIME -> time(type, value);
            case YEAR -> year(value);
            default -> type.type().isInteger() ? integer(type, value) : null;
        };
    }

    private static @Nullable Datum integer(ColumnType type, SqlValue value) {
        BigInteger number = value instanceof SqlValue.Text text && !isNumber(text) ? null : rounded(value);
        if (number == null) {
            return null;
        }
        Datum.Whole stored = limited(type.type(), number);
        return number.equals(whole(type.type(), stored.value())) ? stored : null;
    }

    /** The integer that is nearest to a value; null if it is no number. */
    static @Nullable BigInteger rounded(SqlValue value) {
        if (value instanceof SqlValue.Real(double real, boolean _)) {
            return new BigDecimal(Math.rint(real)).toBigInteger();
        }
        BigDecimal decimal = Numbers.toDecimal(value);
        return decimal == null
                ? null
                : decimal.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    /** The nearest value of an integer type. */
    static Datum.Whole limited(ObjectType type, BigInteger number) {
        BigInteger low = whole(type, type.lowest());
        BigInteger high = whole(type, type.highest());
        return new Datum.Whole(number.max(low).min(high).longValue());
    }

    private static BigInteger whole(ObjectType type, long bits) {
        BigInteger signed = BigInteger.valueOf(bits);
        return type.isUnsigned() && bits < 0 ? signed.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : signed;
    }

    /** Whether a string is nothing but a number; others are refused or cut, depending on sql_mode. */
    private static boolean isNumber(SqlValue.Text text) {
        return Numbers.isHex(text) || isNumber(Texts.decode(text));
    }

    private static boolean isNumber(String text) {
        String trimmed = text.strip();
        int i = 0;
        int digits = 0;
        int length = trimmed.length();
        if (i < length && (trimmed.charAt(i) == '+' || trimmed.charAt(i) == '-')) {
            i++;
        }
        boolean point = false;
        for (; i < length; i++) {
            char c = trimmed.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0 || i == length) {
            return digits > 0;
        }
        return trimmed.substring(i).matches("[eE]([+-]?[0-9]{1,4})?");
    }

    static @Nullable Datum real(ColumnType type, SqlValue value) {
        if (value instanceof SqlValue.Text text && !isNumber(text)) {
            return null;
        }
        double number = Numbers.toDouble(value);
        if (Double.isNaN(number) || type.type().isUnsigned() && number < 0) {
            return null;
        }
        boolean single = type.type() == ObjectType.FLOAT || type.type() == ObjectType.FLOAT_UNSIGNED;
        double stored = single ? (float) number : number;
        if (Double.isInfinite(stored)) {
            return null;
        }
        if (type.scale() >= 0) {
            double rounded = rounded(stored, type.scale());
            stored = single ? (float) rounded : rounded;
        }
        boolean tooLarge = type.scale() >= 0
                && type.precision() > 0
                && Math.abs(stored)
                        >= BigDecimal.TEN.pow(type.precision() - type.scale()).doubleValue();
        return tooLarge ? null : new Datum.Real(stored);
    }

    /**
     * As the server rounds (MySQL's {@code Field_real::truncate}): the fraction above the next lower integer. What comes out may differ from the
     * literal of the same digits, as -0.01 does, and lies on the other side of a bound then.
     */
    private static double rounded(double number, int digits) {
        double factor = Math.pow(10, digits);
        double floor = Math.floor(number);
        return Math.abs(number) < MAX_WITH_FRACTION ? Math.rint((number - floor) * factor) / factor + floor : number;
    }

    /** The largest number of a type with precision and scale. */
    static BigDecimal largest(ColumnType type) {
        return new BigDecimal(BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE), type.scale());
    }

    private static @Nullable Datum exact(ColumnType type, SqlValue value) {
        if (value instanceof SqlValue.Text text && !isNumber(text)) {
            return null;
        }
        BigDecimal number = Numbers.toDecimal(value);
        if (number == null || type.type().isUnsigned() && number.signum() < 0) {
            return null;
        }
        BigDecimal rounded = type.scale() < 0 ? number : number.setScale(type.scale(), RoundingMode.HALF_UP);
        if (type.precision() > 0 && rounded.signum() != 0 && rounded.precision() > type.precision()) {
            return null;
        }
        return new Datum.Exact(rounded);
    }

    static @Nullable Datum text(ColumnType type, SqlValue value, SessionValues session) {
        SqlValue found = Texts.toText(value, session);
        if (!(found instanceof SqlValue.Text text)) {
            return null;
        }
        byte[] bytes = inCharsetOf(type, text);
        if (bytes == null || !fits(type, bytes)) {
            return null;
        }
        if (type.type() == ObjectType.CHAR && !type.collation().equals(Collation.BINARY)) {
            int length = StringHash.significant(StringRule.of(type.collation()), bytes);
            return new Datum.Text(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
        }
        // BINARY(n) is filled up with zero bytes.
        boolean filled = type.type() == ObjectType.CHAR && bytes.length < type.length();
        return new Datum.Text(filled ? Arrays.copyOf(bytes, type.length()) : bytes);
    }

    /** Bytes of a string in the character set of a column; null if it has other characters. */
    static byte @Nullable [] inCharsetOf(ColumnType type, SqlValue.Text text) {
        Collation target = type.collation();
        if (target == ColumnType.UNKNOWN_COLLATION) {
            return null;
        }
        return Texts.convert(text, target) instanceof SqlValue.Text converted ? converted.bytes() : null;
    }

    private static boolean fits(ColumnType type, byte[] bytes) {
        if (type.length() < 0 || bytes.length <= type.length()) {
            return true;
        }
        if (type.collation().equals(Collation.BINARY)) {
            return false;
        }
        String characters = new String(bytes, type.collation().javaCharset()).stripTrailing();
        return characters.codePointCount(0, characters.length()) <= type.length();
    }

    /** Negative integers are the unsigned ones of the same bits. */
    private static @Nullable Datum bit(ColumnType type, SqlValue value) {
        BigInteger number;
        if (value instanceof SqlValue.Text text) {
            if (text.bytes().length > 8) {
                return null;
            }
            number = new BigInteger(1, text.bytes());
        } else if (value instanceof SqlValue.Int(long bits, boolean _)) {
            number = whole(ObjectType.BIGINT_UNSIGNED, bits);
        } else if (value instanceof SqlValue.Real(double real, boolean _)) {
            number = whole(ObjectType.BIGINT_UNSIGNED, (long) Math.rint(real));
        } else {
            number = rounded(value);
            if (number == null) {
                return null;
            }
        }
        int width = type.precision() > 0 ? type.precision() : 1;
        return number.signum() < 0 || number.bitLength() > width ? null : new Datum.Whole(number.longValue());
    }

    static @Nullable Datum dateTime(ColumnType type, SqlValue value, SessionValues session) {
        if (!(Temporals.toDateTime(value, session) instanceof SqlValue.DateTime full)) {
            return null;
        }
        boolean zeroInDate = !full.isZeroDate() && (full.month() == 0 || full.day() == 0);
        if (zeroInDate && session.modes().noZeroInDate()) {
            return null;
        }
        if (type.type().isDate()) {
            return TemporalForm.date(type, full.year(), full.month(), full.day());
        }
        if (!(Temporals.round(full, type.fraction()) instanceof SqlValue.DateTime rounded)) {
            // Beyond the last day there is nothing.
            return Datum.Null.INSTANCE;
        }
        return TemporalForm.dateTime(
                type, rounded.year(), rounded.month(), rounded.day(), rounded.microsOfDay(), session.timeZone());
    }

    private static @Nullable Datum time(ColumnType type, SqlValue value) {
        return Temporals.toTime(value) instanceof SqlValue.Time time ? TemporalForm.time(type, time.micros()) : null;
    }

    private static @Nullable Datum year(SqlValue value) {
        return switch (value) {
            case SqlValue.Year(int year) -> TemporalForm.year(year);
            case SqlValue.Date date -> TemporalForm.year(date.year());
            case SqlValue.DateTime time -> TemporalForm.year(time.year());
            case SqlValue.Text text
            when !Numbers.isHex(text) -> yearOf(Texts.decode(text).strip());
            default -> {
                BigDecimal number = Numbers.toDecimal(value);
                yield number == null
                        ? null
                        : twoDigits(number.setScale(0, RoundingMode.HALF_UP).longValue(), false);
            }
        };
    }

    /** '0' to '99' are years from 2000 on or before, '0' included; '0000' is the year 0. */
    static @Nullable Datum yearOf(String text) {
        BigDecimal number = text.length() > 30 || !isNumber(text) ? null : Numbers.textDecimal(text);
        return number == null
                ? null
                : twoDigits(number.setScale(0, RoundingMode.HALF_UP).longValue(), text.length() < 4);
    }

    static @Nullable Datum twoDigits(long number, boolean zeroIs2000) {
        if (number == 0) {
            return TemporalForm.year(zeroIs2000 ? 2000 : 0);
        }
        if (number < 100 && number > 0) {
            return TemporalForm.year((int) number + (number < 70 ? 2000 : 1900));
        }
        return number < 0 || number > 2155 ? null : TemporalForm.year((int) number);
    }

    /** Bytes of a text in UTF-8, for names of members. */
    static String characters(SqlValue.Text text) {
        return text.collation().equals(Collation.BINARY)
                ? new String(text.bytes(), StandardCharsets.UTF_8)
                : Texts.decode(text);
    }
}
