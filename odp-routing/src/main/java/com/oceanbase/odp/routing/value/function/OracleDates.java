package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.TextOrigin;
import java.math.BigDecimal;
import java.util.Locale;

/** Dates of Oracle mode. */
final class OracleDates {
    private OracleDates() {}

    private static DateTime date(Arguments a, int index) {
        if (a.get(index) instanceof DateTime value) {
            return value;
        }
        throw new Incomputable(Reasons.ARGUMENT);
    }

    static SqlValue toChar(Arguments a) {
        SqlValue value = a.get(0);
        if (value instanceof DateTime date) {
            String format = a.count() == 2 ? a.characters(1) : defaultFormat(a, date);
            return a.ascii(OracleFormat.format(date, format));
        }
        if (a.count() == 2 || !(value instanceof Int || value instanceof Decimal || value instanceof SqlValue.Text)) {
            return Reasons.ARGUMENT;
        }
        return new SqlValue.Text(a.text(0).bytes(), a.text(0).collation(), TextOrigin.LITERAL);
    }

    private static String defaultFormat(Arguments a, DateTime value) {
        return value.digits() == 0
                ? a.session().nls().date()
                : a.session().nls().timestamp();
    }

    static SqlValue toDate(Arguments a, boolean timestamp) {
        if (a.get(0) instanceof DateTime value) {
            if (timestamp || value.digits() > 0) {
                return Reasons.ARGUMENT;
            }
            return value;
        }
        if (!(a.get(0) instanceof SqlValue.Text)) {
            return Reasons.ARGUMENT;
        }
        String format = a.count() == 2
                ? a.characters(1)
                : timestamp ? a.session().nls().timestamp() : a.session().nls().date();
        return OracleFormat.parse(a.characters(0), format, timestamp);
    }

    /** The last day of a month stays one. */
    static SqlValue addMonths(Arguments a) {
        DateTime value = date(a, 0);
        if (!(a.get(1) instanceof Int || a.get(1) instanceof Decimal) || value.digits() > 0) {
            return Reasons.ARGUMENT;
        }
        BigDecimal amount = a.decimal(1);
        if (amount.abs().compareTo(BigDecimal.valueOf(120_000)) > 0) {
            return Reasons.OVERFLOW;
        }
        long months = value.year() * 12L + value.month() - 1 + amount.longValue();
        if (months < 12 || months >= 120_000) {
            return Reasons.OVERFLOW;
        }
        int year = (int) (months / 12);
        int month = (int) (months % 12) + 1;
        int last = CivilDays.lengthOfMonth(year, month);
        boolean wasLast = value.day() == CivilDays.lengthOfMonth(value.year(), value.month());
        return new DateTime(year, month, wasLast ? last : Math.min(last, value.day()), value.nanosOfDay(), 0);
    }

    static SqlValue lastDay(Arguments a) {
        DateTime value = date(a, 0);
        if (value.digits() > 0) {
            return Reasons.ARGUMENT;
        }
        int last = CivilDays.lengthOfMonth(value.year(), value.month());
        return new DateTime(value.year(), value.month(), last, value.nanosOfDay(), 0);
    }

    static SqlValue sysdate(Arguments a) {
        return Temporals.now(a.session(), 0);
    }

    /** Whole months only. */
    static SqlValue monthsBetween(Arguments a) {
        DateTime left = date(a, 0);
        DateTime right = date(a, 1);
        boolean lasts = left.day() == CivilDays.lengthOfMonth(left.year(), left.month())
                && right.day() == CivilDays.lengthOfMonth(right.year(), right.month());
        if (left.day() != right.day() && !lasts) {
            return Reasons.ARGUMENT;
        }
        long months = 12L * (left.year() - right.year()) + left.month() - right.month();
        return new Decimal(BigDecimal.valueOf(months));
    }

    static SqlValue truncate(Arguments a) {
        DateTime value = date(a, 0);
        String unit = a.count() == 1 ? "DD" : a.characters(1).toUpperCase(Locale.ROOT);
        long hour = 3_600_000_000_000L;
        return switch (unit) {
            case "DD", "DDD", "J" -> at(value, value.month(), value.day(), 0);
            case "MM", "MON", "MONTH", "RM" -> at(value, value.month(), 1, 0);
            case "YYYY", "YEAR", "SYYYY", "SYEAR", "YYY", "YY", "Y" -> at(value, 1, 1, 0);
            case "Q" -> at(value, (value.month() - 1) / 3 * 3 + 1, 1, 0);
            case "HH", "HH12", "HH24" -> at(value, value.month(), value.day(), value.nanosOfDay() / hour * hour);
            case "MI" -> at(value, value.month(), value.day(), value.nanosOfDay() / (hour / 60) * (hour / 60));
            default -> Reasons.ARGUMENT;
        };
    }

    static SqlValue round(Arguments a) {
        DateTime value = date(a, 0);
        if (a.count() == 2 || value.nanosOfDay() >= 43_200_000_000_000L) {
            return Reasons.ARGUMENT;
        }
        return at(value, value.month(), value.day(), 0);
    }

    private static SqlValue at(DateTime value, int month, int day, long nanos) {
        return new DateTime(value.year(), month, day, nanos, 0);
    }
}
