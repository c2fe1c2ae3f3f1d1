package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;

/** Strings whose value stands somewhere just as it is, so that it need not be copied: in a literal, or in a parameter of the binary protocol. */
public final class PlainStrings {
    private PlainStrings() {}

    /**
     * Whether the expression is such a string for a column of this collation: no escape, no doubled quote, and one character set from the
     * client to the column. Without allocation.
     */
    public static boolean isPlain(
            Expression expression,
            LiteralSlots literals,
            ParameterValues parameters,
            SessionValues session,
            Collation column) {
        if (session.oracle()) {
            return false;
        }
        String charset = session.clientCollation().charset();
        return charset.equals(session.connectionCollation().charset())
                && charset.equals(column.charset())
                && isPlain(expression, literals, parameters);
    }

    /** The same for a string whose character set does not matter, as it is ASCII or no use. */
    static boolean isPlain(Expression expression, LiteralSlots literals, ParameterValues parameters) {
        return switch (expression) {
            case Expression.Literal literal ->
                literal.kind() == LiteralKind.STRING
                        && literal.slot() < literals.count()
                        && isPlain(literals.text(), literals.start(literal.slot()), literals.end(literal.slot()));
            case Expression.Placeholder placeholder -> parameters.isPlainText(placeholder.index());
            default -> false;
        };
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

    /** The array with the value of an expression that is plain. */
    public static byte[] array(Expression expression, LiteralSlots literals, ParameterValues parameters) {
        return expression instanceof Expression.Placeholder placeholder
                ? parameters.buffer(placeholder.index())
                : literals.text();
    }

    /** Index of the first byte of the value. */
    public static int start(Expression expression, LiteralSlots literals, ParameterValues parameters) {
        return switch (expression) {
            case Expression.Literal literal -> literals.start(literal.slot()) + 1;
            case Expression.Placeholder placeholder -> parameters.start(placeholder.index());
            default -> 0;
        };
    }

    /** Index behind its last byte. */
    public static int end(Expression expression, LiteralSlots literals, ParameterValues parameters) {
        return switch (expression) {
            case Expression.Literal literal -> literals.end(literal.slot()) - 1;
            case Expression.Placeholder placeholder -> parameters.end(placeholder.index());
            default -> 0;
        };
    }
}
