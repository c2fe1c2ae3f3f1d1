package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.CivilTime;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.PlainNumbers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How columns store dates and times. */
public final class TemporalForm {
    private static final long DAY = 86_400_000_000L;

    /** How older kernels store 0000-00-00 00:00:00: {@code ob_time_convert.h}. */
    private static final long ZERO_DATETIME = -9_223_372_022_400_000_000L;

    /** The days of the same. */
    private static final long ZERO_DATE = ZERO_DATETIME / DAY;

    /** Longest TIME: 838:59:59. */
    private static final long MAX_TIME = 3_020_399_000_000L;

    private static final int[] POWERS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private TemporalForm() {}

    /** Microseconds of the last digit that a column keeps. */
    public static long unit(ColumnType type) {
        return POWERS[type.fraction()];
    }

    /** The date 0000-00-00 in types that hold dates and may count it as NULL; null for other types. */
    public static @Nullable Datum zero(ObjectType type) {
        return switch (type) {
            case MYSQL_DATE, MYSQL_DATETIME -> new Datum.Whole(0);
            case DATE -> new Datum.Whole(ZERO_DATE);
            case DATETIME -> new Datum.Whole(ZERO_DATETIME);
            default -> null;
        };
    }

    /** Rounds to the digits of a column, half up. */
    static long round(long micros, ColumnType type) {
        long unit = unit(type);
        long rest = Math.floorMod(micros, unit);
        return 2 * rest >= unit ? micros - rest + unit : micros - rest;
    }

    /** A date as a DATE column stores it; null if it cannot. */
    static @Nullable Datum date(ColumnType type, int year, int month, int day) {
        if (type.type() == ObjectType.MYSQL_DATE) {
            return new Datum.Whole((long) year << 9 | month << 5 | day);
        }
        if (year == 0 && month == 0 && day == 0) {
            return new Datum.Whole(ZERO_DATE);
        }
        return month == 0 || day == 0 ? null : new Datum.Whole(new SqlValue.Date(year, month, day).epochDay());
    }

    /**
     * Date and time, already rounded, as a column stores it; null if it cannot.
     *
     * @param zone zone of the session, which decides what a TIMESTAMP is
     */
    static @Nullable Datum dateTime(
            ColumnType type, int year, int month, int day, long microsOfDay, @Nullable ZoneId zone) {
        if (type.type() == ObjectType.MYSQL_DATETIME) {
            return new Datum.Whole(packed(year, month, day, microsOfDay));
        }
        if (year == 0 && month == 0 && day == 0 && microsOfDay == 0) {
            return new Datum.Whole(ZERO_DATETIME);
        }
        if (month == 0 || day == 0) {
            return null;
        }
        long micros = new SqlValue.Date(year, month, day).epochDay() * DAY + microsOfDay;
        if (type.type() == ObjectType.DATETIME) {
            return new Datum.Whole(micros);
        }
        return zone == null || year == 0 ? null : timestamp(micros, zone);
    }

    /**
     * A time as a column stores it, without an object for it.
     *
     * @param time a {@link CivilTime}
     * @return {@link PlainNumbers#NONE} if the type is none of dates, or needs a zone with changing offsets
     */
    public static long plain(ObjectType type, long time, @Nullable ZoneId zone) {
        int year = CivilTime.year(time);
        int month = CivilTime.month(time);
        int day = CivilTime.day(time);
        long micros = CivilTime.microsOfDay(time);
        return switch (type) {
            case DATE -> CivilDays.toEpochDay(year, month, day);
            case MYSQL_DATE -> (long) year << 9 | month << 5 | day;
            case DATETIME -> CivilDays.toEpochDay(year, month, day) * DAY + micros;
            case MYSQL_DATETIME -> packed(year, month, day, micros);
            case TIMESTAMP ->
                zone instanceof ZoneOffset offset
                        ? CivilDays.toEpochDay(year, month, day) * DAY + micros - offset.getTotalSeconds() * 1_000_000L
                        : PlainNumbers.NONE;
            default -> PlainNumbers.NONE;
        };
    }

    private static long packed(int year, int month, int day, long microsOfDay) {
        long seconds = microsOfDay / 1_000_000;
        return (year * 13L + month) << 46
                | (long) day << 41
                | seconds / 3600 << 36
                | seconds / 60 % 60 << 30
                | seconds % 60 << 24
                | microsOfDay % 1_000_000;
    }

