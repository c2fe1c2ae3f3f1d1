package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.Real;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles as text: the shortest digits, with an exponent when the point is far away (MySQL's {@code my_gcvt}). */
public final class RealText {
    /** Positions of the decimal point up to which no exponent is used. */
    private static final int MAX_POINT = 15;
    /** Digits of a FLOAT ({@code FLT_DIG}). */
    private static final MathContext FLOAT_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private RealText() {}

    public static String format(Real real) {
        double value = real.value();
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal decimal = new BigDecimal(shortest(real)).stripTrailingZeros();
        String sign = decimal.signum() < 0 ? "-" : "";
        String digits = decimal.unscaledValue().abs().toString();
        int point = digits.length() - decimal.scale();
        if (point < -MAX_POINT + 1 || point > MAX_POINT) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + fraction + "e" + (point - 1);
        }
        return decimal.toPlainString();
    }

    /** Decimal digits that a double is converted to a decimal by. */
    public static String shortest(Real real) {
        return real.single()
                ? new BigDecimal(real.value()).round(FLOAT_DIGITS).toString()
                : Double.toString(real.value());
    }
}
