package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.Temporals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a column of Oracle mode stores. */
final class OracleAssignment {
    private OracleAssignment() {}

    /** The stored value; null if it is not known. The empty string is NULL. */
    static @Nullable Datum assign(ColumnType type, SqlValue value, SessionValues session) {
        return switch (type.type()) {
            case NUMBER, NUMBER_FLOAT, DECIMAL_INT -> number(type, value);
            case BIGINT, INT -> whole(value);
            case FLOAT -> real(value, true);
            case DOUBLE -> real(value, false);
            case VARCHAR, NVARCHAR2, CHAR, NCHAR -> text(type, value);
            case DATETIME -> date(type, value, session);
            default -> null;
        };
    }

    private static @Nullable Datum number(ColumnType type, SqlValue value) {
        if (value instanceof SqlValue.Text text && !text.toString().strip().matches("[+-]?[0-9]+(\\.[0-9]*)?")) {
            return null;
        }
        BigDecimal number = Numbers.toDecimal(value);
        if (number == null) {
            return null;
        }
        boolean scaled = type.precision() > 0 && type.scale() >= 0;
        return new Datum.Exact(scaled ? number.setScale(type.scale(), RoundingMode.HALF_UP) : number);
    }

    private static @Nullable Datum whole(SqlValue value) {
        return value instanceof SqlValue.Int(long bits, boolean unsigned) && !(unsigned && bits < 0)
                ? new Datum.Whole(bits)
                : null;
    }

    private static @Nullable Datum real(SqlValue value, boolean single) {
        if (value instanceof SqlValue.Text) {
            return null;
        }
        double number = Numbers.toDouble(value);
        return Double.isNaN(number) ? null : new Datum.Real(single ? (float) number : number);
    }

    private static @Nullable Datum text(ColumnType type, SqlValue value) {
        if (value instanceof SqlValue.Int number) {
            return new Datum.Text(number.toString().getBytes(StandardCharsets.US_ASCII));
        }
        if (!(value instanceof SqlValue.Text text)) {
            return null;
        }
        byte[] bytes = Assignment.inCharsetOf(type, text);
        if (bytes == null) {
            return null;
        }
        return bytes.length == 0 ? Datum.Null.INSTANCE : new Datum.Text(bytes);
    }

    private static @Nullable Datum date(ColumnType type, SqlValue value, SessionValues session) {
        if (value instanceof SqlValue.Text) {
            return null;
        }
        return Temporals.toDateTime(value, session) instanceof SqlValue.DateTime time
                ? TemporalForm.dateTime(
                        type, time.year(), time.month(), time.day(), time.microsOfDay() / 1_000_000 * 1_000_000, null)
                : null;
    }
}
