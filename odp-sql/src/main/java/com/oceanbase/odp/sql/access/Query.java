package com.oceanbase.odp.sql.access;

import java.util.ArrayList;
import java.util.List;

/** A query expression: one block, or several that UNION and the like combine. */
final class Query {
    /** Branches into which conditions of the outer query are carried. */
    private static final int MOST_CARRIED = 64;

    final List<BlockBuilder> branches = new ArrayList<>(1);
    /** Names of its columns, if the text lists them. */
    List<String> columnNames = List.of();
    /** How often FROM clauses name it. */
    int uses;

    boolean recursive;
    /** The names of its columns are not understood. */
    boolean opaque;

    BlockBuilder first() {
        return branches.getFirst();
    }

    /** Whether a condition on its columns may be tested before everything else. */
    boolean takesConditions() {
        if (recursive || opaque || branches.isEmpty() || branches.size() > MOST_CARRIED) {
            return false;
        }
        for (BlockBuilder branch : branches) {
            if (!branch.takesConditions()) {
                return false;
            }
        }
        return true;
    }

    /** Whether all branches are rows of expressions without tables. */
    boolean isRows() {
        for (BlockBuilder branch : branches) {
            if (!branch.isRow()) {
                return false;
            }
        }
        return !branches.isEmpty();
    }
}
