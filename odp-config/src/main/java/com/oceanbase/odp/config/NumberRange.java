package com.oceanbase.odp.config;

import java.util.function.ToLongFunction;

/**
 * Allowed values of a number, a time or a capacity. Written {@code [a,b]}, {@code (a,b]} …: a square bracket includes
 * the bound, a round one excludes it, an empty side is open; bounds have the syntax of the parameter
 * (original: ObConfigIntegralItem::parse_range in src/share/config/ob_config.cpp:534).
 *
 * @param text as written, empty if every value is allowed
 * @param low smallest allowed value
 * @param high largest allowed value
 */
record NumberRange(String text, long low, long high) {
    static final NumberRange ANY = new NumberRange("", Long.MIN_VALUE, Long.MAX_VALUE);

    /**
     * Reads the text of a range.
     *
     * @param bound reads one bound
     * @throws IllegalArgumentException if the text is no range; ranges are built-in facts, so this is a defect
     */
    static NumberRange parse(String text, ToLongFunction<String> bound) {
        if (text.isEmpty()) {
            return ANY;
        }
        int comma = text.indexOf(',');
        char open = text.charAt(0);
        char close = text.charAt(text.length() - 1);
        if (comma < 0 || (open != '[' && open != '(') || (close != ']' && close != ')')) {
            throw new IllegalArgumentException("'" + text + "' is no range");
        }
        String lowText = text.substring(1, comma).strip();
        String highText = text.substring(comma + 1, text.length() - 1).strip();
        long low = Long.MIN_VALUE;
        if (!lowText.isEmpty()) {
            low = bound.applyAsLong(lowText) + (open == '(' ? 1 : 0);
        }
        long high = Long.MAX_VALUE;
        if (!highText.isEmpty()) {
            high = bound.applyAsLong(highText) - (close == ')' ? 1 : 0);
        }
        return new NumberRange(text, low, high);
    }

    boolean contains(long value) {
        return value >= low && value <= high;
    }
}
