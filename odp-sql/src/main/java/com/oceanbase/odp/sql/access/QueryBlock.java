package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are joined, and what holds for each of their rows that matters. A name in a condition may also belong to a derived table of
 * the block, or to a block around it; only a column that the named table has is its own.
 *
 * @param kind what is done
 * @param tables base tables; the target of a write first. Names of common table expressions, derived tables and tables on a database link
 *     are not among them
 * @param condition what must hold for a row to matter: WHERE, ON of inner joins, and conditions of the outer query that were carried into a
 *     derived table; null if there is none
 * @param rows rows that are written, null for other statements and for INSERT .. SELECT. Of a MERGE those that may be inserted, besides the
 *     rows that its condition finds. Of a CALL the arguments as one row
 */
public record QueryBlock(
        BlockKind kind,
        List<TableAccess> tables,
        @Nullable Expression condition,
        @Nullable WrittenRows rows) {
    /** What must hold for a row of a table of this block to matter; null: all rows do. */
    public @Nullable Expression conditionOf(TableAccess table) {
        Expression own = table.onCondition();
        if (table.optional() || condition == null) {
            return own;
        }
        return own == null ? condition : Expression.and(condition, own);
    }
}
