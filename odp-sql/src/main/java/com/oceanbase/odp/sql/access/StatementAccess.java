package com.oceanbase.odp.sql.access;

import java.util.List;

/**
 * Tables and conditions of a statement. Immutable; holds for all texts that differ in literals only, as long as these are of the same kinds
 * and those of {@code fixedLiterals} are the same.
 *
 * @param blocks query blocks in the order of the text: the statement's own first, then those of WITH, derived tables, UNION branches and
 *     subqueries; empty if nothing in the text names a table
 * @param literals number of literals in the text, at most {@link com.oceanbase.odp.sql.expression.LiteralSlots#MAX_COUNT}
 * @param placeholders number of {@code ?} in the text
 * @param complete whether the whole text was understood; otherwise there may be further tables and conditions
 * @param fixedLiterals slots of literals that the tree was made from, such as the length of the type of a CAST; usually none
 */
public record StatementAccess(
        List<QueryBlock> blocks, int literals, int placeholders, boolean complete, List<Integer> fixedLiterals) {
    /** Nothing is known. */
    public static final StatementAccess NONE = new StatementAccess(List.of(), 0, 0, false, List.of());
}
