package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import org.jspecify.annotations.Nullable;

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
        return isCharset(session, column)
                && isPlain(expression, literals, parameters)
                && (!(expression instanceof Expression.Placeholder placeholder)
                        || isCharset(parameters.collation(placeholder.index()), column));
    }

    private static boolean isCharset(@Nullable Collation known, Collation column) {
        return known == null || known.charset().equals(column.charset());
    }

    private static boolean isCharset(SessionValues session, Collation column) {
        String charset = session.clientCollation().charset();
        return !session.oracle()
                && charset.equals(session.connectionCollation().charset())
                && charset.equals(column.charset());
    }

    /**
     * What a string literal that is not plain stands for, where there is one character set from the client to the column.
     *
     * @return null for other expressions
     */
    public static byte @Nullable [] content(
            Expression expression, LiteralSlots literals, SessionValues session, Collation column) {
        return expression instanceof Expression.Literal literal
                        && literal.kind() == LiteralKind.STRING
                        && literal.slot() < literals.count()
                        && isCharset(session, column)
                ? Literals.content(literals, literals.start(literal.slot()), literals.end(literal.slot()), session)
                : null;
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
