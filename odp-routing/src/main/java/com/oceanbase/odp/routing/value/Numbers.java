package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Real;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Values as numbers: the server's implicit and explicit conversions, found out by asking it. NULL and unknown values are none of its business. */
public final class Numbers {
    public static final BigInteger UNSIGNED_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    public static final BigInteger SIGNED_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    public static final BigInteger SIGNED_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    /** Digits of a string that are looked at; longer numbers are beyond every type. */
    private static final int MAX_DIGITS = 400;

    private Numbers() {}

    /** The number that arithmetic takes for a value: an integer, decimal or double; strings are doubles. */
    public static SqlValue toNumeric(SqlValue value) {
        return switch (value) {
            case Int i -> i;
            case Decimal d -> d;
            case Real r -> r;
            case Text t -> real(toDouble(t));
            case SqlValue.Year y -> new Int(y.year(), true);
            case SqlValue.Date d -> new Int(number(d), false);
            case SqlValue.DateTime d -> fraction(number(d), (int) (d.nanosOfDay() % 1_000_000_000L), d.digits());
            case SqlValue.Time t -> timeNumber(t);
            case SqlValue.ZonedTimestamp _, SqlValue.Null _, SqlValue.Unknown _ -> Reasons.ARGUMENT;
        };
    }

    /** A double, unknown if it is out of range. */
    public static SqlValue real(double value) {
        return Double.isFinite(value) ? new Real(value, false) : Reasons.OVERFLOW;
    }

    /** {@code YYYYMMDD}. */
    public static long number(SqlValue.Date date) {
        return date.year() * 10_000L + date.month() * 100 + date.day();
    }

    /** {@code YYYYMMDDhhmmss}. */
    public static long number(SqlValue.DateTime d) {
        return number(d.date()) * 1_000_000 + clock(d.nanosOfDay() / 1_000_000_000L);
    }

    private static long clock(long seconds) {
        return seconds / 3600 * 10_000 + seconds / 60 % 60 * 100 + seconds % 60;
    }

    private static SqlValue timeNumber(SqlValue.Time time) {
        long micros = Math.abs(time.micros());
        SqlValue number = fraction(clock(micros / 1_000_000), (int) (micros % 1_000_000) * 1000, time.digits());
        return time.micros() < 0 ? negate(number) : number;
    }

    private static SqlValue fraction(long whole, int nanos, int digits) {
        return new Decimal(
                BigDecimal.valueOf(whole).add(BigDecimal.valueOf(nanos, 9)).setScale(digits, RoundingMode.DOWN));
    }

    private static SqlValue negate(SqlValue number) {
        return number instanceof Int(long bits, boolean _)
                ? new Int(-bits, false)
                : new Decimal(((Decimal) number).value().negate());
    }

    /** As a double; NaN if it has none. */
    public static double toDouble(SqlValue value) {
        return switch (value) {
            case Int i -> i.unsigned() && i.bits() < 0 ? i.toBigInteger().doubleValue() : (double) i.bits();
            case Decimal d -> d.value().doubleValue();
            case Real r -> r.value();
            case Text t -> isHex(t) ? hexNumber(t.bytes()).doubleValue() : textDouble(Texts.decode(t));
            case SqlValue.Null _, SqlValue.Unknown _, SqlValue.ZonedTimestamp _ -> Double.NaN;
            case SqlValue.Date _, SqlValue.DateTime _, SqlValue.Time _, SqlValue.Year _ -> toDouble(toNumeric(value));
        };
    }

    public static double textDouble(String text) {
        String prefix = prefix(text, true);
        if (prefix.isEmpty()) {
            return 0;
        }
        double value = Double.parseDouble(prefix);
        return Double.isInfinite(value) ? Math.copySign(Double.MAX_VALUE, value) : value;
    }

    /** As an exact number; null if it has none. Doubles take their shortest decimal form. */
    public static @Nullable BigDecimal toDecimal(SqlValue value) {
        return switch (value) {
            case Int i ->
                i.unsigned() && i.bits() < 0 ? new BigDecimal(i.toBigInteger()) : BigDecimal.valueOf(i.bits());
            case Decimal d -> d.value();
            case Real r -> new BigDecimal(RealText.shortest(r));
            case Text t -> isHex(t) ? new BigDecimal(hexNumber(t.bytes())) : textDecimal(Texts.decode(t));
            case SqlValue.Null _, SqlValue.Unknown _, SqlValue.ZonedTimestamp _ -> null;
            case SqlValue.Date _, SqlValue.DateTime _, SqlValue.Time _, SqlValue.Year _ -> toDecimal(toNumeric(value));
        };
    }

