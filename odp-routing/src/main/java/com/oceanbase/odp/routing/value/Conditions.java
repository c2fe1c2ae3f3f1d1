package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons, logic and CASE. */
public final class Conditions {
    public static final Int TRUE = new Int(1, false);
    public static final Int FALSE = new Int(0, false);
    public static final Null UNDEFINED = new Null(ValueType.INTEGER);

    private Conditions() {}

    public static SqlValue of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    public static SqlValue not(SqlValue value) {
        Boolean holds = Numbers.isTrue(value);
        return holds != null ? of(!holds) : value.isNull() ? UNDEFINED : value;
    }

    public static SqlValue xor(SqlValue left, SqlValue right) {
        Boolean a = Numbers.isTrue(left);
        Boolean b = Numbers.isTrue(right);
        if (left.isNull() || right.isNull()) {
            return UNDEFINED;
        }
        return a == null || b == null ? Reasons.EXPRESSION : of(!a.equals(b));
    }

    public static SqlValue junction(Expression.Junction junction, EvaluationContext context) {
        boolean stop = !junction.and();
        boolean isNull = false;
        SqlValue unknown = null;
        for (Expression term : junction.terms()) {
            SqlValue value = Evaluator.evaluate(term, context);
            Boolean holds = Numbers.isTrue(value);
            if (holds != null && holds == stop) {
                return of(stop);
            }
            if (holds == null) {
                isNull |= value.isNull();
                unknown = value.isNull() ? unknown : value;
            }
        }
        return unknown != null ? unknown : isNull ? UNDEFINED : of(!stop);
    }

    /** One of the comparison operators. */
    public static SqlValue compare(BinaryOperator operator, SqlValue left, SqlValue right, SessionValues session) {
        if (left.isUnknown() || right.isUnknown()) {
            return left.isUnknown() ? left : right;
        }
        if (left.isNull() || right.isNull()) {
            return operator == BinaryOperator.NULL_SAFE_EQUAL ? of(left.isNull() && right.isNull()) : UNDEFINED;
        }
        int order = Comparison.compare(left, right, session);
        if (order == Comparison.UNDECIDED) {
            return Reasons.COMPARISON;
        }
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL -> of(order == 0);
            case NOT_EQUAL -> of(order != 0);
            case LESS -> of(order < 0);
            case LESS_EQUAL -> of(order <= 0);
            case GREATER -> of(order > 0);
            case GREATER_EQUAL -> of(order >= 0);
            default -> Reasons.EXPRESSION;
        };
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
        SqlValue result = TRUE;
        for (int i = 0; i < left.elements().size(); i++) {
            SqlValue equal =
                    equal(each, left.elements().get(i), right.elements().get(i), context);
            if (equal.equals(FALSE)) {
                return of(negated);
            }
            if (equal.isUnknown() || (equal.isNull() && !result.isUnknown())) {
                result = equal;
            }
        }
        return negated ? not(result) : result;
    }

    private static SqlValue equal(
            BinaryOperator operator, Expression left, Expression right, EvaluationContext context) {
        if (left instanceof Expression.Row a && right instanceof Expression.Row b) {
            return compareRows(operator, a, b, context);
        }
        return compare(
                operator, Evaluator.evaluate(left, context), Evaluator.evaluate(right, context), context.session());
    }

    public static SqlValue between(Expression.Between between, EvaluationContext context) {
        SqlValue operand = Evaluator.evaluate(between.operand(), context);
        SqlValue low = Evaluator.evaluate(between.low(), context);
        SqlValue high = Evaluator.evaluate(between.high(), context);
        SqlValue above = compare(BinaryOperator.GREATER_EQUAL, operand, low, context.session());
        SqlValue below = compare(BinaryOperator.LESS_EQUAL, operand, high, context.session());
        SqlValue inside;
        if (above.equals(FALSE) || below.equals(FALSE)) {
            inside = FALSE;
        } else if (above.isUnknown() || below.isUnknown()) {
            inside = above.isUnknown() ? above : below;
        } else {
            inside = above.isNull() ? above : below;
        }
        return between.negated() ? not(inside) : inside;
    }

    public static SqlValue in(Expression.In in, EvaluationContext context) {
        SqlValue result = FALSE;
        for (Expression element : in.elements()) {
            SqlValue equal = equal(BinaryOperator.EQUAL, in.operand(), element, context);
            if (equal.equals(TRUE)) {
                return of(!in.negated());
            }
            if (equal.isUnknown() || (equal.isNull() && !result.isUnknown())) {
                result = equal;
            }
        }
        return in.negated() ? not(result) : result;
    }

    public static SqlValue is(Expression.Is is, EvaluationContext context) {
        SqlValue value = Evaluator.evaluate(is.operand(), context);
        if (value.isUnknown()) {
            return value;
        }
        if (is.what() == ConstantKind.NULL) {
            return of(value.isNull() != is.negated());
        }
        Boolean holds = Numbers.isTrue(value);
        if (holds == null && !value.isNull()) {
            return Reasons.EXPRESSION;
        }
        boolean matches = holds != null && holds == (is.what() == ConstantKind.TRUE);
        return of(matches != is.negated());
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
            return UNDEFINED;
        }
        if (!(value instanceof Text v)
                || !(pattern instanceof Text p)
                || !(escape instanceof Text e)
                || e.bytes().length > 1) {
            return Reasons.COLLATION;
        }
        Boolean matches = Patterns.like(v, p, e.bytes().length == 0 ? -1 : e.bytes()[0]);
        return matches == null ? Reasons.COLLATION : of(matches != like.negated());
    }

    /** CASE with or without an operand. */
    public static SqlValue choose(Expression.Case choice, EvaluationContext context) {
        SqlValue operand = choice.operand() == null ? TRUE : Evaluator.evaluate(choice.operand(), context);
        List<SqlValue> results = new ArrayList<>(choice.thens().size() + 1);
        @Nullable SqlValue chosen = null;
        for (int i = 0; i < choice.thens().size(); i++) {
            SqlValue result = Evaluator.evaluate(choice.thens().get(i), context);
            results.add(result);
            if (chosen == null) {
                SqlValue when = Evaluator.evaluate(choice.whens().get(i), context);
                SqlValue holds = choice.operand() == null
                        ? when
                        : compare(BinaryOperator.EQUAL, operand, when, context.session());
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
