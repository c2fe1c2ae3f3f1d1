package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Real;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.operation.Arithmetic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers. Those of angles are left to the server. */
final class NumericFunctions {
    static final List<SqlFunction> TABLE = List.of(
            strict("ABS", 1, 1, ValueType.DOUBLE, NumericFunctions::abs),
            strict("SIGN", 1, 1, ValueType.INTEGER, NumericFunctions::sign),
            strict("MOD", 2, 2, ValueType.DOUBLE, NumericFunctions::modulo),
            strict("FLOOR", 1, 1, ValueType.INTEGER, a -> whole(a, RoundingMode.FLOOR)),
            strict("CEIL", 1, 1, ValueType.INTEGER, a -> whole(a, RoundingMode.CEILING)),
            strict("CEILING", 1, 1, ValueType.INTEGER, a -> whole(a, RoundingMode.CEILING)),
            strict("ROUND", 1, 2, ValueType.DECIMAL, NumericFunctions::round),
            strict("TRUNCATE", 2, 2, ValueType.DECIMAL, NumericFunctions::truncate),
            strict("POW", 2, 2, ValueType.DOUBLE, NumericFunctions::power),
            strict("POWER", 2, 2, ValueType.DOUBLE, NumericFunctions::power),
            real("SQRT", x -> x < 0 ? Double.NaN : Math.sqrt(x)),
            real("EXP", x -> certain(Math.exp(x))),
            real("LN", x -> x <= 0 ? Double.NaN : certain(Math.log(x))),
            strict("LOG", 1, 2, ValueType.DOUBLE, NumericFunctions::logarithm),
            real("LOG2", x -> x <= 0 ? Double.NaN : Math.log(x) / Math.log(2)),
            real("LOG10", x -> x <= 0 ? Double.NaN : certain(Math.log10(x))),
            strict("PI", 0, 0, ValueType.DOUBLE, _ -> new Real(Math.PI, false)),
            real("DEGREES", x -> x * (180 / Math.PI)),
            real("RADIANS", x -> x * (Math.PI / 180)),
            strict("BIT_COUNT", 1, 1, ValueType.INTEGER, NumericFunctions::bitCount));

    /** Digits that rounding may be asked for. */
    private static final int MAX_DIGITS = 30;

    private NumericFunctions() {}

    private static SqlFunction real(String name, DoubleUnaryOperator operator) {
        return strict(name, 1, 1, ValueType.DOUBLE, a -> orNull(a, operator.applyAsDouble(a.real(0))));
    }

    /** A whole number is certain; the last digit of others depends on the server's mathematical library. */
    private static double certain(double value) {
        if (value != Math.rint(value)) {
            throw new Incomputable(Reasons.FUNCTION);
        }
        return value;
    }

    /** NaN is NULL. */
    private static SqlValue orNull(Arguments a, double value) {
        return Double.isNaN(value) ? a.none() : Numbers.real(value);
    }

    private static SqlValue numeric(Arguments a, int index) {
        SqlValue value = Numbers.toNumeric(a.get(index));
        if (value instanceof SqlValue.Unknown unknown) {
            throw new Incomputable(unknown);
        }
        return value;
    }

    static SqlValue abs(Arguments a) {
        return switch (numeric(a, 0)) {
            case Int i when i.unsigned() || i.bits() >= 0 -> i;
            case Int i when i.bits() == Long.MIN_VALUE -> Reasons.OVERFLOW;
            case Int i -> new Int(-i.bits(), false);
            case Decimal d -> new Decimal(d.value().abs(), d.scale());
            case Real r -> new Real(Math.abs(r.value()), r.single());
            default -> Reasons.ARGUMENT;
        };
    }

    static SqlValue sign(Arguments a) {
        return Arguments.whole(
                switch (numeric(a, 0)) {
                    case Int i -> i.toBigInteger().signum();
                    case Decimal d -> d.value().signum();
                    case Real r -> (int) Math.signum(r.value());
                    default -> throw new Incomputable(Reasons.ARGUMENT);
                });
    }

    static SqlValue modulo(Arguments a) {
        return Arithmetic.modulo(numeric(a, 0), numeric(a, 1));
    }

