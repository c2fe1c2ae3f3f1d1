package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the columns that an expression depends on. */
public final class ExpressionColumns {
    private ExpressionColumns() {}

    /** Whether the expression depends on no column and on nothing unknown. */
    public static boolean isConstant(Expression expression) {
        return walk(expression, null);
    }

    /** Adds all columns; false if the expression may depend on something that cannot be named. */
    public static boolean collect(Expression expression, List<Expression.Column> found) {
        return walk(expression, found);
    }

    /** {@code found} null: a column ends the walk with false. */
    private static boolean walk(@Nullable Expression expression, @Nullable List<Expression.Column> found) {
        return switch (expression) {
            case null -> true;
            case Expression.Column column -> found != null && found.add(column);
            case Expression.Unknown _ -> false;
            case Expression.Literal _,
                    Expression.AdjacentStrings _,
                    Expression.Temporal _,
                    Expression.Constant _,
                    Expression.Placeholder _,
                    Expression.NamedPlaceholder _,
                    Expression.UserVariable _,
                    Expression.SystemVariable _,
                    Expression.Unit _ -> true;
            case Expression.Introduced introduced -> walk(introduced.literal(), found);
            case Expression.Unary unary -> walk(unary.operand(), found);
            case Expression.Binary binary -> walk(binary.left(), found) && walk(binary.right(), found);
            case Expression.Junction junction -> all(junction.terms(), found);
            case Expression.Between between ->
                walk(between.operand(), found) && walk(between.low(), found) && walk(between.high(), found);
            case Expression.In in -> walk(in.operand(), found) && all(in.elements(), found);
            case Expression.Is is -> walk(is.operand(), found);
            case Expression.Like like ->
                walk(like.operand(), found) && walk(like.pattern(), found) && walk(like.escape(), found);
            case Expression.Row row -> all(row.elements(), found);
            case Expression.Call call -> all(call.arguments(), found);
            case Expression.Interval interval -> walk(interval.amount(), found);
            case Expression.Cast cast -> walk(cast.operand(), found);
            case Expression.ConvertUsing convert -> walk(convert.operand(), found);
            case Expression.Collate collate -> walk(collate.operand(), found);
            case Expression.Case choice ->
                walk(choice.operand(), found)
                        && all(choice.whens(), found)
                        && all(choice.thens(), found)
                        && walk(choice.otherwise(), found);
            case Expression.ScalarSelect select -> walk(select.value(), found);
        };
    }

    private static boolean all(List<Expression> expressions, @Nullable List<Expression.Column> found) {
        for (Expression expression : expressions) {
            if (!walk(expression, found)) {
                return false;
            }
        }
        return true;
    }
}
