package com.oceanbase.odp.routing.value.operation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.SqlValue.Real;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.TemporalParser;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.sql.expression.CastType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;

/** {@code CAST}, {@code CONVERT}, {@code BINARY}. */
public final class Casts {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Casts() {}

    public static SqlValue cast(SqlValue value, CastType type, SessionValues session) {
        if (value.isUnknown()) {
            return value;
        }
        if (session.oracle()) {
            return Reasons.EXPRESSION;
        }
        if (value.isNull()) {
            return new Null(resultType(type.name()));
        }
        return switch (type.name()) {
            case "SIGNED" -> Numbers.toSigned(value);
            case "UNSIGNED" -> Numbers.toUnsigned(value);
            case "DECIMAL" -> decimal(value, type);
            case "DOUBLE" -> type.scale() >= 0 ? Reasons.EXPRESSION : Numbers.real(Numbers.toDouble(value));
            case "FLOAT" -> type.length() > 24 ? Numbers.real(Numbers.toDouble(value)) : single(value, type);
            case "CHAR" -> characters(value, type, session);
            case "BINARY" -> bytes(value, type.length(), session);
            case "DATE" -> valid(Temporals.toDate(value, session));
            case "DATETIME" -> valid(dateTime(value, Math.max(0, type.length()), session));
            case "TIME" -> valid(time(value, Math.max(0, type.length())));
            case "YEAR" -> year(value);
            default -> Reasons.EXPRESSION;
        };
    }

    /** What is no date or time is NULL in a query, and a reason not to look at the condition when something is written. */
    private static SqlValue valid(SqlValue value) {
        return value.isNull() ? Reasons.TEMPORAL : value;
    }

    public static ValueType resultType(String name) {
        return switch (name) {
            case "SIGNED", "UNSIGNED" -> ValueType.INTEGER;
            case "DECIMAL" -> ValueType.DECIMAL;
            case "DOUBLE", "FLOAT" -> ValueType.DOUBLE;
            case "DATE" -> ValueType.DATE;
            case "DATETIME" -> ValueType.DATETIME;
            case "TIME" -> ValueType.TIME;
            case "YEAR" -> ValueType.YEAR;
            default -> ValueType.TEXT;
        };
    }

    private static SqlValue single(SqlValue value, CastType type) {
        float number = (float) Numbers.toDouble(value);
        return Float.isFinite(number) && type.scale() < 0 ? new Real(number, true) : Reasons.OVERFLOW;
    }

    private static SqlValue decimal(SqlValue value, CastType type) {
        BigDecimal number = Numbers.toDecimal(value);
        int precision = type.length() <= 0 ? 10 : type.length();
        int scale = Math.max(0, type.scale());
        if (number == null || precision > 65 || scale > 30 || scale > precision) {
            return Reasons.ARGUMENT;
        }
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision && rounded.signum() != 0) {
            BigInteger largest = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
            rounded = new BigDecimal(rounded.signum() < 0 ? largest.negate() : largest, scale);
        }
        return new Decimal(rounded);
    }

    private static SqlValue characters(SqlValue value, CastType type, SessionValues session) {
        Collation target = type.charset() == null ? session.connectionCollation() : Collation.ofCharset(type.charset());
        if (target == null) {
            return Reasons.CHARSET;
        }
        SqlValue text = Texts.toText(value, session);
        if (text instanceof Text t) {
            if (t.collation().equals(Collation.BINARY) && !Texts.isValid(t.bytes(), target)) {
                return Reasons.CHARSET;
            }
            text = Texts.convert(t, target);
        }
        if (!(text instanceof Text t) || type.length() < 0) {
            return text;
        }
        if (target.equals(Collation.BINARY)) {
            return bytes(text, type.length(), session);
        }
        String characters = Texts.decode(t);
        if (characters.codePointCount(0, characters.length()) <= type.length()) {
            return text;
        }
        return Texts.text(characters.substring(0, characters.offsetByCodePoints(0, type.length())), target);
    }

    /** {@code CAST(value AS BINARY(length))}; -1 for no length. */
    public static SqlValue bytes(SqlValue value, int length, SessionValues session) {
        SqlValue text = Texts.toText(value, session);
        if (!(text instanceof Text t)) {
            return text;
        }
        if (length > Texts.MAX_LENGTH) {
            return Reasons.OVERFLOW;
        }
        byte[] bytes = length < 0 ? t.bytes() : Arrays.copyOf(t.bytes(), length);
        return new Text(bytes, Collation.BINARY, TextOrigin.LITERAL);
    }

    private static SqlValue dateTime(SqlValue value, int digits, SessionValues session) {
        SqlValue full = Temporals.toDateTime(value, session);
        return full instanceof DateTime d && digits <= 6 ? Temporals.round(d, digits) : full;
    }

    private static SqlValue time(SqlValue value, int digits) {
        SqlValue time = Temporals.toTime(value);
        if (!(time instanceof SqlValue.Time t) || digits > 6) {
            return time;
        }
        SqlValue.Time rounded = Temporals.round(t, digits);
        // Negative halves go up, others to the nearest.
        boolean half = t.micros() < 0 && 2 * Math.abs(rounded.micros() - t.micros()) == MICROS_PER_SECOND;
        return t.micros() < 0 && rounded.micros() != t.micros() && (digits > 0 || half) ? Reasons.TEMPORAL : rounded;
    }

    private static SqlValue year(SqlValue value) {
        return switch (value) {
            case SqlValue.Year y -> y;
            case SqlValue.Date d -> year(d.year());
            case DateTime d -> year(d.year());
            case Int i -> i.unsigned() && i.bits() < 0 ? Reasons.ARGUMENT : year(i.bits());
            case Text t when !Numbers.isHex(t) -> yearText(Texts.decode(t));
            default -> Reasons.ARGUMENT;
        };
    }

    private static SqlValue yearText(String text) {
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Reasons.ARGUMENT;
        }
        int number = Integer.parseInt(text);
        return number == 0 && text.length() <= 2 ? new SqlValue.Year(2000) : year(number);
    }

    private static SqlValue year(long number) {
        if (number == 0 || (number >= 1901 && number <= 2155)) {
            return new SqlValue.Year((int) number);
        }
        return number > 0 && number < 100 ? new SqlValue.Year(TemporalParser.fullYear((int) number)) : Reasons.TEMPORAL;
    }
}
