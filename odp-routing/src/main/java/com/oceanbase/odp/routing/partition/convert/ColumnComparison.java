package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.TemporalParser;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Where a constant lies among the values of a column, as the server compares the two. */
public final class ColumnComparison {
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger UNSIGNED_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** Integers up to here are doubles, too. */
    private static final double EXACT_DOUBLE = 9_007_199_254_740_992d;

    private static final Comparand OUT_OF_RANGE = new Comparand.Nowhere("the type of the column has no such value");

    private ColumnComparison() {}

    /**
     * Locates a constant.
     *
     * @param equality whether only values that are equal to it matter
     */
    public static Comparand locate(ColumnType type, SqlValue value, boolean equality, SessionValues session) {
        if (value instanceof SqlValue.Unknown(String reason)) {
            return new Comparand.Unusable(reason);
        }
        if (value.isNull()) {
            return Comparand.IsNull.INSTANCE;
        }
        return switch (type.type()) {
            case FLOAT, FLOAT_UNSIGNED, DOUBLE, DOUBLE_UNSIGNED -> real(type, value, equality);
            case NUMBER, NUMBER_UNSIGNED, NUMBER_FLOAT, DECIMAL_INT -> exact(type, value);
            case VARCHAR, CHAR, NVARCHAR2, NCHAR, TINY_TEXT, TEXT, MEDIUM_TEXT, LONG_TEXT ->
                text(type, value, equality, session);
            case ENUM, SET -> member(type, value, equality);
            case DATE, MYSQL_DATE -> date(type, value, equality, session);
            case DATETIME, MYSQL_DATETIME, TIMESTAMP -> dateTime(type, value, equality, session);
            case TIME -> time(value, equality);
            case YEAR -> year(value, equality, session);
            case BIT -> integer(type, value, equality);
            default ->
                type.type().isInteger()
                        ? inRange(type, integer(type, value, equality), equality && !isTime(value))
                        : new Comparand.Unusable("values of its type are not compared here");
        };
    }

    private static Comparand integer(ColumnType type, SqlValue value, boolean equality) {
        if (value instanceof SqlValue.Int(long bits, boolean unsigned)
                && (bits >= 0 || unsigned == type.type().isUnsignedWhole())) {
            return new Comparand.At(new Datum.Whole(bits));
        }
        if (value instanceof SqlValue.Real(double real, boolean _) && Math.abs(real) >= EXACT_DOUBLE) {
            // For an equality the server converts the number by its shortest digits, although several integers are
            // equal to it.
            BigDecimal shortest = Numbers.toDecimal(value);
            if (equality && shortest != null && isWithin(type, shortest)) {
                return new Comparand.At(new Datum.Whole(shortest.toBigInteger().longValue()));
            }
            return new Comparand.Unusable("a floating point number this big equals several integers");
        }
        BigDecimal number = value instanceof SqlValue.Real(double real, boolean _)
                ? new BigDecimal(real)
                : Numbers.toDecimal(value);
        if (number == null) {
            return new Comparand.Unusable("the constant is no number");
        }
        Datum self = new Datum.Exact(number);
        BigInteger floor = number.setScale(0, RoundingMode.FLOOR).toBigInteger();
        boolean unsigned = type.type().isUnsignedWhole();
        if (floor.compareTo(unsigned ? UNSIGNED_MAX : LONG_MAX) > 0) {
            return new Comparand.Above(new Datum.Whole(unsigned ? -1 : Long.MAX_VALUE), self);
        }
        if (floor.compareTo(unsigned ? BigInteger.ZERO : LONG_MIN) < 0) {
            return new Comparand.Below(new Datum.Whole(unsigned ? 0 : Long.MIN_VALUE), self);
        }
        Datum.Whole datum = new Datum.Whole(floor.longValue());
        return number.compareTo(new BigDecimal(floor)) == 0
                ? new Comparand.At(datum)
                : new Comparand.Above(datum, self);
    }

    private static boolean isWithin(ColumnType type, BigDecimal number) {
        boolean unsigned = type.type().isUnsignedWhole();
        return number.compareTo(new BigDecimal(unsigned ? UNSIGNED_MAX : LONG_MAX)) <= 0
                && number.compareTo(new BigDecimal(unsigned ? BigInteger.ZERO : LONG_MIN)) >= 0;
    }

    /** The server knows that nothing equals an integer that the type cannot hold. */
    private static Comparand inRange(ColumnType type, Comparand found, boolean equality) {
        if (!equality) {
            return found;
        }
        return switch (found) {
            case Comparand.At(Datum.Whole(long bits)) when isOutside(type, bits) -> OUT_OF_RANGE;
            case Comparand.Above(Datum.Whole(long bits), Datum self)
            when bits == (type.type().isUnsigned() ? -1 : Long.MAX_VALUE) && isIntegral(self) -> OUT_OF_RANGE;
            case Comparand.Below(Datum _, Datum self) when isIntegral(self) -> OUT_OF_RANGE;
            default -> found;
        };
    }

