package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Date;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import com.oceanbase.odp.routing.value.TemporalParser;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.Texts;
import com.oceanbase.odp.routing.value.ValueType;
import com.oceanbase.odp.routing.value.operation.ResultTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sums and differences of dates and times. */
final class DateArithmetic {
    private static final Text DAY = Texts.text("DAY", Collation.UTF8MB4_BIN);

    static final List<SqlFunction> TABLE = List.of(
            strict("DATE_ADD", 3, 3, ValueType.DATETIME, a -> add(a, 1)),
            strict("DATE_SUB", 3, 3, ValueType.DATETIME, a -> add(a, -1)),
            strict("ADDDATE", 2, 3, ValueType.DATETIME, a -> add(a, 1)),
            strict("SUBDATE", 2, 3, ValueType.DATETIME, a -> add(a, -1)),
            strict("TIMESTAMPADD", 3, 3, ValueType.DATETIME, DateArithmetic::timestampAdd),
            strict("TIMESTAMPDIFF", 3, 3, ValueType.INTEGER, DateArithmetic::timestampDiff),
            strict("DATEDIFF", 2, 2, ValueType.INTEGER, DateArithmetic::dateDiff),
            strict("TIMEDIFF", 2, 2, ValueType.TIME, DateArithmetic::timeDiff),
            strict("ADDTIME", 2, 2, ValueType.TIME, a -> addTime(a, 1)),
            strict("SUBTIME", 2, 2, ValueType.TIME, a -> addTime(a, -1)),
            strict("PERIOD_ADD", 2, 2, ValueType.INTEGER, DateArithmetic::periodAdd),
            strict("PERIOD_DIFF", 2, 2, ValueType.INTEGER, DateArithmetic::periodDiff),
            strict("MAKEDATE", 2, 2, ValueType.DATE, DateArithmetic::makeDate),
            strict("MAKETIME", 3, 3, ValueType.TIME, DateArithmetic::makeTime),
            strict("SEC_TO_TIME", 1, 1, ValueType.TIME, DateArithmetic::secToTime),
            strict("TIMESTAMP", 1, 2, ValueType.DATETIME, DateArithmetic::timestamp));

    private DateArithmetic() {}

    private static SqlValue add(Arguments a, int sign) {
        SqlValue unit = a.count() == 3 ? a.get(2) : DAY;
        if (!(unit instanceof Text name)) {
            return Reasons.FUNCTION;
        }
        Interval interval = Interval.of(a.get(1), Texts.decode(name));
        boolean temporal = ResultTypes.isTemporal(ResultTypes.typeOf(a.get(0)));
        SqlValue none = new SqlValue.Null(temporal ? ValueType.DATETIME : ValueType.TEXT);
        if (interval == null) {
            return none;
        }
        if (ResultTypes.isNumeric(ResultTypes.typeOf(a.get(0))) && !isFullDate(a.get(0))) {
            return Reasons.TEMPORAL;
        }
        Interval signed = sign < 0 ? interval.negated() : interval;
        if (a.get(0) instanceof Time time) {
            return addToTime(time, signed);
        }
        DateTime value = a.dateTime(0);
        if (value == null) {
            return none;
        }
        SqlValue sum = add(value, signed);
        if (!(sum instanceof DateTime result)) {
            return sum.isUnknown() ? sum : none;
        }
        return switch (a.get(0)) {
            case Date _ -> interval.timed() ? withDigits(result, interval.digits()) : result.date();
            case DateTime d -> withDigits(result, Math.max(interval.digits(), d.digits()));
            default -> asText(a, result, interval);
        };
    }

    /** Dates given as strings or numbers come out as strings. */
    private static SqlValue asText(Arguments a, DateTime result, Interval interval) {
        boolean timed = interval.timed() || hasTime(a.get(0));
        int digits = result.nanosOfDay() % 1_000_000_000L == 0 ? 0 : 6;
        String text = Texts.format(timed ? withDigits(result, digits) : result.date());
        return text == null ? Reasons.TEMPORAL : a.ascii(text);
    }

