package com.oceanbase.odp.routing.value;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Implicit conversions to strings in Oracle mode. */
final class OracleText {
    private OracleText() {}

    /** Numbers without trailing zeros and without the zero before the point; null for dates, whose format the session decides. */
    static @Nullable String format(SqlValue value, SessionValues session) {
        return switch (value) {
            case SqlValue.Decimal d -> number(d.value());
            case SqlValue.Int i -> i.toString();
            case SqlValue.Text t -> Texts.decode(t);
            default -> null;
        };
    }

    /** {@code .5}, {@code -1.25}, {@code 100}; null beyond 40 digits, where the server rounds. */
    static @Nullable String number(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        String text = value.stripTrailingZeros().toPlainString();
        if (text.length() > 38) {
            return null;
        }
        if (text.startsWith("0.")) {
            return text.substring(1);
        }
        return text.startsWith("-0.") ? "-" + text.substring(2) : text;
    }
}
