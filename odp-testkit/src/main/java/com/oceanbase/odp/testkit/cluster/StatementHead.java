package com.oceanbase.odp.testkit.cluster;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a statement: enough to know whether a node judges it, and whether it changes definitions. What a
 * statement touches is the kernel's to say.
 *
 * @param keyword the first word in upper case, empty if there is none
 * @param target for INSERT and REPLACE the table as written, else null
 */
record StatementHead(String keyword, @Nullable Name target) {

    private static final Set<String> JUDGED = Set.of("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE");
    private static final Set<String> DEFINING = Set.of("CREATE", "DROP", "ALTER", "TRUNCATE", "RENAME");
    private static final Set<String> MODIFIERS = Set.of("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO");

    /**
     * A table name.
     *
     * @param database null if it is not written
     */
    record Name(@Nullable String database, String table) {}

    static StatementHead of(String text) {
        SqlTokens tokens = new SqlTokens(text);
        if (!nextWord(tokens)) {
            return new StatementHead("", null);
        }
        String keyword = tokens.name().toUpperCase(Locale.ROOT);
        boolean insert = keyword.equals("INSERT") || keyword.equals("REPLACE");
        return new StatementHead(keyword, insert ? target(tokens) : null);
    }

    boolean isJudged() {
        return JUDGED.contains(keyword);
    }

    boolean isDefining() {
        return DEFINING.contains(keyword);
    }

    private static @Nullable Name target(SqlTokens tokens) {
        do {
            if (!nextWord(tokens)) {
                return null;
            }
        } while (MODIFIERS.contains(tokens.name().toUpperCase(Locale.ROOT)));
        String first = tokens.name();
        while (tokens.next()) {
            if (tokens.kind() == SqlTokens.Kind.DOT) {
                return nextWord(tokens) ? new Name(first, tokens.name()) : null;
            }
            if (tokens.kind() != SqlTokens.Kind.SPACE) {
                break;
            }
        }
        return new Name(null, first);
    }

    /** Moves over blanks and comments to an identifier; false if something else comes. */
    private static boolean nextWord(SqlTokens tokens) {
        while (tokens.next()) {
            switch (tokens.kind()) {
                case IDENTIFIER -> {
                    return true;
                }
                case SPACE, COMMENT -> {
                    // Skipped.
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }
}
