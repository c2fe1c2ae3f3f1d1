package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Date;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Parts of dates and times. */
final class DateFunctions {
    static final List<SqlFunction> TABLE = List.of(
            strict("DATE", 1, 1, ValueType.DATE, DateFunctions::dateOf),
            date("YEAR", DateTime::year),
            date("MONTH", DateTime::month),
            date("DAY", DateTime::day),
            date("DAYOFMONTH", DateTime::day),
            strict("QUARTER", 1, 1, ValueType.INTEGER, DateFunctions::quarter),
            whole("DAYOFWEEK", d -> 1 + Math.floorMod(d.date().epochDay() + 4, 7)),
            whole("WEEKDAY", DateFunctions::weekday),
            whole("DAYOFYEAR", d -> Weeks.dayOfYear(d)),
            whole("WEEKOFYEAR", d -> Weeks.week(d, 3)),
            whole("TO_DAYS", d -> d.date().epochDay() + CivilDays.EPOCH_DAY_NUMBER),
            whole("TO_SECONDS", DateFunctions::toSeconds),
            strict("WEEK", 1, 2, ValueType.INTEGER, DateFunctions::week),
            strict("YEARWEEK", 1, 2, ValueType.INTEGER, DateFunctions::yearWeek),
            strict("DAYNAME", 1, 1, ValueType.TEXT, DateFunctions::dayName),
            strict("MONTHNAME", 1, 1, ValueType.TEXT, DateFunctions::monthName),
            strict("LAST_DAY", 1, 1, ValueType.DATE, DateFunctions::lastDay),
            strict("FROM_DAYS", 1, 1, ValueType.DATE, DateFunctions::fromDays),
            strict("TIME", 1, 1, ValueType.TIME, DateFunctions::time),
            clock("HOUR", t -> Math.abs(t.micros()) / 3_600_000_000L),
            clock("MINUTE", t -> Math.abs(t.micros()) / 60_000_000 % 60),
            clock("SECOND", t -> Math.abs(t.micros()) / 1_000_000 % 60),
            clock("MICROSECOND", t -> Math.abs(t.micros()) % 1_000_000),
            clock("TIME_TO_SEC", t -> t.micros() / 1_000_000),
            strict("EXTRACT", 2, 2, ValueType.INTEGER, DateFunctions::extract));

    private DateFunctions() {}

    private static SqlFunction date(String name, ToLongFunction<DateTime> part) {
        return strict(name, 1, 1, ValueType.INTEGER, a -> {
            DateTime value = a.dateTime(0);
            return value == null ? a.none() : Arguments.whole(part.applyAsLong(value));
        });
    }

    /** Of dates without zero parts. */
    private static SqlFunction whole(String name, ToLongFunction<DateTime> part) {
        return strict(name, 1, 1, ValueType.INTEGER, a -> {
            DateTime value = a.dateTime(0);
            return value == null || isPartial(value) ? a.none() : Arguments.whole(part.applyAsLong(value));
        });
    }

    private static SqlFunction clock(String name, ToLongFunction<Time> part) {
        return strict(name, 1, 1, ValueType.INTEGER, a -> {
            Time value = a.time(0);
            return value == null ? a.none() : Arguments.whole(part.applyAsLong(value));
        });
    }

    static boolean isPartial(DateTime value) {
        return value.month() == 0 || value.day() == 0;
    }

    /** Monday is 0. */
    static long weekday(DateTime value) {
        return Math.floorMod(value.date().epochDay() + 3, 7);
    }

    private static long toSeconds(DateTime value) {
        return (value.date().epochDay() + CivilDays.EPOCH_DAY_NUMBER) * 86_400 + value.nanosOfDay() / 1_000_000_000L;
    }

    private static SqlValue dateOf(Arguments a) {
        DateTime value = a.dateTime(0);
        return value == null || (isPartial(value) && !value.isZeroDate()) ? a.none() : value.date();
    }

    private static SqlValue quarter(Arguments a) {
        DateTime value = a.dateTime(0);
        return value == null || value.month() == 0 ? a.none() : Arguments.whole((value.month() + 2) / 3);
    }

    private static SqlValue week(Arguments a) {
        DateTime value = a.dateTime(0);
        if (value == null || isPartial(value)) {
            return a.none();
        }
        return Arguments.whole(Weeks.week(value, a.count() == 2 ? (int) (a.integer(1) & 7) : 0));
    }

