package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usual functions of a column of dates by which tables are divided. They take microseconds since 1970 and never fall: of a TIMESTAMP in UTC, of
 * other types as they are written.
 */
enum DateFunction {
    TO_DAYS,
    YEAR,
    UNIX_TIMESTAMP;

    static final long DAY = 86_400_000_000L;
    private static final long SECOND = 1_000_000;

    /** The function that an expression is; null if it is another expression, or the server does not compute it so for the column. */
    static @Nullable DateFunction of(StoredExpression stored, ColumnType column) {
        if (!(stored.expression() instanceof Expression.Call(String name, List<Expression> arguments))
                || arguments.size() != 1
                || !(arguments.getFirst() instanceof Expression.Column)) {
            return null;
        }
        ObjectType type = column.type();
        boolean written = type.isDate() || type.isDateTime() && type != ObjectType.TIMESTAMP;
        return switch (name) {
            case "TO_DAYS" -> written ? TO_DAYS : null;
            case "YEAR" -> written ? YEAR : null;
            case "UNIX_TIMESTAMP" -> type == ObjectType.TIMESTAMP ? UNIX_TIMESTAMP : null;
            default -> null;
        };
    }

    long of(long micros) {
        return switch (this) {
            case TO_DAYS -> Math.floorDiv(micros, DAY) + CivilDays.EPOCH_DAY_NUMBER;
            case YEAR -> CivilDays.yearOf(Math.floorDiv(micros, DAY));
            case UNIX_TIMESTAMP -> Math.floorDiv(micros, SECOND);
        };
    }
}