    private static boolean isTime(SqlValue value) {
        return value instanceof SqlValue.Date || value instanceof SqlValue.DateTime || value instanceof SqlValue.Time;
    }

    private static boolean isIntegral(Datum value) {
        return value instanceof Datum.Exact(BigDecimal number)
                && number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean isOutside(ColumnType type, long bits) {
        long low = type.type().lowest();
        long high = type.type().highest();
        return type.type().isUnsigned() ? Long.compareUnsigned(bits, high) > 0 : bits < low || bits > high;
    }

    private static Comparand real(ColumnType type, SqlValue value, boolean equality) {
        double number = Numbers.toDouble(value);
        if (Double.isNaN(number)) {
            return new Comparand.Unusable("the constant is no number");
        }
        Datum self = new Datum.Real(number);
        boolean single = type.type() == ObjectType.FLOAT || type.type() == ObjectType.FLOAT_UNSIGNED;
        double nearest = (float) number;
        if (!single || nearest == number || Double.isInfinite(nearest)) {
            return new Comparand.At(self);
        }
        if (equality && type.scale() < 0) {
            return new Comparand.Nowhere("no single precision number is equal to it");
        }
        return nearest < number
                ? new Comparand.Above(new Datum.Real(nearest), self)
                : new Comparand.Below(new Datum.Real(nearest), self);
    }

    private static Comparand exact(ColumnType type, SqlValue value) {
        BigDecimal number = Numbers.toDecimal(value);
        if (number == null) {
            return new Comparand.Unusable("the constant is no number");
        }
        if (value instanceof SqlValue.Real(double real, boolean single)
                && single
                && type.type().isUnsigned()
                && number.compareTo(new BigDecimal(real)) != 0) {
            return new Comparand.Unusable("how the server converts this floating point number is not known");
        }
        if (type.scale() < 0) {
            return new Comparand.At(new Datum.Exact(number));
        }
        BigDecimal limit =
                type.precision() > 0 ? new BigDecimal(BigInteger.TEN.pow(type.precision()), type.scale()) : null;
        if (limit != null && number.abs().compareTo(limit) >= 0 && !type.type().isUnsigned()) {
            // The nearest number that has too many digits stands for all that have.
            return new Comparand.At(new Datum.Exact(number.signum() < 0 ? limit.negate() : limit));
        }
        if (number.scale() <= type.scale()) {
            return new Comparand.At(new Datum.Exact(number));
        }
        BigDecimal floor = number.setScale(type.scale(), RoundingMode.FLOOR);
        if (floor.compareTo(number) == 0) {
            return new Comparand.At(new Datum.Exact(floor));
        }
        if (value instanceof SqlValue.Real) {
            return new Comparand.Unusable("the column is compared as floating point number");
        }
        // The server takes the smallest number that has too many digits for the column; unsigned ones are kept as they
        // are.
        Datum self = new Datum.Exact(limit == null || type.type().isUnsigned() ? number : limit);
        return new Comparand.Above(new Datum.Exact(floor), self);
    }

    private static Comparand text(ColumnType type, SqlValue value, boolean equality, SessionValues session) {
        if (session.oracle()) {
            Datum stored = OracleAssignment.assign(type, value, session);
            return stored instanceof Datum.Text && value instanceof SqlValue.Text
                    ? new Comparand.At(stored)
                    : new Comparand.Unusable("the column is converted for the comparison");
        }
        if (!(value instanceof SqlValue.Text text)) {
            return new Comparand.Unusable("the column is compared as number or time");
        }
        Collation collation = text.collation();
        boolean own = collation.equals(type.collation());
        boolean binary = collation.isBinary();
        if (text.origin() == TextOrigin.COLLATED && !own && !(equality && binary)) {
            return new Comparand.Unusable("the strings are compared by collation " + collation.name());
        }
        if (!equality && collation.equals(Collation.BINARY) && !own) {
            return new Comparand.Unusable("the strings are compared as bytes");
        }
        byte[] bytes = Assignment.inCharsetOf(type, text);
        if (bytes == null) {
            return new Comparand.Unusable("the string is not in the character set of the column");
        }
        return new Comparand.At(new Datum.Text(text.origin() == TextOrigin.BLOB_PARAMETER ? cut(type, bytes) : bytes));
    }

    /** The server casts such parameters to the type of the column. */
    private static byte[] cut(ColumnType type, byte[] bytes) {
        if (type.length() < 0
                || bytes.length <= type.length()
                || type.collation().equals(Collation.BINARY)) {
            return bytes;
        }
        String characters = new String(bytes, type.collation().javaCharset());
        int count = characters.codePointCount(0, characters.length());
        return count <= type.length()
                ? bytes
                : characters
                        .substring(0, characters.offsetByCodePoints(0, type.length()))
                        .getBytes(type.collation().javaCharset());
    }

    private static Comparand member(ColumnType type, SqlValue value, boolean equality) {
        if (value instanceof SqlValue.Text text) {
            if (!equality
                    || text.origin() == TextOrigin.COLLATED
                    || text.collation().equals(Collation.BINARY)) {
                return new Comparand.Unusable("members are compared as strings");
            }
            Datum found = type.type() == ObjectType.ENUM ? Members.ordinal(type, value) : Members.bitmap(type, value);
            return found == null ? new Comparand.Unusable("there is no such member") : new Comparand.At(found);
        }
        return integer(type, value, equality);
    }

    private static Comparand date(ColumnType type, SqlValue value, boolean equality, SessionValues session) {
        SqlValue found = Temporals.toDateTime(value, session);
        if (!(found instanceof SqlValue.DateTime time) || isZeroInDate(time, session)) {
            return noTime(found, equality ? TemporalForm.zero(type.type()) : null);
        }
        Datum date = TemporalForm.date(type, time.year(), time.month(), time.day());
        if (date == null) {
            return new Comparand.Unusable("the date is no day");
        }
        return time.nanosOfDay() == 0 ? new Comparand.At(date) : new Comparand.Above(date, date);
    }

    /** What is no date or time counts as zero for an equality; it limits no range. */
    private static Comparand noTime(SqlValue found, @Nullable Datum zero) {
        if (found instanceof SqlValue.Unknown(String reason)) {
            return new Comparand.Unusable(reason);
        }
        return zero == null ? new Comparand.Unusable("the constant is no date or time") : new Comparand.At(zero);
    }

    private static boolean isZeroInDate(SqlValue.DateTime time, SessionValues session) {
        return session.modes().noZeroInDate() && !time.isZeroDate() && (time.month() == 0 || time.day() == 0);
    }

    private static Comparand dateTime(ColumnType type, SqlValue value, boolean equality, SessionValues session) {
        SqlValue found = Temporals.toDateTime(value, session);
        if (!(found instanceof SqlValue.DateTime time) || isZeroInDate(time, session)) {
            ObjectType form = type.type() == ObjectType.TIMESTAMP ? ObjectType.DATETIME : type.type();
            return noTime(found, equality ? TemporalForm.zero(form) : null);
        }
        // With all digits, also those that the column does not keep: the order is the same.
        Datum datum = TemporalForm.dateTime(
                type, time.year(), time.month(), time.day(), time.microsOfDay(), session.timeZone());
        if (datum == null) {
            return new Comparand.Unusable("the column does not hold such a time, or the time zone is not known");
        }
        return new Comparand.At(datum);
    }

    static boolean isNoTime(SqlValue value) {
        return value instanceof SqlValue.Text text && TemporalParser.isNoTime(Texts.decode(text));
    }

    private static Comparand time(SqlValue value, boolean equality) {
        SqlValue found = Temporals.toTime(value);
        if (isNoTime(value)) {
            return new Comparand.At(new Datum.Whole(0));
        }
        if (value instanceof SqlValue.Date || value instanceof SqlValue.DateTime) {
            // The constant is cut to its time of day.
            return value instanceof SqlValue.DateTime moment && equality
                    ? new Comparand.At(new Datum.Whole(moment.microsOfDay()))
                    : new Comparand.Unusable("the column is compared as date and time");
        }
        if (!(found instanceof SqlValue.Time time)) {
            return noTime(found, new Datum.Whole(0));
        }
        return new Comparand.At(new Datum.Whole(time.micros()));
    }

    private static Comparand year(SqlValue value, boolean equality, SessionValues session) {
        if (value instanceof SqlValue.Year(int year)) {
            Datum datum = TemporalForm.year(year);
            return datum == null ? new Comparand.Nowhere("no such year") : new Comparand.At(datum);
        }
        if (isTime(value)) {
            int year = Temporals.toDateTime(value, session) instanceof SqlValue.DateTime moment ? moment.year() : 0;
            Datum datum = equality && !(value instanceof SqlValue.Time) && year > 0 ? TemporalForm.year(year) : null;
            return datum == null
                    ? new Comparand.Unusable("the column is compared as date and time")
                    : new Comparand.At(datum);
        }
        String characters =
                value instanceof SqlValue.Text text ? Texts.decode(text).strip() : null;
        BigDecimal exact = Numbers.toDecimal(value);
        if (exact == null) {
            return new Comparand.Unusable("the constant is no number");
        }
        BigDecimal number = exact.setScale(0, RoundingMode.HALF_UP);
        if (!equality && number.compareTo(exact) != 0) {
            return new Comparand.Unusable("the constant is no year");
        }
        boolean text = characters != null
                && characters.length() < 4
                && ((SqlValue.Text) value).origin() != TextOrigin.BLOB_PARAMETER
                && !characters.isEmpty()
                && Character.isDigit(characters.charAt(0));
        Datum datum = Assignment.twoDigits(number.longValue(), text);
        if (datum != null) {
            return new Comparand.At(datum);
        }
        if (equality && characters == null && number.longValue() > 99 && number.longValue() < 1901) {
            return new Comparand.Nowhere("no such year");
        }
        return number.signum() > 0 && number.longValue() > 2155
                ? new Comparand.Above(new Datum.Whole(255), new Datum.Exact(number))
                : new Comparand.Unusable("no such year");
    }
}
