package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.ValueType;
import java.util.List;

/**
 * A function of the server.
 *
 * @param name upper case
 * @param minimum fewest arguments; an INTERVAL argument counts as two, its amount and its unit
 * @param maximum most arguments
 * @param strict a NULL among the arguments makes the result NULL
 * @param result type of the result if it is NULL
 * @param body what it computes
 */
public record SqlFunction(String name, int minimum, int maximum, boolean strict, ValueType result, Body body) {
    /** No limit to the number of arguments. */
    static final int MANY = Integer.MAX_VALUE;

    /** Computes a result of arguments that are known, and not NULL if the function is strict. */
    @FunctionalInterface
    interface Body {
        SqlValue apply(Arguments arguments);
    }

    static SqlFunction strict(String name, int minimum, int maximum, ValueType result, Body body) {
        return new SqlFunction(name, minimum, maximum, true, result, body);
    }

    static SqlFunction lenient(String name, int minimum, int maximum, ValueType result, Body body) {
        return new SqlFunction(name, minimum, maximum, false, result, body);
    }

    /** The result; unknown if an argument is, or if their number is wrong. */
    public SqlValue call(List<SqlValue> values, SessionValues session) {
        if (values.size() < minimum || values.size() > maximum) {
            return Reasons.FUNCTION;
        }
        boolean isNull = false;
        for (SqlValue value : values) {
            if (value.isUnknown()) {
                return value;
            }
            isNull |= value.isNull();
        }
        if (isNull && strict) {
            return new Null(result);
        }
        try {
            SqlValue value = body.apply(new Arguments(values, session, result));
            boolean isEmpty = session.oracle() && value instanceof SqlValue.Text text && text.bytes().length == 0;
            return isEmpty ? new Null(ValueType.TEXT) : value;
        } catch (Incomputable exception) {
            return exception.reason();
        }
    }
}
