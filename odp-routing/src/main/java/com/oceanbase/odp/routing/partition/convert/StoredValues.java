package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Values of columns as values of expressions. */
final class StoredValues {
    private static final SqlValue UNKNOWN = new SqlValue.Unknown("the value of a column is not known");

    private StoredValues() {}

    static SqlValue toSql(ColumnType type, Datum stored, SessionValues session) {
        return switch (stored) {
            case Datum.Null _ -> new SqlValue.Null(valueType(type.type()));
            case Datum.Whole(long value) -> whole(type, value, session);
            case Datum.Real(double value) ->
                new SqlValue.Real(value, type.type() == ObjectType.FLOAT || type.type() == ObjectType.FLOAT_UNSIGNED);
            case Datum.Exact(BigDecimal value) ->
                new SqlValue.Decimal(type.scale() < 0 ? value : value.setScale(type.scale(), RoundingMode.HALF_UP));
            case Datum.Text(byte[] bytes) -> new SqlValue.Text(bytes, type.collation(), TextOrigin.COLUMN);
            case Datum.Zoned _, Datum.Max _ -> UNKNOWN;
        };
    }

    private static SqlValue whole(ColumnType type, long value, SessionValues session) {
        if (type.type().isTemporal()) {
            SqlValue time = TemporalForm.decode(type, value, session.timeZone());
            return time == null ? UNKNOWN : time;
        }
        if (type.type() == ObjectType.ENUM) {
            return value > 0 && value <= type.members().size()
                    ? new SqlValue.Text(
                            type.members().get((int) value - 1).getBytes(StandardCharsets.UTF_8),
                            type.collation(),
                            TextOrigin.COLUMN)
                    : UNKNOWN;
        }
        return type.type() == ObjectType.SET
                ? UNKNOWN
                : new SqlValue.Int(value, type.type().isUnsignedWhole());
    }

    private static ValueType valueType(ObjectType type) {
        if (type.isDate()) {
            return ValueType.DATE;
        }
        if (type.isDateTime()) {
            return ValueType.DATETIME;
        }
        return switch (type) {
            case TIME -> ValueType.TIME;
            case YEAR -> ValueType.YEAR;
            default ->
                switch (type.kind()) {
                    case EXACT -> ValueType.DECIMAL;
                    case REAL -> ValueType.DOUBLE;
                    case TEXT -> ValueType.TEXT;
                    default -> ValueType.INTEGER;
                };
        };
    }
}
