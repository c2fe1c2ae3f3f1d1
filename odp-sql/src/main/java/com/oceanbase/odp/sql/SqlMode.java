package com.oceanbase.odp.sql;

/**
 * What of a session decides how its text is read.
 *
 * @param oracle the tenant is in Oracle mode: no backslash escapes, double quotes quote identifiers, {@code BEGIN} opens a block
 * @param ansiQuotes {@code sql_mode} contains ANSI_QUOTES (or ANSI)
 * @param noBackslashEscapes {@code sql_mode} contains NO_BACKSLASH_ESCAPES
 * @param pipesAsConcat {@code sql_mode} contains PIPES_AS_CONCAT (or ANSI or ORACLE, which include it)
 * @param multiByte rule of the connection's character set
 */
public record SqlMode(
        boolean oracle,
        boolean ansiQuotes,
        boolean noBackslashEscapes,
        boolean pipesAsConcat,
        MultiByteRule multiByte) {
    /** MySQL mode with the default {@code sql_mode} and UTF-8. */
    public static final SqlMode MYSQL = new SqlMode(false, false, false, false, MultiByteRule.UTF8);

    /** Oracle mode with UTF-8. */
    public static final SqlMode ORACLE = new SqlMode(true, false, false, false, MultiByteRule.UTF8);

    public SqlMode withMultiByte(MultiByteRule rule) {
        return rule == multiByte ? this : new SqlMode(oracle, ansiQuotes, noBackslashEscapes, pipesAsConcat, rule);
    }

    public SqlMode withAnsiQuotes(boolean on) {
        return on == ansiQuotes ? this : new SqlMode(oracle, on, noBackslashEscapes, pipesAsConcat, multiByte);
    }

    public SqlMode withNoBackslashEscapes(boolean on) {
        return on == noBackslashEscapes ? this : new SqlMode(oracle, ansiQuotes, on, pipesAsConcat, multiByte);
    }

    public SqlMode withPipesAsConcat(boolean on) {
        return on == pipesAsConcat ? this : new SqlMode(oracle, ansiQuotes, noBackslashEscapes, on, multiByte);
    }

    /** Whether double quotes quote identifiers. */
    public boolean doubleQuotesIdentifier() {
        return oracle || ansiQuotes;
    }

    /** Whether a backslash escapes the next byte of a string. */
    public boolean backslashEscapes() {
        return !oracle && !noBackslashEscapes;
    }

    /** Whether {@code ||} concatenates instead of meaning OR. */
    public boolean concatenatesPipes() {
        return oracle || pipesAsConcat;
    }
}
