package com.oceanbase.odp.routing.value.operation;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.sql.expression.BinaryOperator;

/** The three truth values, and comparisons that come to one of them. */
public final class Truth {
    public static final Int TRUE = new Int(1, false);
    public static final Int FALSE = new Int(0, false);
    public static final Null UNDEFINED = new Null(ValueType.INTEGER);

    private Truth() {}

    public static SqlValue of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    public static SqlValue not(SqlValue value) {
        Boolean holds = Numbers.isTrue(value);
        return holds != null ? of(!holds) : value.isNull() ? UNDEFINED : value;
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
}
