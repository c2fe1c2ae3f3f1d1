package com.oceanbase.odp.it.recording;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Ways to write a constant. In the templates {@code {v}} is the literal, {@code {r}} its text without quotes, {@code {h}} its
 * bytes or its number in hexadecimal digits, {@code {b}} in binary ones, {@code {p}} the number less one, {@code {d}} and {@code {t}} the
 * day and the time of day.
 */
final class ValueForms {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

    private final Dice dice;

    ValueForms(Dice dice) {
        this.dice = dice;
    }

    /** The value, or an expression that is mostly equal to it. */
    String any(KeyColumn column, Value value) {
        if (dice.chance(10)) {
            return fill(FormTemplates.ANY.any(dice), column, value);
        }
        FormTemplates forms = switch (column.type().family()) {
            case INTEGER, BIT -> FormTemplates.WHOLE;
            case REAL, DECIMAL -> value.text().contains(".") ? FormTemplates.FRACTION : FormTemplates.WHOLE;
            case TEXT, BYTES -> FormTemplates.TEXT;
            case DATE, DATETIME, TIMESTAMP -> FormTemplates.DATE;
            case TIME -> FormTemplates.TIME;
            case YEAR -> FormTemplates.YEAR;
            case ENUM, SET -> FormTemplates.MEMBER;
        };
        return fill(forms.any(dice), column, value);
    }

    private static String fill(String form, KeyColumn column, Value value) {
        String raw = value.text();
        boolean day = DAY.matcher(raw.length() < 10 ? "" : raw.substring(0, 10)).matches();
        String date = day ? raw.substring(0, 10) : "2024-01-15";
        String time = day && raw.length() >= 19 ? raw.substring(11, 19) : "00:00:00";
        String escaped = Value.escaped(raw);
        return form.replace("{v}", value.sql())
                .replace("{r}", escaped)
                .replace("{q}", escaped.replace("''", "'").replace("\"", "\"\""))
                .replace("{h}", hex(value))
                .replace("{b}", number(raw).toBigInteger().abs().toString(2))
                .replace("{p}", number(raw).subtract(BigDecimal.ONE).toPlainString())
                .replace("{n}", Integer.toString(raw.codePointCount(0, raw.length())))
                .replace("{d}", date)
                .replace("{t}", time)
                .replace("{s}", date.replace('-', '/'))
                .replace("{c8}", date.replace("-", ""))
                .replace("{c14}", date.replace("-", "") + time.replace(":", ""))
                .replace("{y2}", date.substring(2))
                .replace("{c2}", column.sql())
                .replace("{c}", column.sql());
    }

    private static String hex(Value value) {
        if (value.quoted()) {
            return HexFormat.of().withUpperCase().formatHex(value.text().getBytes(StandardCharsets.UTF_8));
        }
        BigInteger number = number(value.text()).toBigInteger().abs();
        String digits = number.toString(16).toLowerCase(Locale.ROOT);
        return digits.length() % 2 == 0 ? digits : "0" + digits;
    }

    private static BigDecimal number(String text) {
        return text.matches("-?\\d+(\\.\\d+)?") ? new BigDecimal(text) : BigDecimal.ONE;
    }
}
