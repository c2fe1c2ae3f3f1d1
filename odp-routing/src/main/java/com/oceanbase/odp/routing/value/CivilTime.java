package com.oceanbase.odp.routing.value;

/**
 * Date and time of day in one number, so that reading one makes no object: year, month (4 bits), day (5 bits) and microseconds of the day (37
 * bits). Only days of the calendar from the year 1000 on, which are read alike whatever {@code sql_mode} says.
 */
public final class CivilTime {
    /** No such date, or one that is not written in its usual form. */
    public static final long NONE = -1;

    private static final int MICROS_BITS = 37;
    private static final long MICROS_MASK = (1L << MICROS_BITS) - 1;
    private static final int DAY_SHIFT = MICROS_BITS;
    private static final int MONTH_SHIFT = DAY_SHIFT + 5;
    private static final int YEAR_SHIFT = MONTH_SHIFT + 4;
    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 9999;
    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 19;
    private static final int LONGEST = 26;

    private CivilTime() {}

    /** Both in one; {@link #NONE} if there is no such day. */
    static long of(int year, int month, int day, long microsOfDay) {
        boolean valid = year >= FIRST_YEAR
                && year <= LAST_YEAR
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= CivilDays.lengthOfMonth(year, month);
        return valid
                ? (long) year << YEAR_SHIFT | (long) month << MONTH_SHIFT | (long) day << DAY_SHIFT | microsOfDay
                : NONE;
    }

    /** Reads {@code YYYY-MM-DD}, alone or with {@code HH:MM:SS} and at most six digits of a fraction behind it. */
    public static long parse(byte[] text, int start, int end) {
        int length = end - start;
        if (length != DATE_LENGTH && (length < TIME_LENGTH || length > LONGEST || length == TIME_LENGTH + 1)) {
            return NONE;
        }
        if (text[start + 4] != '-' || text[start + 7] != '-') {
            return NONE;
        }
        int year = 100 * pair(text, start) + pair(text, start + 2);
        int month = pair(text, start + 5);
        int day = pair(text, start + 8);
        long micros = length == DATE_LENGTH ? 0 : microsOfDay(text, start + DATE_LENGTH, end);
        return micros < 0 ? NONE : of(year, month, day, micros);
    }

    private static long microsOfDay(byte[] text, int start, int end) {
        if (text[start] != ' ' || text[start + 3] != ':' || text[start + 6] != ':') {
            return -1;
        }
        int hour = pair(text, start + 1);
        int minute = pair(text, start + 4);
        int second = pair(text, start + 7);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return -1;
        }
        int point = start + TIME_LENGTH - DATE_LENGTH;
        if (point < end && text[point] != '.') {
            return -1;
        }
        int fraction = 0;
        for (int i = 1; i <= 6; i++) {
            int digit = point + i < end ? text[point + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            fraction = 10 * fraction + digit;
        }
        return (hour * 3600L + minute * 60L + second) * 1_000_000 + fraction;
    }

    /** Value of two digits; far below 0 if they are none. */
    private static int pair(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -10_000 : 10 * tens + ones;
    }

    public static int year(long time) {
        return (int) (time >> YEAR_SHIFT);
    }

    public static int month(long time) {
        return (int) (time >> MONTH_SHIFT & 15);
    }

    public static int day(long time) {
        return (int) (time >> DAY_SHIFT & 31);
    }

    public static long microsOfDay(long time) {
        return time & MICROS_MASK;
    }
}
