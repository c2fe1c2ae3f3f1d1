package com.oceanbase.odp.routing.trace;

/** Cuts texts, so that a trace stays small whatever the statement is. */
final class Bounded {
    /** Longest statement, in characters. */
    static final int STATEMENT = 16 * 1024;

    /** Longest field; the original's EXPR_PARSE_MAX_LEN and RESOLVE_EXPR_MAX_LEN. */
    static final int FIELD = 512;

    /** Longest description of how a table is partitioned, and longest reason. */
    static final int DESCRIPTION = 4096;

    private static final String ELLIPSIS = "...";

    private Bounded() {}

    static String field(String text) {
        return cut(text, FIELD);
    }

    static String description(String text) {
        return cut(text, DESCRIPTION);
    }

    static String statement(String text) {
        return cut(text, STATEMENT);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
