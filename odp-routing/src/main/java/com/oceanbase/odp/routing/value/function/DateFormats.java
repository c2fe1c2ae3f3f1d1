package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import com.oceanbase.odp.routing.value.TemporalText;
import com.oceanbase.odp.routing.value.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dates and times by a format with {@code %} marks. */
final class DateFormats {
    static final List<SqlFunction> TABLE = List.of(
            strict("DATE_FORMAT", 2, 2, ValueType.TEXT, DateFormats::dateFormat),
            strict("TIME_FORMAT", 2, 2, ValueType.TEXT, DateFormats::timeFormat),
            strict("STR_TO_DATE", 2, 2, ValueType.DATETIME, a -> DateReader.read(a)),
            strict("GET_FORMAT", 2, 2, ValueType.TEXT, DateFormats::getFormat));

    /** MySQL reference manual, GET_FORMAT. */
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("DATE USA", "%m.%d.%Y"),
            Map.entry("DATE JIS", "%Y-%m-%d"),
            Map.entry("DATE ISO", "%Y-%m-%d"),
            Map.entry("DATE EUR", "%d.%m.%Y"),
            Map.entry("DATE INTERNAL", "%Y%m%d"),
            Map.entry("DATETIME USA", "%Y-%m-%d %H.%i.%s"),
            Map.entry("DATETIME JIS", "%Y-%m-%d %H:%i:%s"),
            Map.entry("DATETIME ISO", "%Y-%m-%d %H:%i:%s"),
            Map.entry("DATETIME EUR", "%Y-%m-%d %H.%i.%s"),
            Map.entry("DATETIME INTERNAL", "%Y%m%d%H%i%s"),
            Map.entry("TIME USA", "%h:%i:%s %p"),
            Map.entry("TIME JIS", "%H:%i:%s"),
            Map.entry("TIME ISO", "%H:%i:%s"),
            Map.entry("TIME EUR", "%H.%i.%s"),
            Map.entry("TIME INTERNAL", "%H%i%s"));

    private DateFormats() {}

    private static SqlValue dateFormat(Arguments a) {
        DateTime value = a.dateTime(0);
        if (value == null) {
            return a.none();
        }
        if (value.isZeroDate()) {
            return Reasons.TEMPORAL;
        }
        String text = format(value, a.characters(1), false);
        return text == null ? a.none() : Arguments.string(text, a.collation(1, 2));
    }

    private static SqlValue timeFormat(Arguments a) {
        Time value = a.time(0);
        if (value == null) {
            return a.none();
        }
        if (value.micros() < 0 || value.micros() >= 86_400_000_000L) {
            return Reasons.TEMPORAL;
        }
        String text = format(new DateTime(0, 0, 0, value.micros() * 1000, 6), a.characters(1), true);
        return text == null ? a.none() : Arguments.string(text, a.collation(1, 2));
    }

    private static SqlValue getFormat(Arguments a) {
        String kind = a.characters(0).toUpperCase(Locale.ROOT).replace("TIMESTAMP", "DATETIME");
        String format = FORMATS.get(kind + " " + a.characters(1).toUpperCase(Locale.ROOT));
        return format == null ? a.none() : a.ascii(format);
    }

    /** The formatted value; null if it lacks a part that the format asks for. */
    static @Nullable String format(DateTime value, String format, boolean timeOnly) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
            } else if (!append(out, value, format.charAt(++i), timeOnly)) {
                return null;
            }
        }
        return out.toString();
    }

    private static boolean append(StringBuilder out, DateTime value, char mark, boolean timeOnly) {
        long seconds = value.nanosOfDay() / 1_000_000_000L;
        int hour = (int) (seconds / 3600);
        int hour12 = hour % 12 == 0 ? 12 : hour % 12;
        switch (mark) {
            case 'H' -> TemporalText.pad(out, hour, 2);
            case 'k' -> out.append(hour);
            case 'h', 'I' -> TemporalText.pad(out, hour12, 2);
            case 'l' -> out.append(hour12);
            case 'i' -> TemporalText.pad(out, (int) (seconds / 60 % 60), 2);
            case 's', 'S' -> TemporalText.pad(out, (int) (seconds % 60), 2);
            case 'f' -> TemporalText.pad(out, (int) (value.nanosOfDay() / 1000 % 1_000_000), 6);
            case 'p' -> out.append(hour < 12 ? "AM" : "PM");
            case 'T' -> {
                append(out, value, 'H', timeOnly);
                clockTail(out, value);
            }
            case 'r' -> {
                append(out, value, 'h', timeOnly);
                clockTail(out, value);
                out.append(hour < 12 ? " AM" : " PM");
            }
            default -> {
                if (timeOnly) {
                    throw new Incomputable(Reasons.TEMPORAL);
                }
                return appendDate(out, value, mark);
            }
        }
        return true;
    }

    private static void clockTail(StringBuilder out, DateTime value) {
        out.append(':');
        append(out, value, 'i', false);
        out.append(':');
        append(out, value, 's', false);
    }

    private static boolean appendDate(StringBuilder out, DateTime value, char mark) {
        switch (mark) {
            case 'Y' -> TemporalText.pad(out, value.year(), 4);
            case 'y' -> TemporalText.pad(out, value.year() % 100, 2);
            case 'm' -> TemporalText.pad(out, value.month(), 2);
            case 'c' -> out.append(value.month());
            case 'd' -> TemporalText.pad(out, value.day(), 2);
            case 'e' -> out.append(value.day());
            case 'D' -> out.append(value.day()).append(suffix(value.day()));
            case 'M', 'b' -> {
                if (value.month() == 0) {
                    return false;
                }
                String name = Weeks.MONTHS.get(value.month() - 1);
                out.append(mark == 'M' ? name : name.substring(0, 3));
            }
            case 'a', 'W', 'w', 'j', 'U', 'u', 'V', 'v', 'X', 'x' -> {
                if (DateFunctions.isPartial(value)) {
                    throw new Incomputable(Reasons.TEMPORAL);
                }
                appendWeek(out, value, mark);
            }
            default -> out.append(mark);
        }
        return true;
    }

    private static void appendWeek(StringBuilder out, DateTime value, char mark) {
        int weekday = (int) DateFunctions.weekday(value);
        switch (mark) {
            case 'a' -> out.append(Weeks.DAYS.get(weekday), 0, 3);
            case 'W' -> out.append(Weeks.DAYS.get(weekday));
            case 'w' -> out.append((weekday + 1) % 7);
            case 'j' -> TemporalText.pad(out, Weeks.dayOfYear(value), 3);
            case 'U' -> TemporalText.pad(out, Weeks.week(value, 0), 2);
            case 'u' -> TemporalText.pad(out, Weeks.week(value, 1), 2);
            case 'V' -> TemporalText.pad(out, Weeks.week(value, 2), 2);
            case 'v' -> TemporalText.pad(out, Weeks.week(value, 3), 2);
            case 'X' -> TemporalText.pad(out, Weeks.yearAndWeek(value, 2) / 100, 4);
            default -> TemporalText.pad(out, Weeks.yearAndWeek(value, 3) / 100, 4);
        }
    }

    private static String suffix(int day) {
        if (day >= 11 && day <= 13) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }
}
