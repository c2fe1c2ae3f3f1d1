package com.oceanbase.odp.routing.value.evaluation;

import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.operation.Arithmetic;
import com.oceanbase.odp.routing.value.operation.ResultTypes;
import com.oceanbase.odp.routing.value.operation.Truth;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;

/** Operators between two operands. */
final class Operators {
    private Operators() {}

    static SqlValue apply(Expression.Binary binary, EvaluationContext context) {
        BinaryOperator operator = binary.operator();
        if (operator == BinaryOperator.OTHER) {
            return Reasons.EXPRESSION;
        }
        if (operator == BinaryOperator.ASSIGN) {
            return Evaluator.evaluate(binary.right(), context);
        }
        boolean sum = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
        if (sum && binary.right() instanceof Expression.Interval) {
            return Evaluator.call(
                    operator == BinaryOperator.ADD ? "DATE_ADD" : "DATE_SUB",
                    List.of(binary.left(), binary.right()),
                    context);
        }
        if (operator == BinaryOperator.ADD && binary.left() instanceof Expression.Interval) {
            return Evaluator.call("DATE_ADD", List.of(binary.right(), binary.left()), context);
        }
        if (binary.left() instanceof Expression.Row left && binary.right() instanceof Expression.Row right) {
            return Conditions.compareRows(operator, left, right, context);
        }
        SqlValue left = Evaluator.evaluate(binary.left(), context);
        SqlValue right = Evaluator.evaluate(binary.right(), context);
        if (operator == BinaryOperator.XOR) {
            return Conditions.xor(left, right);
        }
        if (left.isUnknown() || right.isUnknown()) {
            return left.isUnknown() ? left : right;
        }
        return apply(operator, left, right, context.session());
    }

    private static SqlValue apply(BinaryOperator operator, SqlValue left, SqlValue right, SessionValues session) {
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL ->
                Truth.compare(operator, left, right, session);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, INTEGER_DIVIDE, MODULO ->
                left.isNull() || right.isNull()
                        ? new Null(arithmeticType(operator, left, right))
                        : Arithmetic.apply(operator, left, right, session);
            case BIT_AND, BIT_OR, BIT_XOR, SHIFT_LEFT, SHIFT_RIGHT ->
                left.isNull() || right.isNull() ? new Null(ValueType.INTEGER) : Arithmetic.bits(operator, left, right);
            case CONCAT -> concat(left, right, session);
            case XOR, ASSIGN, OTHER -> Reasons.EXPRESSION;
        };
    }

    private static ValueType arithmeticType(BinaryOperator operator, SqlValue left, SqlValue right) {
        ValueType a = ResultTypes.typeOf(left);
        ValueType b = ResultTypes.typeOf(right);
        if (operator == BinaryOperator.INTEGER_DIVIDE) {
            return ValueType.INTEGER;
        }
        if (a == ValueType.INTEGER && b == ValueType.INTEGER) {
            return operator == BinaryOperator.DIVIDE ? ValueType.DECIMAL : ValueType.INTEGER;
        }
        boolean exact = (a == ValueType.INTEGER || a == ValueType.DECIMAL)
                && (b == ValueType.INTEGER || b == ValueType.DECIMAL);
        return exact ? ValueType.DECIMAL : ValueType.DOUBLE;
    }

    private static SqlValue concat(SqlValue left, SqlValue right, SessionValues session) {
        return Evaluator.callValues("CONCAT", List.of(left, right), session);
    }
}
