package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;

/**
 * An expression of the table's definition: partition expression or that of a generated column.
 *
 * @param text as in the dictionary
 * @param expression parsed; {@link Expression.Unknown} if it was not understood
 * @param slots its literals; filled once, never changed
 */
public record StoredExpression(String text, Expression expression, LiteralSlots slots) {
    /** Parses the text of a dictionary column. */
    public static StoredExpression parse(String text, boolean oracleMode) {
        LiteralSlots slots = new LiteralSlots();
        slots.reset(text.getBytes(StandardCharsets.UTF_8), oracleMode ? SqlMode.ORACLE : SqlMode.MYSQL);
        return new StoredExpression(text, Expression.Unknown.INSTANCE, slots);
    }
}
