package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.operation.Patterns;
import com.oceanbase.odp.routing.value.operation.ResultTypes;
import com.oceanbase.odp.routing.value.operation.Truth;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons, logic and CASE. */
public final class Conditions {
    private Conditions() {}

    public static SqlValue xor(SqlValue left, SqlValue right) {
        Boolean a = Numbers.isTrue(left);
        Boolean b = Numbers.isTrue(right);
        if (left.isNull() || right.isNull()) {
            return Truth.UNDEFINED;
        }
        return a == null || b == null ? Reasons.EXPRESSION : Truth.of(!a.equals(b));
    }

    public static SqlValue junction(Expression.Junction junction, EvaluationContext context) {
        boolean stop = !junction.and();
        boolean isNull = false;
        SqlValue unknown = null;
        for (Expression term : junction.terms()) {
            SqlValue value = Evaluator.evaluate(term, context);
            Boolean holds = Numbers.isTrue(value);
            if (holds != null && holds == stop) {
                return Truth.of(stop);
            }
            if (holds == null) {
                isNull |= value.isNull();
                unknown = value.isNull() ? unknown : value;
            }
        }
        return unknown != null ? unknown : isNull ? Truth.UNDEFINED : Truth.of(!stop);
    }

    /** {@code (a, b) = (c, d)}, also with {@code <=>} and {@code <>}. */
    public static SqlValue compareRows(
            BinaryOperator operator, Expression.Row left, Expression.Row right, EvaluationContext context) {
        boolean negated = operator == BinaryOperator.NOT_EQUAL;
        if (!negated && operator != BinaryOperator.EQUAL && operator != BinaryOperator.NULL_SAFE_EQUAL
                || left.elements().size() != right.elements().size()) {
            return Reasons.EXPRESSION;
        }
        BinaryOperator each = negated ? BinaryOperator.EQUAL : operator;
        SqlValue result = Truth.TRUE;
        for (int i = 0; i < left.elements().size(); i++) {
            SqlValue equal =
                    equal(each, left.elements().get(i), right.elements().get(i), context);
            if (equal.equals(Truth.FALSE)) {
                return Truth.of(negated);
            }
            if (equal.isUnknown() || (equal.isNull() && !result.isUnknown())) {
                result = equal;
            }
        }
        return negated ? Truth.not(result) : result;
    }

    private static SqlValue equal(
            BinaryOperator operator, Expression left, Expression right, EvaluationContext context) {
        if (left instanceof Expression.Row a && right instanceof Expression.Row b) {
            return compareRows(operator, a, b, context);
        }
        return Truth.compare(
                operator, Evaluator.evaluate(left, context), Evaluator.evaluate(right, context), context.session());
    }

    public static SqlValue between(Expression.Between between, EvaluationContext context) {
        SqlValue operand = Evaluator.evaluate(between.operand(), context);
        SqlValue low = Evaluator.evaluate(between.low(), context);
        SqlValue high = Evaluator.evaluate(between.high(), context);
        ValueType lowType = ResultTypes.typeOf(low);
        ValueType highType = ResultTypes.typeOf(high);
        boolean alike = lowType == highType || (ResultTypes.isNumeric(lowType) && ResultTypes.isNumeric(highType));
        if (!alike && !low.isNull() && !high.isNull()) {
            return Reasons.COMPARISON;
        }
        SqlValue above = Truth.compare(BinaryOperator.GREATER_EQUAL, operand, low, context.session());
        SqlValue below = Truth.compare(BinaryOperator.LESS_EQUAL, operand, high, context.session());
        SqlValue inside;
        if (above.equals(Truth.FALSE) || below.equals(Truth.FALSE)) {
            inside = Truth.FALSE;
        } else if (above.isUnknown() || below.isUnknown()) {
            inside = above.isUnknown() ? above : below;
        } else {
            inside = above.isNull() ? above : below;
        }
        return between.negated() ? Truth.not(inside) : inside;
    }

    public static SqlValue in(Expression.In in, EvaluationContext context) {
        SqlValue result = Truth.FALSE;
        for (Expression element : in.elements()) {
            SqlValue equal = equal(BinaryOperator.EQUAL, in.operand(), element, context);
            if (equal.equals(Truth.TRUE)) {
                return Truth.of(!in.negated());
            }
            if (equal.isUnknown() || (equal.isNull() && !result.isUnknown())) {
                result = equal;
            }
        }
        return in.negated() ? Truth.not(result) : result;
    }

    public static SqlValue is(Expression.Is is, EvaluationContext context) {
        SqlValue value = Evaluator.evaluate(is.operand(), context);
        if (value.isUnknown()) {
            return value;
        }
        if (is.what() == ConstantKind.NULL) {
            return Truth.of(value.isNull() != is.negated());
        }
        Boolean holds = Numbers.isTrue(value);
        if (holds == null && !value.isNull()) {
            return Reasons.EXPRESSION;
        }
        boolean matches = holds != null && holds == (is.what() == ConstantKind.TRUE);
        return Truth.of(matches != is.negated());
    }

    public static SqlValue like(Expression.Like like, EvaluationContext context) {
        SessionValues session = context.session();
        SqlValue value = Texts.toText(Evaluator.evaluate(like.operand(), context), session);
        SqlValue pattern = Texts.toText(Evaluator.evaluate(like.pattern(), context), session);
        SqlValue escape = like.escape() == null
                ? Texts.text(session.oracle() ? "" : "\\", session.connectionCollation())
                : Texts.toText(Evaluator.evaluate(like.escape(), context), session);
        if (value.isUnknown() || pattern.isUnknown() || escape.isUnknown()) {
            return value.isUnknown() ? value : pattern.isUnknown() ? pattern : escape;
        }
        if (value.isNull() || pattern.isNull()) {
            return Truth.UNDEFINED;
        }
        if (!(value instanceof Text v)
                || !(pattern instanceof Text p)
                || !(escape instanceof Text e)
                || e.bytes().length > 1) {
            return Reasons.COLLATION;
        }
        Boolean matches = Patterns.like(v, p, e.bytes().length == 0 ? -1 : e.bytes()[0]);
        return matches == null ? Reasons.COLLATION : Truth.of(matches != like.negated());
    }

    /** CASE with or without an operand. */
    public static SqlValue choose(Expression.Case choice, EvaluationContext context) {
        SqlValue operand = choice.operand() == null ? Truth.TRUE : Evaluator.evaluate(choice.operand(), context);
        List<SqlValue> results = new ArrayList<>(choice.thens().size() + 1);
        @Nullable SqlValue chosen = null;
        for (int i = 0; i < choice.thens().size(); i++) {
            SqlValue result = Evaluator.evaluate(choice.thens().get(i), context);
            results.add(result);
            if (chosen == null) {
                SqlValue when = Evaluator.evaluate(choice.whens().get(i), context);
                SqlValue holds = choice.operand() == null
                        ? when
                        : Truth.compare(BinaryOperator.EQUAL, operand, when, context.session());
                if (holds.isUnknown()) {
                    return holds;
                }
                chosen = Boolean.TRUE.equals(Numbers.isTrue(holds)) ? result : null;
            }
        }
        SqlValue otherwise =
                choice.otherwise() == null ? SqlValue.NULL : Evaluator.evaluate(choice.otherwise(), context);
        results.add(otherwise);
        return ResultTypes.convert(chosen == null ? otherwise : chosen, results, context.session());
    }
}
