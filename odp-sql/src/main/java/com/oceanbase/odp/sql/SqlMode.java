package com.oceanbase.odp.sql;

/**
 * What of a session decides how its text is read.
 *
 * @param oracle the tenant is in Oracle mode: no backslash escapes, double quotes quote identifiers, {@code BEGIN} opens a block
 * @param ansiQuotes {@code sql_mode} contains ANSI_QUOTES (or ANSI)
 * @param noBackslashEscapes {@code sql_mode} contains NO_BACKSLASH_ESCAPES
 * @param multiByte rule of the connection's character set
 */
public record SqlMode(boolean oracle, boolean ansiQuotes, boolean noBackslashEscapes, MultiByteRule multiByte) {
    /** MySQL mode with the default {@code sql_mode} and UTF-8. */
    public static final SqlMode MYSQL = new SqlMode(false, false, false, MultiByteRule.UTF8);

    /** Oracle mode with UTF-8. */
    public static final SqlMode ORACLE = new SqlMode(true, false, false, MultiByteRule.UTF8);

    public SqlMode withMultiByte(MultiByteRule rule) {
        return rule == multiByte ? this : new SqlMode(oracle, ansiQuotes, noBackslashEscapes, rule);
    }

    public SqlMode withAnsiQuotes(boolean on) {
        return on == ansiQuotes ? this : new SqlMode(oracle, on, noBackslashEscapes, multiByte);
    }

    public SqlMode withNoBackslashEscapes(boolean on) {
        return on == noBackslashEscapes ? this : new SqlMode(oracle, ansiQuotes, on, multiByte);
    }

    /** Whether double quotes quote identifiers. */
    boolean doubleQuotesIdentifier() {
        return oracle || ansiQuotes;
    }

    /** Whether a backslash escapes the next byte of a string. */
    boolean backslashEscapes() {
        return !oracle && !noBackslashEscapes;
    }
}