    /** A whole number of 8 or 14 digits; the server goes by the text of others. */
    private static boolean isFullDate(SqlValue value) {
        return value instanceof SqlValue.Int(long bits, boolean _)
                && ((bits > 10_000_000L && bits < 100_000_000L)
                        || (bits > 10_000_000_000_000L && bits < 100_000_000_000_000L));
    }

    private static boolean hasTime(SqlValue value) {
        if (value instanceof Text text) {
            return TemporalParser.hasTime(Texts.decode(text));
        }
        return Math.abs(Numbers.toDouble(value)) > 99_991_231;
    }

    private static DateTime withDigits(DateTime value, int digits) {
        return new DateTime(value.year(), value.month(), value.day(), value.nanosOfDay(), digits);
    }

    private static SqlValue addToTime(Time time, Interval interval) {
        long sum = time.micros() + interval.micros();
        if (interval.months() != 0 || time.micros() < 0 || sum < 0 || time.micros() >= TemporalParser.MICROS_PER_DAY) {
            return Reasons.TEMPORAL;
        }
        return Math.abs(sum) > TemporalParser.MAX_TIME
                ? new SqlValue.Null(ValueType.TIME)
                : new Time(sum, Math.max(interval.digits(), time.digits()));
    }

    static SqlValue add(DateTime value, Interval interval) {
        if (interval.months() == 0) {
            return Temporals.addMicros(value, interval.micros(), value.digits());
        }
        long months = value.year() * 12L + value.month() - 1 + interval.months();
        if (months < 0 || months >= 120_000 || DateFunctions.isPartial(value) || interval.micros() != 0) {
            return SqlValue.NULL;
        }
        int year = (int) (months / 12);
        int month = (int) (months % 12) + 1;
        int day = Math.min(value.day(), CivilDays.lengthOfMonth(year, month));
        return new DateTime(year, month, day, value.nanosOfDay(), value.digits());
    }

    private static SqlValue timestampAdd(Arguments a) {
        Interval interval = Interval.of(a.get(1), a.characters(0));
        DateTime value = a.dateTime(2);
        if (value == null || interval == null) {
            return a.none();
        }
        if (DateFunctions.isPartial(value)) {
            return Reasons.TEMPORAL;
        }
        SqlValue sum = add(value, interval);
        if (!(sum instanceof DateTime result)) {
            return sum.isUnknown() ? sum : a.none();
        }
        boolean cut = interval.months() % 3 == 0 && interval.months() != 0 && result.day() != value.day();
        boolean fraction = result.nanosOfDay() % 1_000_000_000L != 0 && !(a.get(2) instanceof Text);
        String text = Texts.format(withDigits(result, result.nanosOfDay() % 1_000_000_000L == 0 ? 0 : 6));
        return fraction || cut || text == null || !(a.get(1) instanceof SqlValue.Int)
                ? Reasons.TEMPORAL
                : a.ascii(text);
    }

    private static SqlValue timestampDiff(Arguments a) {
        DateTime from = a.dateTime(1);
        DateTime to = a.dateTime(2);
        if (from == null || to == null || DateFunctions.isPartial(from) || DateFunctions.isPartial(to)) {
            return a.none();
        }
        long micros = to.epochMicros() - from.epochMicros();
        long months = months(from, to);
        String unit = a.characters(0).toUpperCase(Locale.ROOT);
        boolean byMonths = unit.equals("MONTH") || unit.equals("QUARTER") || unit.equals("YEAR");
        boolean plain = from.day() <= 28 && to.day() <= 28 && from.nanosOfDay() == to.nanosOfDay();
        if (byMonths && !plain) {
            return Reasons.TEMPORAL;
        }
        return switch (unit) {
            case "MICROSECOND" -> Arguments.whole(micros);
            case "SECOND" -> Arguments.whole(micros / 1_000_000);
            case "MINUTE" -> Arguments.whole(micros / 60_000_000);
            case "HOUR" -> Arguments.whole(micros / 3_600_000_000L);
            case "DAY" -> Arguments.whole(micros / TemporalParser.MICROS_PER_DAY);
            case "WEEK" -> Arguments.whole(micros / TemporalParser.MICROS_PER_DAY / 7);
            case "MONTH" -> Arguments.whole(months);
            case "QUARTER" -> Arguments.whole(months / 3);
            case "YEAR" -> Arguments.whole(months / 12);
            default -> Reasons.ARGUMENT;
        };
    }

