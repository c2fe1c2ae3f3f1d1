package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are joined, and what holds for each of their rows that matters.
 *
 * @param kind what is done
 * @param tables base tables; the target of a write first. Names of common table expressions and derived tables are not among them
 * @param condition what must hold for a row to matter: WHERE, ON of inner joins, and conditions of the outer query that were carried into a
 *     derived table; null if there is none
 * @param rows rows that are written, null for other statements and for INSERT .. SELECT
 */
public record QueryBlock(
        BlockKind kind,
        List<TableAccess> tables,
        @Nullable Expression condition,
        @Nullable WrittenRows rows) {}
