package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.expression.UnaryOperator;

/**
 * Computes constant expressions as the server does. Stateless, never throws, never blocks; what is not certain is {@link SqlValue.Unknown}.
 */
public final class Evaluator {
    private Evaluator() {}

    /** The value of an expression. */
    public static SqlValue evaluate(Expression expression, EvaluationContext context) {
        return switch (expression) {
            case Expression.Placeholder placeholder ->
                context.parameters().value(placeholder.index(), context.session());
            default -> {
                long value = plainLong(expression, context, Long.MIN_VALUE);
                yield value == Long.MIN_VALUE ? Reasons.EXPRESSION : new SqlValue.Int(value, false);
            }
        };
    }

    /**
     * The value of the simplest integer expressions (a literal, also with a minus, or an integer parameter of the binary protocol), without
     * allocation; {@code otherwise} for everything else, for which {@link #evaluate} is to be called.
     */
    public static long plainLong(Expression expression, EvaluationContext context, long otherwise) {
        if (expression instanceof Expression.Literal literal) {
            return literal.kind() == LiteralKind.INTEGER
                    ? digits(context.literals(), literal.slot(), otherwise)
                    : otherwise;
        }
        if (expression instanceof Expression.Placeholder placeholder) {
            return context.parameters().isPlainLong(placeholder.index())
                    ? context.parameters().plainLong(placeholder.index())
                    : otherwise;
        }
        if (expression instanceof Expression.Unary unary
                && unary.operator() == UnaryOperator.MINUS
                && unary.operand() instanceof Expression.Literal literal
                && literal.kind() == LiteralKind.INTEGER) {
            long value = digits(context.literals(), literal.slot(), -1);
            return value < 0 ? otherwise : -value;
        }
        return otherwise;
    }

    /** Whether two values are equal, less or greater, as the operators decide: 1, 0, NULL or unknown. */
    public static SqlValue compare(BinaryOperator operator, SqlValue left, SqlValue right, SessionValues session) {
        return Reasons.EXPRESSION;
    }

    private static long digits(LiteralSlots slots, int slot, long otherwise) {
        if (slot >= slots.count()) {
            return otherwise;
        }
        int start = slots.start(slot);
        int end = slots.end(slot);
        if (end - start > 18 || start >= end) {
            return otherwise;
        }
        byte[] text = slots.text();
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