    static SqlValue whole(Arguments a, RoundingMode mode) {
        return switch (numeric(a, 0)) {
            case Int i -> i;
            case Decimal d -> new Decimal(d.value().setScale(0, mode));
            case Real r -> wholeReal(mode == RoundingMode.FLOOR ? Math.floor(r.value()) : Math.ceil(r.value()));
            default -> Reasons.ARGUMENT;
        };
    }

    /** A double without a fraction; beyond 15 digits it is shown without an exponent, like a decimal. */
    private static SqlValue wholeReal(double value) {
        if (Math.abs(value) >= 1e15 && Math.abs(value) < 1e40) {
            return new Decimal(new BigDecimal(Double.toString(value)).setScale(0, RoundingMode.UNNECESSARY));
        }
        return Numbers.real(value);
    }

    static SqlValue round(Arguments a) {
        int digits = digits(a);
        return switch (numeric(a, 0)) {
            case Int i -> integer(i, digits, RoundingMode.HALF_UP);
            case Decimal d -> decimal(d, digits, Math.clamp(digits, 0, d.scale()), RoundingMode.HALF_UP);
            case Real r -> digits <= 0 ? wholeReal(round(r.value(), digits)) : Numbers.real(round(r.value(), digits));
            default -> Reasons.ARGUMENT;
        };
    }

    static SqlValue truncate(Arguments a) {
        int digits = digits(a);
        return switch (numeric(a, 0)) {
            case Int i -> integer(i, digits, RoundingMode.DOWN);
            case Decimal d -> decimal(d, digits, Math.max(digits, 0), RoundingMode.DOWN);
            case Real r -> Numbers.real(truncate(r.value(), digits));
            default -> Reasons.ARGUMENT;
        };
    }

    private static int digits(Arguments a) {
        long digits = a.count() == 1 ? 0 : a.integer(1);
        if ((a.count() == 2 && !(a.get(1) instanceof Int)) || digits > MAX_DIGITS || digits < -MAX_DIGITS) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        return (int) digits;
    }

    private static SqlValue integer(Int value, int digits, RoundingMode mode) {
        if (digits >= 0) {
            return value;
        }
        BigInteger rounded =
                new BigDecimal(value.toBigInteger()).setScale(digits, mode).toBigInteger();
        boolean fits = value.unsigned() ? rounded.bitLength() <= 64 : rounded.bitLength() <= 63;
        return fits ? new Int(rounded.longValue(), value.unsigned()) : Reasons.OVERFLOW;
    }

    private static SqlValue decimal(Decimal value, int digits, int scale, RoundingMode mode) {
        BigDecimal rounded = value.value().setScale(digits, mode);
        return new Decimal(rounded.setScale(Math.max(rounded.scale(), scale), RoundingMode.UNNECESSARY), scale);
    }

    /** MySQL's {@code my_double_round}: scales by a power of ten and rounds half to even. */
    private static double round(double value, int digits) {
        double factor = Math.pow(10, Math.abs(digits));
        if (digits < 0) {
            return Math.rint(value / factor) * factor;
        }
        double scaled = value * factor;
        return Double.isInfinite(scaled) ? value : Math.rint(scaled) / factor;
    }

    private static double truncate(double value, int digits) {
        double factor = Math.pow(10, Math.abs(digits));
        if (digits < 0) {
            double scaled = value / factor;
            return (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled)) * factor;
        }
        double scaled = value * factor;
        return Double.isInfinite(scaled) ? value : (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled)) / factor;
    }

    static SqlValue power(Arguments a) {
        double value = Math.pow(a.real(0), a.real(1));
        return Numbers.real(value);
    }

    private static SqlValue logarithm(Arguments a) {
        double base = a.count() == 1 ? Math.E : a.real(0);
        double value = a.real(a.count() - 1);
        if (base <= 0 || base == 1 || value <= 0) {
            return a.none();
        }
        return Numbers.real(certain(a.count() == 1 ? Math.log(value) : Math.log(value) / Math.log(base)));
    }

    private static SqlValue bitCount(Arguments a) {
        SqlValue bits = Arithmetic.bits(a.get(0));
        return bits instanceof Int(long value, boolean _) ? new Int(Long.bitCount(value), true) : Reasons.ARGUMENT;
    }
}
