package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ExpressionColumns;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.util.List;
import java.util.Set;

/** Whether an expression over one column rises or falls with it. */
final class Monotony {
    private static final Set<String> RISING =
            Set.of("YEAR", "TO_DAYS", "TO_SECONDS", "UNIX_TIMESTAMP", "DATE", "FLOOR", "CEIL", "CEILING", "LAST_DAY");

    private Monotony() {}

    /** 1 if it never falls, -1 if it never rises, 0 if neither is certain. */
    static int of(Expression expression) {
        return switch (expression) {
            case Expression.Column _ -> 1;
            case Expression.Unary(UnaryOperator operator, Expression operand) ->
                switch (operator) {
                    case PLUS -> of(operand);
                    case MINUS -> -of(operand);
                    default -> 0;
                };
            case Expression.Binary(BinaryOperator operator, Expression left, Expression right) ->
                binary(operator, left, right);
            case Expression.Call(String name, List<Expression> arguments) -> call(name, arguments);
            default -> 0;
        };
    }

    private static int binary(BinaryOperator operator, Expression left, Expression right) {
        boolean constantRight = ExpressionColumns.isConstant(right);
        boolean constantLeft = ExpressionColumns.isConstant(left);
        return switch (operator) {
            case ADD -> constantRight ? of(left) : constantLeft ? of(right) : 0;
            case SUBTRACT -> constantRight ? of(left) : constantLeft ? -of(right) : 0;
            // A literal has no sign of its own, so it is not negative.
            case MULTIPLY, INTEGER_DIVIDE, DIVIDE ->
                right instanceof Expression.Literal
                        ? of(left)
                        : operator == BinaryOperator.MULTIPLY && left instanceof Expression.Literal ? of(right) : 0;
            default -> 0;
        };
    }

    private static int call(String name, List<Expression> arguments) {
        if (arguments.size() == 1 && RISING.contains(name)) {
            return of(arguments.getFirst());
        }
        if (name.equals("EXTRACT")
                && arguments.size() == 2
                && arguments.getFirst() instanceof Expression.Unit(String unit)
                && (unit.equals("YEAR") || unit.equals("YEAR_MONTH"))) {
            return of(arguments.get(1));
        }
        return 0;
    }
}
