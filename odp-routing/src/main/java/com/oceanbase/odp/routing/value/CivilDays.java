package com.oceanbase.odp.routing.value;

/**
 * Days of the proleptic Gregorian calendar, as the server counts them, also for days that do not exist
 * (February 31 is March 3). As in MySQL the year 0 has no February 29.
 */
public final class CivilDays {
    /** {@code TO_DAYS('1970-01-01')}. */
    public static final int EPOCH_DAY_NUMBER = 719_528;

    /** March 1 of the year 0. */
    private static final int FIRST_OF_MARCH = -719_468;

    private CivilDays() {}

    public static long toEpochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468 + (year == 0 && month <= 2 ? 1 : 0);
    }

    public static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int lengthOfMonth(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** The year of a day behind the year 0. */
    public static int yearOf(long epochDay) {
        int year = 1970 + (int) Math.floorDiv(epochDay * 400, 146_097L);
        if (epochDay < toEpochDay(year, 1, 1)) {
            return year - 1;
        }
        return epochDay < toEpochDay(year + 1, 1, 1) ? year : year + 1;
    }

    public static SqlValue.Date ofEpochDay(long epochDay) {
        return epochDay < FIRST_OF_MARCH ? gregorian(epochDay - 1) : gregorian(epochDay);
    }

    private static SqlValue.Date gregorian(long epochDay) {
        long z = epochDay + 719_468;
        long era = Math.floorDiv(z, 146_097L);
        int dayOfEra = (int) (z - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int mp = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * mp + 2) / 5 + 1;
        int month = mp < 10 ? mp + 3 : mp - 9;
        return new SqlValue.Date((int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day);
    }
}
