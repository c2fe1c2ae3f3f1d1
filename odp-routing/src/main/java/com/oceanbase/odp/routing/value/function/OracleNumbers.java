package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Functions of numbers in Oracle mode, where all numbers are exact decimals of at most 38 to 40 digits. */
final class OracleNumbers {
    /** Digits up to which a result is not rounded. */
    private static final int MAX_DIGITS = 38;

    private OracleNumbers() {}

    /** The number of an argument; strings must be a number as a whole. */
    private static BigDecimal number(Arguments a, int index) {
        SqlValue value = a.get(index);
        if (value instanceof Int || value instanceof Decimal) {
            return a.decimal(index);
        }
        if (value instanceof Text) {
            String text = a.characters(index).strip();
            BigDecimal number = Numbers.textDecimal(text);
            if (number != null && !text.isEmpty() && Numbers.prefix(text, true).length() == text.length()) {
                return number;
            }
        }
        throw new Incomputable(Reasons.ARGUMENT);
    }

    private static SqlValue result(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.precision() > MAX_DIGITS || Math.abs(plain.scale()) > 80) {
            return Reasons.OVERFLOW;
        }
        return new Decimal(plain.scale() < 0 ? plain.setScale(0) : plain);
    }

    static SqlValue abs(Arguments a) {
        return result(number(a, 0).abs());
    }

    static SqlValue sign(Arguments a) {
        return result(BigDecimal.valueOf(number(a, 0).signum()));
    }

    /** A divisor of 0 gives the first argument. */
    static SqlValue modulo(Arguments a) {
        BigDecimal left = number(a, 0);
        BigDecimal right = number(a, 1);
        if (left.precision() + right.precision() + Math.abs(left.scale()) + Math.abs(right.scale()) > 200) {
            return Reasons.OVERFLOW;
        }
        return result(right.signum() == 0 ? left : left.remainder(right));
    }

    static SqlValue floor(Arguments a) {
        return result(number(a, 0).setScale(0, RoundingMode.FLOOR));
    }

    static SqlValue ceiling(Arguments a) {
        return result(number(a, 0).setScale(0, RoundingMode.CEILING));
    }

    /** Small whole exponents only. */
    static SqlValue power(Arguments a) {
        BigDecimal base = number(a, 0);
        BigDecimal exponent = number(a, 1).stripTrailingZeros();
        if (exponent.scale() > 0 || exponent.signum() < 0 || exponent.compareTo(BigDecimal.valueOf(130)) > 0) {
            return Reasons.ARGUMENT;
        }
        return base.precision() * exponent.longValue() > 500 ? Reasons.OVERFLOW : result(base.pow(exponent.intValue()));
    }

    static SqlValue round(Arguments a) {
        return a.get(0) instanceof SqlValue.DateTime ? OracleDates.round(a) : scaled(a, RoundingMode.HALF_UP);
    }

    static SqlValue truncate(Arguments a) {
        return a.get(0) instanceof SqlValue.DateTime ? OracleDates.truncate(a) : scaled(a, RoundingMode.DOWN);
    }

    private static SqlValue scaled(Arguments a, RoundingMode mode) {
        BigDecimal digits = a.count() == 1 ? BigDecimal.ZERO : number(a, 1);
        if (digits.abs().compareTo(BigDecimal.valueOf(40)) > 0) {
            return Reasons.ARGUMENT;
        }
        return result(number(a, 0).setScale(digits.intValue(), mode));
    }

    static SqlValue toNumber(Arguments a) {
        return result(number(a, 0));
    }
}