    /** Whole months between two times. */
    private static long months(DateTime from, DateTime to) {
        if (from.epochMicros() > to.epochMicros()) {
            return -months(to, from);
        }
        long months = 12L * (to.year() - from.year()) + to.month() - from.month();
        boolean short0 = to.day() < from.day() || (to.day() == from.day() && to.nanosOfDay() < from.nanosOfDay());
        return short0 ? months - 1 : months;
    }

    private static SqlValue dateDiff(Arguments a) {
        DateTime left = a.dateTime(0);
        DateTime right = a.dateTime(1);
        if (left == null || right == null || DateFunctions.isPartial(left) || DateFunctions.isPartial(right)) {
            return a.none();
        }
        return Arguments.whole(left.date().epochDay() - right.date().epochDay());
    }

    /** A date and time, if a value is one rather than a time. */
    private static @Nullable DateTime dated(SqlValue value) {
        return switch (value) {
            case DateTime d -> d;
            case Text t when isDated(Texts.decode(t)) -> TemporalParser.dateTime(Texts.decode(t));
            default -> null;
        };
    }

    private static boolean isDated(String text) {
        return text.matches("\\s*[0-9]{2,4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}[ T].*");
    }

    private static SqlValue timeDiff(Arguments a) {
        DateTime left = dated(a.get(0));
        DateTime right = dated(a.get(1));
        boolean texts = a.get(0) instanceof Text;
        if (texts != a.get(1) instanceof Text
                || isOdd(a.get(0))
                || isOdd(a.get(1))
                || (left == null) != (right == null)
                || a.get(0) instanceof Date
                || a.get(1) instanceof Date) {
            return Reasons.TEMPORAL;
        }
        long micros;
        int digits;
        if (left != null && right != null) {
            micros = left.epochMicros() - right.epochMicros();
            if (Math.abs(micros) > TemporalParser.MAX_TIME) {
                return Reasons.TEMPORAL;
            }
            digits = Math.max(left.digits(), right.digits());
        } else {
            Time x = a.time(0);
            Time y = a.time(1);
            if (x == null || y == null) {
                return a.none();
            }
            // The server does not look at the signs.
            micros = Math.abs(x.micros()) - Math.abs(y.micros());
            digits = Math.max(x.digits(), y.digits());
        }
        long cut = Math.clamp(micros, -TemporalParser.MAX_TIME, TemporalParser.MAX_TIME);
        return new Time(cut, texts ? (cut % 1_000_000 == 0 ? 0 : 6) : digits);
    }

    private static SqlValue addTime(Arguments a, int sign) {
        if (isOdd(a.get(0)) || isOdd(a.get(1)) || dated(a.get(1)) != null) {
            return Reasons.TEMPORAL;
        }
        Time span = a.time(1);
        if (span == null) {
            return a.none();
        }
        DateTime base = dated(a.get(0));
        SqlValue sum;
        int digits;
        if (base != null) {
            sum = Temporals.addMicros(base, sign * span.micros(), 6);
            digits = a.get(1) instanceof Text ? base.digits() : Math.max(base.digits(), span.digits());
        } else {
            Time time = a.time(0);
            if (time == null) {
                return a.none();
            }
            long micros = time.micros() + sign * span.micros();
            sum = new Time(Math.clamp(micros, -TemporalParser.MAX_TIME, TemporalParser.MAX_TIME), 6);
            digits = a.get(1) instanceof Text ? time.digits() : Math.max(time.digits(), span.digits());
        }
        return switch (sum) {
            case DateTime d
            when a.get(0) instanceof Text -> shown(a, withDigits(d, d.nanosOfDay() % 1_000_000_000L == 0 ? 0 : 6));
            case Time t
            when a.get(0) instanceof Text -> shown(a, new Time(t.micros(), t.micros() % 1_000_000 == 0 ? 0 : 6));
            case DateTime d -> exactly(withDigits(d, 9), Temporals.round(withDigits(d, 9), digits));
            case Time t -> exactly(t, Temporals.round(t, digits));
            default -> sum.isUnknown() ? sum : a.none();
        };
    }