    private static SqlValue yearWeek(Arguments a) {
        DateTime value = a.dateTime(0);
        if (value == null || isPartial(value)) {
            return a.none();
        }
        return Arguments.whole(Weeks.yearAndWeek(value, (a.count() == 2 ? (int) (a.integer(1) & 7) : 0) | 2));
    }

    private static SqlValue dayName(Arguments a) {
        DateTime value = a.dateTime(0);
        return value == null || isPartial(value) ? a.none() : a.ascii(Weeks.DAYS.get((int) weekday(value)));
    }

    private static SqlValue monthName(Arguments a) {
        DateTime value = a.dateTime(0);
        return value == null || value.month() == 0 ? a.none() : a.ascii(Weeks.MONTHS.get(value.month() - 1));
    }

    private static SqlValue lastDay(Arguments a) {
        DateTime value = a.dateTime(0);
        return value == null || isPartial(value)
                ? a.none()
                : new Date(value.year(), value.month(), CivilDays.lengthOfMonth(value.year(), value.month()));
    }

    private static SqlValue fromDays(Arguments a) {
        long days = a.integer(0);
        if (days < 366) {
            return new Date(0, 0, 0);
        }
        long epochDay = days - CivilDays.EPOCH_DAY_NUMBER;
        return days > 10_000_000 || epochDay > Temporals.MAX_DAY ? new Date(0, 0, 0) : CivilDays.ofEpochDay(epochDay);
    }

    private static SqlValue time(Arguments a) {
        Time value = a.time(0);
        if (value == null) {
            return a.none();
        }
        return new Time(value.micros(), 6);
    }

    private static SqlValue extract(Arguments a) {
        String unit = a.characters(0).toUpperCase(Locale.ROOT);
        switch (unit) {
            case "YEAR", "MONTH", "DAY", "QUARTER", "WEEK", "YEAR_MONTH":
                DateTime value = a.dateTime(1);
                if (value != null && isPartial(value)) {
                    return Reasons.TEMPORAL;
                }
                return value == null ? a.none() : Arguments.whole(datePart(unit, value));
            case "DAY_HOUR", "DAY_MINUTE", "DAY_SECOND", "DAY_MICROSECOND":
                DateTime full = a.dateTime(1);
                return full == null
                        ? a.none()
                        : Arguments.whole(clockPart(unit.substring(4), full.day(), full.microsOfDay()));
            default:
                Time time = a.time(1);
                if (time == null) {
                    return a.none();
                }
                long part = timePart(unit, Math.abs(time.micros()));
                return Arguments.whole(time.micros() < 0 ? -part : part);
        }
    }

    private static long datePart(String unit, DateTime value) {
        return switch (unit) {
            case "YEAR" -> value.year();
            case "MONTH" -> value.month();
            case "DAY" -> value.day();
            case "QUARTER" -> (value.month() + 2) / 3;
            case "YEAR_MONTH" -> value.year() * 100L + value.month();
            default -> Weeks.week(value, 0);
        };
    }

    /** Digits of {@code days} and of the time down to {@code unit}. */
    private static long clockPart(String unit, long days, long micros) {
        long hours = micros / 3_600_000_000L;
        long minutes = micros / 60_000_000 % 60;
        long seconds = micros / 1_000_000 % 60;
        long clock = days * 100 + hours;
        return switch (unit) {
            case "HOUR" -> clock;
            case "MINUTE" -> clock * 100 + minutes;
            case "SECOND" -> clock * 10_000 + minutes * 100 + seconds;
            default -> (clock * 10_000 + minutes * 100 + seconds) * 1_000_000 + micros % 1_000_000;
        };
    }

    private static long timePart(String unit, long micros) {
        return switch (unit) {
            case "HOUR" -> clockPart("HOUR", 0, micros);
            case "HOUR_MINUTE" -> clockPart("MINUTE", 0, micros);
            case "HOUR_SECOND" -> clockPart("SECOND", 0, micros);
            case "HOUR_MICROSECOND" -> clockPart("MICROSECOND", 0, micros);
            case "MINUTE" -> micros / 60_000_000 % 60;
            case "MINUTE_SECOND" -> clockPart("SECOND", 0, micros % 3_600_000_000L);
            case "MINUTE_MICROSECOND" -> clockPart("MICROSECOND", 0, micros % 3_600_000_000L);
            case "SECOND" -> micros / 1_000_000 % 60;
            case "SECOND_MICROSECOND" -> micros % 60_000_000;
            case "MICROSECOND" -> micros % 1_000_000;
            default -> throw new Incomputable(Reasons.ARGUMENT);
        };
    }
}
