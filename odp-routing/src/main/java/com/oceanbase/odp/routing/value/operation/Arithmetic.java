package com.oceanbase.odp.routing.value.operation;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.SqlValue.Real;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** The operators {@code + - * / DIV %}, on values that are not NULL. */
public final class Arithmetic {
    /** {@code div_precision_increment}. */
    private static final int DIVISION_DIGITS = 4;
    /** Digits behind the point of a product or quotient. */
    private static final int MAX_SCALE = 30;
    /** Digits that are safe from the server's limits of exact numbers. */
    private static final int MAX_PRECISION = 65;

    private Arithmetic() {}

    public static SqlValue apply(BinaryOperator operator, SqlValue left, SqlValue right, SessionValues session) {
        SqlValue a = Numbers.toNumeric(left);
        SqlValue b = Numbers.toNumeric(right);
        if (a.isUnknown() || b.isUnknown()) {
            return a.isUnknown() ? a : b;
        }
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY -> compute(operator, a, b, session);
            case DIVIDE -> session.oracle() || isHex(left) || isHex(right) ? Reasons.EXPRESSION : divide(a, b);
            case INTEGER_DIVIDE -> integerDivide(a, b);
            case MODULO -> modulo(a, b);
            default -> Reasons.EXPRESSION;
        };
    }

    private static SqlValue compute(BinaryOperator operator, SqlValue a, SqlValue b, SessionValues session) {
        if (a instanceof Int x && b instanceof Int y) {
            return integers(operator, x, y, session);
        }
        if (a instanceof Real || b instanceof Real) {
            double x = Numbers.toDouble(a);
            double y = Numbers.toDouble(b);
            return Numbers.real(
                    switch (operator) {
                        case ADD -> x + y;
                        case SUBTRACT -> x - y;
                        default -> x * y;
                    });
        }
        Decimal x = decimal(a);
        Decimal y = decimal(b);
        return switch (operator) {
            case ADD -> bounded(x.value().add(y.value()), Math.max(x.scale(), y.scale()));
            case SUBTRACT -> bounded(x.value().subtract(y.value()), Math.max(x.scale(), y.scale()));
            default -> {
                BigDecimal product = x.value().multiply(y.value());
                yield bounded(
                        product.scale() > MAX_SCALE ? product.setScale(MAX_SCALE, RoundingMode.HALF_UP) : product,
                        Math.min(MAX_SCALE, x.scale() + y.scale()));
            }
        };
    }

    private static SqlValue bounded(BigDecimal value, int scale) {
        return value.precision() - value.scale() + scale > MAX_PRECISION ? Reasons.OVERFLOW : new Decimal(value, scale);
    }

    public static Decimal decimal(SqlValue value) {
        if (value instanceof Decimal d) {
            return d;
        }
        BigDecimal number = Numbers.toDecimal(value);
        return new Decimal(number == null ? BigDecimal.ZERO : number);
    }

    private static SqlValue integers(BinaryOperator operator, Int a, Int b, SessionValues session) {
        boolean unsigned = a.unsigned() || b.unsigned();
        if (!unsigned) {
            long x = a.bits();
            long y = b.bits();
            long result = switch (operator) {
                case ADD -> x + y;
                case SUBTRACT -> x - y;
                default -> x * y;
            };
            boolean overflow = switch (operator) {
                case ADD -> ((x ^ result) & (y ^ result)) < 0;
                case SUBTRACT -> ((x ^ y) & (x ^ result)) < 0;
                default -> !fits(BigInteger.valueOf(x).multiply(BigInteger.valueOf(y)), false);
            };
            return overflow ? Reasons.OVERFLOW : new Int(result, false);
        }
        BigInteger x = a.toBigInteger();
        BigInteger y = b.toBigInteger();
        BigInteger result = switch (operator) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            default -> x.multiply(y);
        };
        boolean asUnsigned =
                operator != BinaryOperator.SUBTRACT || !session.modes().noUnsignedSubtraction();
        return integer(result, asUnsigned);
    }

    private static SqlValue integer(BigInteger value, boolean unsigned) {
        return fits(value, unsigned) ? new Int(value.longValue(), unsigned) : Reasons.OVERFLOW;
    }

    private static boolean fits(BigInteger value, boolean unsigned) {
        return unsigned ? value.signum() >= 0 && value.bitLength() <= 64 : value.bitLength() <= 63;
    }

    private static boolean isHex(SqlValue value) {
        return value instanceof SqlValue.Text text && Numbers.isHex(text);
    }

    private static SqlValue divide(SqlValue a, SqlValue b) {
        if (a instanceof Real || b instanceof Real) {
            double divisor = Numbers.toDouble(b);
            return divisor == 0 ? new Null(ValueType.DOUBLE) : Numbers.real(Numbers.toDouble(a) / divisor);
        }
        Decimal x = decimal(a);
        Decimal y = decimal(b);
        if (y.value().signum() == 0) {
            return new Null(ValueType.DECIMAL);
        }
        int scale = Math.min(MAX_SCALE, x.scale() + DIVISION_DIGITS);
        int digits = Math.max((scale + 8) / 9 * 9, scale);
        return bounded(x.value().divide(y.value(), digits, RoundingMode.DOWN), scale);
    }

    private static SqlValue integerDivide(SqlValue a, SqlValue b) {
        if (a instanceof Int x && b instanceof Int y) {
            if (y.bits() == 0) {
                return new Null(ValueType.INTEGER);
            }
            return integer(x.toBigInteger().divide(y.toBigInteger()), x.unsigned() || y.unsigned());
        }
        BigDecimal x = Numbers.toDecimal(a);
        BigDecimal y = Numbers.toDecimal(b);
        if (x == null || y == null) {
            return Reasons.ARGUMENT;
        }
        if (y.signum() == 0) {
            return new Null(ValueType.INTEGER);
        }
        if (x.precision() - x.scale() > 70 || y.scale() > 100) {
            return Reasons.OVERFLOW;
        }
        boolean unsigned = a instanceof Int p && p.unsigned() || b instanceof Int q && q.unsigned();
        return integer(x.divide(y, 0, RoundingMode.DOWN).toBigInteger(), unsigned);
    }

    public static SqlValue modulo(SqlValue a, SqlValue b) {
        if (a instanceof Real || b instanceof Real) {
            double divisor = Numbers.toDouble(b);
            return divisor == 0 ? new Null(ValueType.DOUBLE) : Numbers.real(Numbers.toDouble(a) % divisor);
        }
        if (a instanceof Int x && b instanceof Int y) {
            if (y.bits() == 0) {
                return new Null(ValueType.INTEGER);
            }
            return new Int(x.toBigInteger().remainder(y.toBigInteger()).longValue(), x.unsigned());
        }
        Decimal x = decimal(a);
        Decimal y = decimal(b);
        if (y.value().signum() == 0) {
            return new Null(ValueType.DECIMAL);
        }
        return bounded(x.value().remainder(y.value()), Math.max(x.scale(), y.scale()));
    }

    /** {@code -value}. */
    public static SqlValue negate(SqlValue value) {
        return switch (value) {
            case Int i -> {
                BigInteger negated = i.toBigInteger().negate();
                yield fits(negated, false) ? new Int(negated.longValue(), false) : new Decimal(new BigDecimal(negated));
            }
            case Decimal d -> new Decimal(d.value().negate(), d.scale());
            case Null n -> n;
            case SqlValue.Unknown u -> u;
            case SqlValue.Year y -> new Int(-y.year(), false);
            default -> {
                double number = Numbers.toDouble(value);
                yield Double.isNaN(number) ? Reasons.ARGUMENT : new Real(-number, false);
            }
        };
    }

    /** The operators {@code & | ^ << >>}; results are unsigned. */
    public static SqlValue bits(BinaryOperator operator, SqlValue left, SqlValue right) {
        if (!(bits(left) instanceof Int(long a, boolean _)) || !(bits(right) instanceof Int(long b, boolean _))) {
            return Reasons.ARGUMENT;
        }
        boolean wide = b < 0 || b > 63;
        return new Int(
                switch (operator) {
                    case BIT_AND -> a & b;
                    case BIT_OR -> a | b;
                    case BIT_XOR -> a ^ b;
                    case SHIFT_LEFT -> wide ? 0 : a << b;
                    default -> wide ? 0 : a >>> b;
                },
                true);
    }

    /** The 64 bits of an operand. */
    public static SqlValue bits(SqlValue value) {
        if (value instanceof Decimal d) {
            if (d.value().precision() - d.value().scale() > 20
                    || Numbers.round(d.value()).bitLength() > (d.value().signum() < 0 ? 63 : 64)) {
                return Reasons.OVERFLOW;
            }
            return d.value().signum() > 0 ? Numbers.toUnsigned(d) : Numbers.toSigned(d);
        }
        return Numbers.toSigned(value);
    }
}
