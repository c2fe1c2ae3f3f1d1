package com.oceanbase.odp.config;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An integer at the start of a text as C's strtol with base 0 reads it: blanks, a sign, then decimal digits, octal
 * ones after 0 or hexadecimal ones after 0x; out-of-range numbers become the nearest 64-bit one.
 *
 * @param value the number
 * @param rest text behind the number
 */
record CNumber(long value, String rest) {
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    /** The number, or null if the text does not begin with one. */
    static @Nullable CNumber read(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        int radix = DECIMAL;
        if (isHexadecimal(text, at)) {
            radix = HEXADECIMAL;
            at += 2;
        } else if (at < text.length() && text.charAt(at) == '0') {
            radix = OCTAL;
        }
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end), radix)) {
            end++;
        }
        if (end == at) {
            return null;
        }
        BigInteger number = new BigInteger(text.substring(at, end), radix);
        BigInteger bounded = (negative ? number.negate() : number).max(MIN).min(MAX);
        return new CNumber(bounded.longValueExact(), text.substring(end));
    }

    private static boolean isHexadecimal(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == '0'
                && (text.charAt(at + 1) | ' ') == 'x'
                && isDigit(text.charAt(at + 2), HEXADECIMAL);
    }

    private static boolean isDigit(char c, int radix) {
        return c < 128 && Character.digit(c, radix) >= 0;
    }
}