    /** Microseconds in a zone as microseconds UTC; null where the zone has no such time or has it twice. */
    private static @Nullable Datum timestamp(long micros, ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return new Datum.Whole(micros - offset.getTotalSeconds() * 1_000_000L);
        }
        try {
            long seconds = Math.floorDiv(micros, 1_000_000L);
            LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
            var offsets = zone.getRules().getValidOffsets(local);
            return offsets.size() == 1
                    ? new Datum.Whole(micros - offsets.getFirst().getTotalSeconds() * 1_000_000L)
                    : null;
        } catch (DateTimeException _) {
            // Beyond the calendar: no column holds it.
            return null;
        }
    }

    /** Microseconds as a TIME column stores them, rounded; null if they are out of range. */
    static @Nullable Datum time(ColumnType type, long micros) {
        long rounded = round(micros, type);
        return Math.abs(rounded) > MAX_TIME ? null : new Datum.Whole(rounded);
    }

    /** A year as a YEAR column stores it; null if it cannot. */
    static @Nullable Datum year(int year) {
        if (year == 0) {
            return new Datum.Whole(0);
        }
        return year >= 1901 && year <= 2155 ? new Datum.Whole(year - 1900) : null;
    }

    /** The value of a stored date or time; null if the zone of the session is needed and not known. */
    static @Nullable SqlValue decode(ColumnType type, long stored, @Nullable ZoneId zone) {
        if (stored == (type.type() == ObjectType.DATE ? ZERO_DATE : ZERO_DATETIME)) {
            return type.type() == ObjectType.DATE
                    ? new SqlValue.Date(0, 0, 0)
                    : new SqlValue.DateTime(0, 0, 0, 0, type.fraction());
        }
        return switch (type.type()) {
            case DATE -> dateOf(LocalDate.ofEpochDay(stored));
            case MYSQL_DATE -> new SqlValue.Date((int) (stored >> 9), (int) (stored >> 5 & 15), (int) (stored & 31));
            case DATETIME -> dateTimeOf(stored, type.fraction());
            case MYSQL_DATETIME -> unpacked(stored, type.fraction());
            case TIMESTAMP -> zone == null ? null : dateTimeOf(local(stored, zone), type.fraction());
            case TIME -> new SqlValue.Time(stored, type.fraction());
            case YEAR -> new SqlValue.Year(stored == 0 ? 0 : (int) stored + 1900);
            default -> null;
        };
    }

    private static long local(long micros, ZoneId zone) {
        long seconds = Math.floorDiv(micros, 1_000_000L);
        return micros
                + zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds() * 1_000_000L;
    }

    private static SqlValue.Date dateOf(LocalDate date) {
        return new SqlValue.Date(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    private static SqlValue.DateTime dateTimeOf(long micros, int digits) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, DAY));
        return new SqlValue.DateTime(
                date.getYear(), date.getMonthValue(), date.getDayOfMonth(), Math.floorMod(micros, DAY) * 1000, digits);
    }

    private static SqlValue.DateTime unpacked(long stored, int digits) {
        int months = (int) (stored >> 46);
        long micros = ((stored >> 36 & 31) * 3600 + (stored >> 30 & 63) * 60 + (stored >> 24 & 63)) * 1_000_000
                + (stored & 0xFF_FFFF);
        return new SqlValue.DateTime(months / 13, months % 13, (int) (stored >> 41 & 31), micros * 1000, digits);
    }

    /** The next or the previous value that a column can store; null if that is not known. */
    public static @Nullable Datum step(ColumnType type, long stored, int direction) {
        return switch (type.type()) {
            case DATETIME, TIMESTAMP, TIME -> new Datum.Whole(stored + direction * unit(type));
            case MYSQL_DATE -> {
                SqlValue.Date date = (SqlValue.Date) decode(type, stored, null);
                if (date == null || date.month() == 0 || date.day() == 0) {
                    yield null;
                }
                LocalDate next = LocalDate.ofEpochDay(date.epochDay() + direction);
                yield date(type, next.getYear(), next.getMonthValue(), next.getDayOfMonth());
            }
            case MYSQL_DATETIME -> {
                SqlValue.DateTime time = unpacked(stored, 6);
                if (time.month() == 0 || time.day() == 0) {
                    yield null;
                }
                SqlValue.DateTime next = dateTimeOf(time.epochMicros() + direction * unit(type), 6);
                yield dateTime(type, next.year(), next.month(), next.day(), next.microsOfDay(), null);
            }
            default -> null;
        };
    }
}
