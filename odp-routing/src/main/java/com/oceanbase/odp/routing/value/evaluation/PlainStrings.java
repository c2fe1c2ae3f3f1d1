package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;

/** String literals whose value is just what stands between their quotes, so that it need not be copied. */
public final class PlainStrings {
    private PlainStrings() {}

    /**
     * Whether the expression is such a literal for a column of this collation: no escape, no doubled quote, and one character set from the
     * client to the column. Without allocation.
     */
    public static boolean isPlain(
            Expression expression, LiteralSlots literals, SessionValues session, Collation column) {
        if (!(expression instanceof Expression.Literal literal)
                || literal.kind() != LiteralKind.STRING
                || literal.slot() >= literals.count()
                || session.oracle()) {
            return false;
        }
        String charset = session.clientCollation().charset();
        return charset.equals(session.connectionCollation().charset())
                && charset.equals(column.charset())
                && isPlain(literals.text(), literals.start(literal.slot()), literals.end(literal.slot()));
    }

    private static boolean isPlain(byte[] text, int start, int end) {
        byte quote = text[start];
        if (end - start < 2 || (quote != '\'' && quote != '"') || text[end - 1] != quote) {
            return false;
        }
        for (int i = start + 1; i < end - 1; i++) {
            if (text[i] == quote || text[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Index of the first byte of the value of a literal that is plain. */
    public static int start(Expression.Literal literal, LiteralSlots literals) {
        return literals.start(literal.slot()) + 1;
    }

    /** Index behind the last byte of the value of a literal that is plain. */
    public static int end(Expression.Literal literal, LiteralSlots literals) {
        return literals.end(literal.slot()) - 1;
    }
}
