package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
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
    private static final byte[] BEFORE = "SELECT 1 FROM T WHERE (".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEHIND = ") IS NULL".getBytes(StandardCharsets.US_ASCII);

    /** Parses the text of a dictionary column. */
    public static StoredExpression parse(String text, boolean oracleMode) {
        LiteralSlots slots = new LiteralSlots();
        byte[] own = text.getBytes(StandardCharsets.UTF_8);
        byte[] statement = new byte[BEFORE.length + own.length + BEHIND.length];
        System.arraycopy(BEFORE, 0, statement, 0, BEFORE.length);
        System.arraycopy(own, 0, statement, BEFORE.length, own.length);
        System.arraycopy(BEHIND, 0, statement, BEFORE.length + own.length, BEHIND.length);
        SqlMode mode = oracleMode ? SqlMode.ORACLE : SqlMode.MYSQL;
        slots.reset(statement, mode);
        StatementAccess access = AccessParser.parse(statement, 0, statement.length, mode, slots);
        Expression expression =
                access.blocks().size() == 1 && access.blocks().getFirst().condition() instanceof Expression.Is is
                        ? is.operand()
                        : Expression.Unknown.INSTANCE;
        return new StoredExpression(text, expression, slots);
    }
}
