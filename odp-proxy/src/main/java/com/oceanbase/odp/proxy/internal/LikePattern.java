package com.oceanbase.odp.proxy.internal;

/**
 * A pattern with {@code %} and {@code _}, compared exactly, without an escape character; the empty one fits everything
 * (obproxy: src/lib/charset/ob_charset.cpp, match_like).
 */
record LikePattern(String pattern) {
    static final LikePattern EVERYTHING = new LikePattern("");

    /** What is longer is cut (obproxy: src/obproxy/cmd/ob_internal_cmd_processor.h). */
    private static final int MAX_LENGTH = 127;

    LikePattern {
        pattern = pattern.length() > MAX_LENGTH ? pattern.substring(0, MAX_LENGTH) : pattern;
    }

    /** Whether the whole text fits. */
    boolean matches(String text) {
        if (pattern.isEmpty()) {
            return true;
        }
        int at = 0;
        int from = 0;
        int star = -1;
        int starAt = 0;
        while (at < text.length()) {
            char wanted = from < pattern.length() ? pattern.charAt(from) : 0;
            if (wanted == '%') {
                star = from++;
                starAt = at;
            } else if (from < pattern.length() && (wanted == '_' || wanted == text.charAt(at))) {
                from++;
                at++;
            } else if (star >= 0) {
                from = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (from < pattern.length() && pattern.charAt(from) == '%') {
            from++;
        }
        return from == pattern.length();
    }
}
