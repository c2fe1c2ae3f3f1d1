package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;

/**
 * An expression of the table's definition: partition expression or that of a generated column.
 *
 * @param text as in the dictionary
 * @param expression parsed; {@link Expression.Unknown} if it was not understood
 * @param slots its literals; filled once, never changed
 */
public record StoredExpression(String text, Expression expression, LiteralSlots slots) {}
