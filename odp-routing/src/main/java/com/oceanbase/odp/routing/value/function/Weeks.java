package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.CivilDays;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import java.util.List;

/** Numbers of weeks in the modes of {@code WEEK()}, and English names. Rules: MySQL's {@code calc_week}. */
final class Weeks {
    static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private Weeks() {}

    static int dayOfYear(DateTime value) {
        return (int) (value.date().epochDay() - CivilDays.toEpochDay(value.year(), 1, 1)) + 1;
    }

    static int week(DateTime value, int mode) {
        return yearAndWeek(value, mode) % 100;
    }

    /** {@code year * 100 + week}; modes: 1 Monday first, 2 weeks 1 to 53 only, 4 the first week has the first weekday. */
    static int yearAndWeek(DateTime value, int mode) {
        boolean mondayFirst = (mode & 1) != 0;
        boolean firstWeekday = ((mode & 4) != 0) == mondayFirst;
        boolean weekYear = (mode & 2) != 0;
        int year = value.year();
        long day = value.date().epochDay();
        long first = CivilDays.toEpochDay(year, 1, 1);
        int weekday = weekday(first, mondayFirst);
        boolean late = firstWeekday ? weekday != 0 : weekday >= 4;
        if (value.month() == 1 && value.day() <= 7 - weekday && late) {
            if (!weekYear) {
                return year * 100;
            }
            year--;
            int days = CivilDays.isLeap(year) ? 366 : 365;
            return year * 100 + number(day, first - days, Math.floorMod(weekday + 53 * 7 - days, 7), firstWeekday);
        }
        int number = number(day, first, weekday, firstWeekday);
        if (weekYear && number == 53) {
            int days = CivilDays.isLeap(year) ? 366 : 365;
            int next = Math.floorMod(weekday + days, 7);
            boolean belongsToNext = firstWeekday ? next == 0 : next < 4;
            if (belongsToNext) {
                return (year + 1) * 100 + 1;
            }
        }
        return year * 100 + number;
    }

    private static int number(long day, long first, int weekday, boolean firstWeekday) {
        boolean late = firstWeekday ? weekday != 0 : weekday >= 4;
        long days = late ? day - (first + (7 - weekday)) : day - (first - weekday);
        return (int) (days / 7) + 1;
    }

    /** 0 is Monday, or Sunday. */
    private static int weekday(long epochDay, boolean mondayFirst) {
        return Math.floorMod(epochDay + (mondayFirst ? 3 : 4), 7);
    }
}
