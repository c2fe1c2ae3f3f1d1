package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.CivilTime;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.expression.TemporalKind;
import com.oceanbase.odp.sql.expression.UnaryOperator;

/** Numbers and times in their usual form, read where they stand and without allocation. What is written otherwise is left to {@link Evaluator}. */
public final class PlainNumbers {
    /** No plain number. */
    public static final long NONE = Long.MIN_VALUE;

    /** Digits of a string; with more of them a comparison with a number might go by floating point. */
    private static final int QUOTED_DIGITS = 15;

    private static final int DIGITS = 18;

    private PlainNumbers() {}

    /** An integer: a literal, also with a minus, also in quotes, or a parameter of the binary protocol. */
    public static long whole(Expression expression, LiteralSlots literals, ParameterValues parameters) {
        long value = Evaluator.plainLong(expression, literals, parameters, NONE);
        if (value != NONE || !PlainStrings.isPlain(expression, literals, parameters)) {
            return value;
        }
        byte[] text = PlainStrings.array(expression, literals, parameters);
        int start = PlainStrings.start(expression, literals, parameters);
        int end = PlainStrings.end(expression, literals, parameters);
        boolean negative = start < end && text[start] == '-';
        int first = negative ? start + 1 : start;
        if (end == first || end - first > QUOTED_DIGITS) {
            return NONE;
        }
        long digits = decimal(text, first, end, 0);
        return digits == NONE || !negative ? digits : -digits;
    }

    /** A decimal literal without exponent, times 10 to the {@code scale}; {@link #NONE} if it has more digits behind the point. */
    public static long decimal(Expression expression, LiteralSlots literals, int scale) {
        if (expression instanceof Expression.Unary unary && unary.operator() == UnaryOperator.MINUS) {
            long value = decimal(unary.operand(), literals, scale);
            return unary.operand() instanceof Expression.Literal && value != NONE ? -value : NONE;
        }
        if (!(expression instanceof Expression.Literal literal) || literal.slot() >= literals.count()) {
            return NONE;
        }
        return literal.kind() == LiteralKind.INTEGER || literal.kind() == LiteralKind.DECIMAL
                ? decimal(literals.text(), literals.start(literal.slot()), literals.end(literal.slot()), scale)
                : NONE;
    }

    private static long decimal(byte[] text, int start, int end, int scale) {
        long value = 0;
        int missing = -1;
        int digits = 0;
        for (int i = start; i < end; i++) {
            if (text[i] == '.' && missing < 0) {
                missing = scale;
                continue;
            }
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9 || ++digits > DIGITS || missing == 0) {
                return NONE;
            }
            value = 10 * value + digit;
            missing -= missing > 0 ? 1 : 0;
        }
        int zeros = missing < 0 ? scale : missing;
        if (digits == 0 || digits + zeros > DIGITS) {
            return NONE;
        }
        for (int i = 0; i < zeros; i++) {
            value *= 10;
        }
        return value;
    }

    /** A date, alone or with a time of day: in quotes, also behind DATE or TIMESTAMP, or a parameter; a {@link CivilTime}. */
    public static long time(Expression expression, LiteralSlots literals, ParameterValues parameters) {
        if (expression instanceof Expression.Placeholder placeholder && !parameters.isPlainText(placeholder.index())) {
            return parameters.plainTime(placeholder.index());
        }
        Expression text = expression;
        if (expression instanceof Expression.Temporal(TemporalKind kind, Expression.Literal literal)) {
            if (kind == TemporalKind.TIME) {
                return CivilTime.NONE;
            }
            text = literal;
        }
        if (!PlainStrings.isPlain(text, literals, parameters)) {
            return CivilTime.NONE;
        }
        long time = CivilTime.parse(
                PlainStrings.array(text, literals, parameters),
                PlainStrings.start(text, literals, parameters),
                PlainStrings.end(text, literals, parameters));
        boolean cut = expression instanceof Expression.Temporal temporal && temporal.kind() == TemporalKind.DATE;
        return cut && time != CivilTime.NONE && CivilTime.microsOfDay(time) != 0 ? CivilTime.NONE : time;
    }
}
