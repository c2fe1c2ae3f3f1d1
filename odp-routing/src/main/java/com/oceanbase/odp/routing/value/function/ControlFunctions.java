package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.MANY;
import static com.oceanbase.odp.routing.value.function.SqlFunction.lenient;
import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.operation.Comparison;
import com.oceanbase.odp.routing.value.operation.ResultTypes;
import com.oceanbase.odp.routing.value.operation.Truth;
import java.util.ArrayList;
import java.util.List;

/** Functions that choose one of their arguments. */
final class ControlFunctions {
    static final List<SqlFunction> TABLE = List.of(
            lenient("IF", 3, 3, ValueType.NONE, ControlFunctions::condition),
            lenient("IFNULL", 2, 2, ValueType.NONE, ControlFunctions::coalesce),
            lenient("NVL", 2, 2, ValueType.NONE, ControlFunctions::nvl),
            lenient("COALESCE", 1, MANY, ValueType.NONE, ControlFunctions::coalesce),
            lenient("NULLIF", 2, 2, ValueType.NONE, ControlFunctions::nullIf),
            lenient("ISNULL", 1, 1, ValueType.INTEGER, a -> Truth.of(a.isNull(0))),
            lenient("GREATEST", 2, MANY, ValueType.NONE, a -> extreme(a, 1)),
            lenient("LEAST", 2, MANY, ValueType.NONE, a -> extreme(a, -1)),
            lenient("INTERVAL", 2, MANY, ValueType.INTEGER, ControlFunctions::interval),
            strict("ANY_VALUE", 1, 1, ValueType.NONE, a -> a.get(0)));

    private ControlFunctions() {}

    private static SqlValue condition(Arguments a) {
        boolean holds = Boolean.TRUE.equals(Numbers.isTrue(a.get(0)));
        return ResultTypes.convert(a.get(holds ? 1 : 2), a.values().subList(1, 3), a.session());
    }

    static SqlValue coalesce(Arguments a) {
        SqlValue chosen = a.get(a.count() - 1);
        for (int i = a.count() - 1; i >= 0; i--) {
            chosen = a.isNull(i) ? chosen : a.get(i);
        }
        return ResultTypes.convert(chosen, a.values(), a.session());
    }

    /** Dates and numbers become binary strings here, unlike in IFNULL; that is left to the server. */
    private static SqlValue nvl(Arguments a) {
        ValueType left = ResultTypes.typeOf(a.get(0));
        ValueType right = ResultTypes.typeOf(a.get(1));
        boolean mixed = ResultTypes.isTemporal(left) != ResultTypes.isTemporal(right);
        return mixed && left != ValueType.NONE && right != ValueType.NONE ? Reasons.ARGUMENT : coalesce(a);
    }

    static SqlValue nullIf(Arguments a) {
        if (a.isNull(0) || a.isNull(1)) {
            return a.get(0);
        }
        int order = Comparison.compare(a.get(0), a.get(1), a.session());
        if (order == Comparison.UNDECIDED) {
            return Reasons.COMPARISON;
        }
        return order == 0 ? new Null(ResultTypes.typeOf(a.get(0))) : a.get(0);
    }

    /** Strings and dates are compared as strings, a string and a number as doubles, numbers in their common type. */
    static SqlValue extreme(Arguments a, int sign) {
        ValueType type = ValueType.NONE;
        boolean number = false;
        boolean text = false;
        boolean temporal = false;
        for (SqlValue value : a.values()) {
            ValueType each = ResultTypes.typeOf(value);
            number |= ResultTypes.isNumeric(each);
            text |= each == ValueType.TEXT;
            temporal |= ResultTypes.isTemporal(each);
            type = ResultTypes.common(type, each);
        }
        for (SqlValue value : a.values()) {
            if (value.isNull()) {
                return new Null(number && text ? ValueType.DOUBLE : type);
            }
        }
        if (temporal && (number || text)) {
            return Reasons.COMPARISON;
        }
        List<SqlValue> operands = operands(a, type, number && text);
        SqlValue best = operands.getFirst();
        for (SqlValue operand : operands) {
            int order = Comparison.compare(operand, best, a.session());
            if (order == Comparison.UNDECIDED) {
                return Reasons.COMPARISON;
            }
            best = order * sign > 0 ? operand : best;
        }
        return best;
    }

    private static List<SqlValue> operands(Arguments a, ValueType type, boolean doubles) {
        List<SqlValue> operands = new ArrayList<>(a.count());
        for (SqlValue value : a.values()) {
            SqlValue operand;
            if (doubles) {
                operand = Numbers.real(Numbers.toDouble(value));
            } else if (type == ValueType.TEXT) {
                operand = ResultTypes.convert(value, withText(a), a.session());
            } else {
                SqlValue converted = ResultTypes.convert(value, a.values(), a.session());
                operand = converted instanceof SqlValue.Year ? Numbers.toSigned(converted) : converted;
            }
            if (operand.isUnknown()) {
                throw new Incomputable((SqlValue.Unknown) operand);
            }
            operands.add(operand);
        }
        return operands;
    }

    private static List<SqlValue> withText(Arguments a) {
        List<SqlValue> all = new ArrayList<>(a.values());
        Collation collation = a.collation(0, a.count());
        all.add(Texts.text("", collation));
        return all;
    }

    /** How many of the others, which ascend, are not greater than the first. */
    private static SqlValue interval(Arguments a) {
        if (a.isNull(0)) {
            return Arguments.whole(-1);
        }
        int below = 0;
        for (int i = 1; i < a.count(); i++) {
            if (a.isNull(i)) {
                return Reasons.ARGUMENT;
            }
            int order = Comparison.compare(numeric(a.get(0)), numeric(a.get(i)), a.session());
            if (order == Comparison.UNDECIDED) {
                return Reasons.COMPARISON;
            }
            if (order < 0) {
                break;
            }
            below = i;
        }
        return Arguments.whole(below);
    }

    private static SqlValue numeric(SqlValue value) {
        return Numbers.toNumeric(value);
    }
}