    public static @Nullable BigDecimal textDecimal(String text) {
        String prefix = prefix(text, true);
        if (prefix.isEmpty()) {
            return BigDecimal.ZERO;
        }
        int e = Math.max(prefix.indexOf('e'), prefix.indexOf('E'));
        if (prefix.length() > MAX_DIGITS || (e > 0 && prefix.length() - e > 5)) {
            return null;
        }
        BigDecimal value = new BigDecimal(prefix);
        if (value.precision() - value.scale() > 100 || value.scale() > 400) {
            return null;
        }
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    /** {@code CAST(value AS SIGNED)}. */
    public static SqlValue toSigned(SqlValue value) {
        return switch (value) {
            case Int i -> i.unsigned() ? new Int(i.bits(), false) : i;
            case Decimal d -> new Int(saturate(round(d.value())), false);
            case Real r -> new Int(saturate(r.value()), false);
            case Text t -> new Int(isHex(t) ? hexBits(t) : saturate(integerPrefix(Texts.decode(t))), false);
            case SqlValue.Null _, SqlValue.Unknown _, SqlValue.ZonedTimestamp _ -> Reasons.ARGUMENT;
            case SqlValue.Date _, SqlValue.DateTime _, SqlValue.Time _, SqlValue.Year _ ->
                new Int(truncated(value), false);
        };
    }

    /** {@code CAST(value AS UNSIGNED)}. */
    public static SqlValue toUnsigned(SqlValue value) {
        return switch (value) {
            case Int i -> i.unsigned() ? i : new Int(i.bits(), true);
            case Decimal d -> new Int(saturateUnsigned(round(d.value())), true);
            case Real r -> new Int(saturate(r.value()), true);
            case Text t -> new Int(isHex(t) ? hexBits(t) : unsignedText(integerPrefix(Texts.decode(t))), true);
            case SqlValue.Null _, SqlValue.Unknown _, SqlValue.ZonedTimestamp _ -> Reasons.ARGUMENT;
            case SqlValue.Date _, SqlValue.DateTime _, SqlValue.Time _, SqlValue.Year _ -> {
                long bits = truncated(value);
                yield value instanceof SqlValue.Time && bits <= 0 ? Reasons.TEMPORAL : new Int(bits, true);
            }
        };
    }

    /** The integer that a function takes for an argument, rounded and cut to the range of a long; {@link Long#MIN_VALUE} if it has none. */
    public static long toLong(SqlValue value) {
        if (value instanceof Int i && i.unsigned() && i.bits() < 0) {
            return Long.MAX_VALUE;
        }
        return toSigned(value) instanceof Int(long bits, boolean _) ? bits : Long.MIN_VALUE;
    }

    /** Whether a condition holds; null if the value is NULL or unknown. */
    public static @Nullable Boolean isTrue(SqlValue value) {
        return switch (value) {
            case Int i -> i.bits() != 0;
            case Decimal d -> d.value().signum() != 0;
            case Real r -> r.value() != 0;
            case Text t -> toDouble(t) != 0;
            case SqlValue.Null _, SqlValue.Unknown _ -> null;
            case SqlValue.Date d -> !d.isZero();
            case SqlValue.DateTime d -> !d.isZeroDate() || d.nanosOfDay() != 0;
            case SqlValue.Time t -> t.micros() != 0;
            case SqlValue.Year y -> y.year() != 0;
            case SqlValue.ZonedTimestamp _ -> null;
        };
    }

    private static long truncated(SqlValue value) {
        SqlValue number = toNumeric(value);
        return number instanceof Int(long bits, boolean _)
                ? bits
                : ((Decimal) number).value().longValue();
    }

    public static BigInteger round(BigDecimal value) {
        return value.setScale(0, RoundingMode.HALF_UP).toBigInteger();
    }

    public static long saturate(BigInteger value) {
        return value.compareTo(SIGNED_MAX) > 0
                ? Long.MAX_VALUE
                : value.compareTo(SIGNED_MIN) < 0 ? Long.MIN_VALUE : value.longValue();
    }

    private static long saturate(double value) {
        return (long) Math.rint(value);
    }

    private static long saturateUnsigned(BigInteger value) {
        return value.signum() < 0 ? 0 : value.compareTo(UNSIGNED_MAX) > 0 ? -1 : value.longValue();
    }

    private static long unsignedText(BigInteger value) {
        return value.compareTo(SIGNED_MIN) < 0 || value.compareTo(UNSIGNED_MAX) > 0 ? -1 : value.longValue();
    }

    public static boolean isHex(Text text) {
        return text.origin() == TextOrigin.HEX_LITERAL;
    }

    private static BigInteger hexNumber(byte[] bytes) {
        BigInteger value = new BigInteger(1, bytes);
        return value.compareTo(UNSIGNED_MAX) > 0 ? UNSIGNED_MAX : value;
    }

    private static long hexBits(Text text) {
        return hexNumber(text.bytes()).longValue();
    }

    public static BigInteger integerPrefix(String text) {
        String prefix = prefix(text, false);
        return prefix.isEmpty()
                ? BigInteger.ZERO
                : new BigInteger(prefix.length() > MAX_DIGITS ? prefix.substring(0, MAX_DIGITS) : prefix);
    }

    /** The longest beginning that is a number, without blanks before it; empty if there is none. */
    public static String prefix(String text, boolean fractional) {
        int at = 0;
        int end = text.length();
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = at;
        at = skipDigits(text, at);
        int count = at - digits;
        if (fractional && at < end && text.charAt(at) == '.') {
            int fraction = skipDigits(text, at + 1);
            count += fraction - at - 1;
            at = fraction;
        }
        if (count == 0) {
            return "";
        }
        if (fractional && at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < end && (text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+') ? at + 2 : at + 1;
            int exponent = skipDigits(text, sign);
            at = exponent > sign ? exponent : at;
        }
        return text.substring(start, at);
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
