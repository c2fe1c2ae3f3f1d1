package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.ExpressionColumns;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import java.util.Set;

/** Which expressions depend on the clock, and which of them never fall as time goes on. */
public final class ClockExpressions {
    /** MySQL manual, "Date and Time Functions". */
    private static final Set<String> GROWING = Set.of(
            "NOW",
            "CURRENT_TIMESTAMP",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "SYSDATE",
            "CURDATE",
            "CURRENT_DATE",
            "UTC_DATE",
            "UTC_TIMESTAMP");

    /** They begin anew each day. */
    private static final Set<String> OF_DAY = Set.of("CURTIME", "CURRENT_TIME", "UTC_TIME");

    private static final Set<String> RISING =
            Set.of("DATE", "YEAR", "TO_DAYS", "TO_SECONDS", "UNIX_TIMESTAMP", "LAST_DAY", "TIMESTAMP", "FROM_UNIXTIME");

    private static final Set<String> SHIFTS = Set.of("DATE_ADD", "DATE_SUB", "ADDDATE", "SUBDATE");

    private ClockExpressions() {}

    /** Whether the value depends on when the statement runs. */
    public static boolean depends(Expression expression) {
        return switch (expression) {
            case Expression.Call(String name, List<Expression> arguments) -> isClock(name, arguments) || any(arguments);
            case Expression.Unary unary -> depends(unary.operand());
            case Expression.Binary binary -> depends(binary.left()) || depends(binary.right());
            case Expression.Junction junction -> any(junction.terms());
            case Expression.Between between ->
                depends(between.operand()) || depends(between.low()) || depends(between.high());
            case Expression.In in -> depends(in.operand()) || any(in.elements());
            case Expression.Is is -> depends(is.operand());
            case Expression.Like like -> depends(like.operand()) || depends(like.pattern());
            case Expression.Row row -> any(row.elements());
            case Expression.Interval interval -> depends(interval.amount());
            case Expression.Cast cast -> depends(cast.operand());
            case Expression.ConvertUsing convert -> depends(convert.operand());
            case Expression.Collate collate -> depends(collate.operand());
            case Expression.Case choice ->
                choice.operand() != null && depends(choice.operand())
                        || any(choice.whens())
                        || any(choice.thens())
                        || choice.otherwise() != null && depends(choice.otherwise());
            case Expression.ScalarSelect select -> depends(select.value());
            default -> false;
        };
    }

    private static boolean any(List<Expression> expressions) {
        return expressions.stream().anyMatch(ClockExpressions::depends);
    }

    private static boolean isClock(String name, List<Expression> arguments) {
        return GROWING.contains(name) || OF_DAY.contains(name) || name.equals("UNIX_TIMESTAMP") && arguments.isEmpty();
    }

    /** Whether the value certainly never falls as time goes on. */
    static boolean grows(Expression expression) {
        return expression instanceof Expression.Call(String name, List<Expression> arguments)
                        && isClock(name, arguments)
                        && !OF_DAY.contains(name)
                || follows(expression, true);
    }

    /** Whether an expression of one column, as far as it is known here, never falls as the column rises. */
    static boolean rises(Expression expression) {
        return expression instanceof Expression.Column || follows(expression, false);
    }

    /** Whether the value is that of something that grows, moved or cut. */
    private static boolean follows(Expression expression, boolean ofClock) {
        return switch (expression) {
            case Expression.Call(String name, List<Expression> arguments)
            when RISING.contains(name) && arguments.size() == 1 -> inner(arguments.getFirst(), ofClock);
            case Expression.Call(String name, List<Expression> arguments)
            when SHIFTS.contains(name) && arguments.size() == 2 ->
                inner(arguments.getFirst(), ofClock) && isFixed(arguments.get(1));
            case Expression.Binary(BinaryOperator operator, Expression left, Expression right) ->
                (operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT)
                        && inner(left, ofClock)
                        && isFixed(right);
            case Expression.Cast cast ->
                (cast.type().name().equals("DATE") || cast.type().name().equals("DATETIME"))
                        && inner(cast.operand(), ofClock);
            default -> false;
        };
    }

    private static boolean isFixed(Expression expression) {
        return ExpressionColumns.isConstant(expression) && !depends(expression);
    }

    private static boolean inner(Expression expression, boolean ofClock) {
        return ofClock ? grows(expression) : rises(expression);
    }
}
