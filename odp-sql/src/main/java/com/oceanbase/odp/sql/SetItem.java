package com.oceanbase.odp.sql;

/**
 * One assignment of a SET statement.
 *
 * @param name variable without quotes, {@code @} and scope, in the letter case of the text; empty for forms that name nothing
 * @param value source text of the value without surrounding blanks and comments; for the forms without {@code =} everything that follows
 */
public record SetItem(Scope scope, String name, String value) {
    /** What is assigned. */
    public enum Scope {
        /** {@code x}, {@code @@x}, {@code SESSION x}, {@code @@session.x}. */
        SESSION,
        /** {@code LOCAL x}, {@code @@local.x}: the same as SESSION. */
        LOCAL,
        GLOBAL,
        PERSIST,
        PERSIST_ONLY,
        USER_VARIABLE,
        /** {@code NAMES charset [COLLATE collation]}. */
        NAMES,
        /** {@code CHARACTER SET} or {@code CHARSET}. */
        CHARSET,
        /** {@code TRANSACTION ..} without scope: the next transaction only. */
        TRANSACTION,
        SESSION_TRANSACTION,
        GLOBAL_TRANSACTION,
        /** {@code PASSWORD [FOR user] = ..}; the name is the user's text. */
        PASSWORD,
        /** {@code ROLE ..} or {@code DEFAULT ROLE ..}. */
        ROLE,
        /** Anything that is none of these. */
        OTHER
    }

    /** Whether the item changes a system variable of the session. */
    public boolean isSessionVariable() {
        return scope == Scope.SESSION || scope == Scope.LOCAL;
    }

    /** The value without its quotes when it is one quoted string without escapes, otherwise the text as it is. */
    public String plainValue() {
        int last = value.length() - 1;
        if (last < 1) {
            return value;
        }
        char quote = value.charAt(0);
        boolean quoted = (quote == '\'' || quote == '"' || quote == '`') && value.charAt(last) == quote;
        return quoted && value.indexOf(quote, 1) == last && value.indexOf('\\') < 0 ? value.substring(1, last) : value;
    }
}
