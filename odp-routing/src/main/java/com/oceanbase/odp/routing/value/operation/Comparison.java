package com.oceanbase.odp.routing.value.operation;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import com.oceanbase.odp.routing.value.Temporals;
import java.math.BigDecimal;

/** Compares values of any two types. */
public final class Comparison {
    /** Not to be told: a value is NULL or unknown, or its type or collation is not known here. */
    public static final int UNDECIDED = Integer.MIN_VALUE;

    private Comparison() {}

    /** Negative, 0 or positive; {@link #UNDECIDED} if that is not known. Neither value may be NULL. */
    public static int compare(SqlValue left, SqlValue right, SessionValues session) {
        if (left.isNull() || right.isNull() || left.isUnknown() || right.isUnknown()) {
            return UNDECIDED;
        }
        if (left instanceof Int a && right instanceof Int b) {
            return compare(a, b);
        }
        if (left instanceof Text a && right instanceof Text b) {
            return Strings.compare(a, b);
        }
        if (isTemporal(left) || isTemporal(right)) {
            return temporal(left, right, session);
        }
        return numeric(left, right);
    }

    public static int compare(Int a, Int b) {
        if (a.bits() < 0 && a.unsigned() != b.unsigned() || b.bits() < 0 && a.unsigned() != b.unsigned()) {
            return a.toBigInteger().compareTo(b.toBigInteger());
        }
        return a.unsigned() ? Long.compareUnsigned(a.bits(), b.bits()) : Long.compare(a.bits(), b.bits());
    }

    private static boolean isTemporal(SqlValue value) {
        return value instanceof SqlValue.Date || value instanceof DateTime || value instanceof Time;
    }

    private static int numeric(SqlValue left, SqlValue right) {
        if (left instanceof SqlValue.Real || right instanceof SqlValue.Real) {
            double a = Numbers.toDouble(left);
            double b = Numbers.toDouble(right);
            return Double.isNaN(a) || Double.isNaN(b) ? UNDECIDED : a < b ? -1 : a > b ? 1 : 0;
        }
        BigDecimal a = Numbers.toDecimal(left);
        BigDecimal b = Numbers.toDecimal(right);
        return a == null || b == null ? UNDECIDED : a.compareTo(b);
    }

    private static int temporal(SqlValue left, SqlValue right, SessionValues session) {
        if (left instanceof SqlValue.Year
                || right instanceof SqlValue.Year
                || left instanceof SqlValue.Real
                || right instanceof SqlValue.Real) {
            return UNDECIDED;
        }
        boolean dated = left instanceof SqlValue.Date
                || left instanceof DateTime
                || right instanceof SqlValue.Date
                || right instanceof DateTime;
        if (!dated) {
            SqlValue a = Temporals.toTime(left);
            SqlValue b = Temporals.toTime(right);
            return a instanceof Time(long x, int _) && b instanceof Time(long y, int _)
                    ? Long.compare(x, y)
                    : UNDECIDED;
        }
        SqlValue a = Temporals.toDateTime(left, session);
        SqlValue b = Temporals.toDateTime(right, session);
        return a instanceof DateTime x && b instanceof DateTime y ? compare(x, y) : UNDECIDED;
    }

    private static int compare(DateTime a, DateTime b) {
        int dates =
                Integer.compare(a.year() * 512 + a.month() * 32 + a.day(), b.year() * 512 + b.month() * 32 + b.day());
        return dates != 0 ? dates : Long.compare(a.nanosOfDay(), b.nanosOfDay());
    }
}