    /** The server keeps more digits of a sum than it shows. */
    private static SqlValue exactly(SqlValue sum, SqlValue rounded) {
        boolean same = switch (sum) {
            case DateTime d -> rounded instanceof DateTime r && r.epochMicros() == d.epochMicros();
            case Time t -> rounded instanceof Time r && r.micros() == t.micros();
            default -> true;
        };
        return same ? rounded : Reasons.TEMPORAL;
    }

    private static SqlValue shown(Arguments a, SqlValue value) {
        String text = Texts.format(value);
        return text == null ? Reasons.TEMPORAL : a.ascii(text);
    }

    private static boolean isOdd(SqlValue value) {
        return !(value instanceof Text || value instanceof Time || value instanceof DateTime);
    }

    private static long period(long period) {
        long year = period / 100;
        long full = year < 100 ? TemporalParser.fullYear((int) year) : year;
        return full * 12 + period % 100 - 1;
    }

    private static SqlValue periodAdd(Arguments a) {
        long period = a.integer(0);
        long months = a.integer(1);
        if (!isPeriod(period) || Math.abs(months) > 100_000) {
            return Reasons.ARGUMENT;
        }
        long sum = period(period) + months;
        return sum < 1200 ? Reasons.ARGUMENT : Arguments.whole(sum / 12 * 100 + sum % 12 + 1);
    }

    private static boolean isPeriod(long period) {
        return period > 0 && period < 1_000_000 && period % 100 >= 1 && period % 100 <= 12;
    }

    private static SqlValue periodDiff(Arguments a) {
        long left = a.integer(0);
        long right = a.integer(1);
        return isPeriod(left) && isPeriod(right) ? Arguments.whole(period(left) - period(right)) : Reasons.ARGUMENT;
    }

    private static SqlValue makeDate(Arguments a) {
        long year = a.integer(0);
        long day = a.integer(1);
        if (year < 0 || year > 9999 || day <= 0 || day > 4_000_000) {
            return a.none();
        }
        int full = year < 100 ? TemporalParser.fullYear((int) year) : (int) year;
        long epochDay = CivilDays.toEpochDay(full, 1, 1) + day - 1;
        return epochDay > Temporals.MAX_DAY ? a.none() : CivilDays.ofEpochDay(epochDay);
    }

    private static SqlValue makeTime(Arguments a) {
        long hour = a.integer(0);
        long minute = a.integer(1);
        BigDecimal second = a.decimal(2);
        if (minute < 0 || minute > 59 || second.signum() < 0 || second.compareTo(BigDecimal.valueOf(60)) >= 0) {
            return a.none();
        }
        long micros = second.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue();
        long total = (Math.min(Math.abs(hour), 10_000) * 3600 + minute * 60) * 1_000_000 + micros;
        return TemporalParser.time(total, 6, hour < 0);
    }

    private static SqlValue secToTime(Arguments a) {
        BigDecimal seconds = a.decimal(0);
        int digits = switch (a.get(0)) {
            case SqlValue.Int _ -> 0;
            case Decimal d -> Math.min(6, d.scale());
            default -> 6;
        };
        BigDecimal limited = seconds.abs().min(BigDecimal.valueOf(10_000_000));
        long micros =
                limited.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue();
        return Temporals.round(TemporalParser.time(micros, 6, seconds.signum() < 0), digits);
    }

    private static SqlValue timestamp(Arguments a) {
        DateTime value = a.dateTime(0);
        if (value == null) {
            return a.none();
        }
        if (a.count() == 1) {
            return withDigits(value, a.get(0) instanceof DateTime ? value.digits() : 6);
        }
        Time time = a.time(1);
        if (time == null) {
            return a.none();
        }
        return Temporals.addMicros(value, time.micros(), 6);
    }
}
