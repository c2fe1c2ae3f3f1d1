package com.oceanbase.odp.sql.access;

import java.util.List;

/**
 * Tables and conditions of a statement. Immutable; holds for all texts that differ in literals only.
 *
 * @param blocks query blocks in the order of the text: the statement's own first, then those of WITH, derived tables, UNION branches and
 *     subqueries; empty if nothing in the text names a table
 * @param literals number of literals in the text
 * @param placeholders number of {@code ?} in the text
 * @param complete whether the whole text was understood; otherwise there may be further tables and conditions
 */
public record StatementAccess(List<QueryBlock> blocks, int literals, int placeholders, boolean complete) {
    /** Nothing is known. */
    public static final StatementAccess NONE = new StatementAccess(List.of(), 0, 0, false);
}
