package com.oceanbase.odp.sql;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a word.
 *
 * @param keyword its meaning as a keyword
 * @param callEffect what {@code word(} does
 * @param flag what a call of the function, or reading the system variable of that name, says about the statement
 */
record Word(
        Keyword keyword, CallEffect callEffect, @Nullable StatementFlag flag) {
    /** A word of no special meaning. A call of it may do anything. */
    static final Word UNKNOWN = new Word(Keyword.NONE, CallEffect.ANY, null);

    enum CallEffect {
        /** A built-in function without side effects, or a word that may stand before a parenthesis without being a call. */
        NONE,
        /** Like NONE in Oracle mode; in MySQL mode it may be a stored function. */
        ORACLE,
        /** A function that changes the session when it is given an argument. */
        WITH_ARGUMENT,
        /** Anything. */
        ANY
    }
}
