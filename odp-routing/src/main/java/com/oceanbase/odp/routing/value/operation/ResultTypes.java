package com.oceanbase.odp.routing.value.operation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.SqlValue.Real;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.TextOrigin;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import java.math.BigDecimal;
import java.util.List;

/** The type of an expression that yields one of several values (IF, CASE, COALESCE …), and its values in that type. */
public final class ResultTypes {
    private ResultTypes() {}

    public static ValueType typeOf(SqlValue value) {
        return switch (value) {
            case Int _ -> ValueType.INTEGER;
            case Decimal _ -> ValueType.DECIMAL;
            case Real _ -> ValueType.DOUBLE;
            case Text _ -> ValueType.TEXT;
            case SqlValue.Date _ -> ValueType.DATE;
            case SqlValue.Time _ -> ValueType.TIME;
            case DateTime _ -> ValueType.DATETIME;
            case SqlValue.Year _ -> ValueType.YEAR;
            case Null n -> n.type();
            case SqlValue.ZonedTimestamp _, SqlValue.Unknown _ -> ValueType.NONE;
        };
    }

    /** {@code chosen} in the common type of {@code all}, none of which is unknown. */
    public static SqlValue convert(SqlValue chosen, List<SqlValue> all, SessionValues session) {
        if (chosen.isUnknown()) {
            return chosen;
        }
        ValueType type = ValueType.NONE;
        for (SqlValue value : all) {
            if (value instanceof SqlValue.ZonedTimestamp || value.isUnknown()) {
                return value.isUnknown() ? value : Reasons.ARGUMENT;
            }
            type = common(type, typeOf(value));
        }
        if (type == ValueType.INTEGER && isMixed(all)) {
            type = ValueType.DECIMAL;
        }
        return chosen.isNull() ? new Null(type) : convert(chosen, type, all, session);
    }

    private static boolean isMixed(List<SqlValue> all) {
        boolean signed = false;
        boolean unsigned = false;
        for (SqlValue value : all) {
            if (value instanceof Int i) {
                signed |= !i.unsigned();
                unsigned |= i.unsigned();
            }
        }
        return signed && unsigned;
    }

    public static ValueType common(ValueType a, ValueType b) {
        if (a == b || b == ValueType.NONE) {
            return a;
        }
        if (a == ValueType.NONE) {
            return b;
        }
        if (isNumeric(a) && isNumeric(b)) {
            ValueType x = a == ValueType.YEAR ? ValueType.INTEGER : a;
            ValueType y = b == ValueType.YEAR ? ValueType.INTEGER : b;
            return x.compareTo(y) > 0 ? x : y;
        }
        return isTemporal(a) && isTemporal(b) ? ValueType.DATETIME : ValueType.TEXT;
    }

    public static boolean isNumeric(ValueType type) {
        return type == ValueType.INTEGER
                || type == ValueType.DECIMAL
                || type == ValueType.DOUBLE
                || type == ValueType.YEAR;
    }

    public static boolean isTemporal(ValueType type) {
        return type == ValueType.DATE || type == ValueType.TIME || type == ValueType.DATETIME;
    }

    private static SqlValue convert(SqlValue value, ValueType type, List<SqlValue> all, SessionValues session) {
        return switch (type) {
            case NONE, YEAR, DATE -> value;
            case INTEGER -> value instanceof SqlValue.Year y ? new Int(y.year(), false) : value;
            case DECIMAL -> decimal(value, all);
            case DOUBLE -> value instanceof Real ? value : Numbers.real(Numbers.toDouble(value));
            case TEXT -> text(value, all, session);
            case TIME -> value instanceof SqlValue.Time t ? Temporals.round(t, digits(all)) : Reasons.ARGUMENT;
            case DATETIME -> {
                SqlValue full = Temporals.toDateTime(value, session);
                yield full instanceof DateTime d ? Temporals.round(d, digits(all)) : full;
            }
        };
    }

    private static int digits(List<SqlValue> all) {
        int digits = 0;
        for (SqlValue value : all) {
            digits = Math.max(
                    digits,
                    switch (value) {
                        case SqlValue.Time t -> t.digits();
                        case DateTime d -> d.digits();
                        default -> 0;
                    });
        }
        return digits;
    }

    private static SqlValue decimal(SqlValue value, List<SqlValue> all) {
        int scale = 0;
        for (SqlValue other : all) {
            scale = other instanceof Decimal d ? Math.max(scale, d.scale()) : scale;
        }
        BigDecimal number = Numbers.toDecimal(value);
        return number == null ? Reasons.ARGUMENT : new Decimal(number, scale);
    }

    private static SqlValue text(SqlValue value, List<SqlValue> all, SessionValues session) {
        SqlValue text = Texts.toText(value, session);
        if (!(text instanceof Text t)) {
            return text;
        }
        for (SqlValue other : all) {
            if (other instanceof Text o && o.collation().equals(Collation.BINARY)) {
                return new Text(t.bytes(), Collation.BINARY, TextOrigin.LITERAL);
            }
        }
        return t.origin() == TextOrigin.LITERAL ? t : new Text(t.bytes(), t.collation(), TextOrigin.LITERAL);
    }
}
