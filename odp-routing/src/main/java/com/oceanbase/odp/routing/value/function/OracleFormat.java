package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.TemporalParser;
import com.oceanbase.odp.routing.value.TemporalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Date formats of Oracle mode: {@code YYYY-MM-DD HH24:MI:SS.FF6} and the like. Other elements are left to the server. */
final class OracleFormat {
    /** Longest first. */
    private static final List<String> ELEMENTS = List.of(
            "MONTH", "HH24", "HH12", "YYYY", "A.M.", "P.M.", "MON", "DDD", "DAY", "FF", "RR", "YY", "MM", "DD", "HH",
            "MI", "SS", "AM", "PM", "XFF", "X");

    private static final long SECOND = 1_000_000_000L;

    private OracleFormat() {}

    /** Elements and the text between them, which starts with a quote. */
    private static List<String> elements(String format) {
        String upper = format.toUpperCase(Locale.ROOT);
        List<String> elements = new ArrayList<>();
        int at = 0;
        while (at < upper.length()) {
            String element = element(upper, at);
            if (element.isEmpty()) {
                char c = format.charAt(at);
                if (Character.isLetterOrDigit(c) || c == '"' || c > 126) {
                    throw new Incomputable(Reasons.TEMPORAL);
                }
                elements.add("'" + c);
                at++;
            } else {
                at += element.length();
                if (element.equals("FF") && at < upper.length() && Character.isDigit(upper.charAt(at))) {
                    element += upper.charAt(at++);
                }
                elements.add(element);
            }
        }
        return elements;
    }

    private static String element(String format, int at) {
        for (String element : ELEMENTS) {
            if (format.startsWith(element, at)) {
                return element.equals("XFF") ? "X" : element;
            }
        }
        return "";
    }

    static String format(DateTime value, String format) {
        StringBuilder out = new StringBuilder();
        long seconds = value.nanosOfDay() / SECOND;
        int hour = (int) (seconds / 3600);
        for (String element : elements(format)) {
            switch (element) {
                case "YYYY" -> TemporalText.pad(out, value.year(), 4);
                case "YY", "RR" -> TemporalText.pad(out, value.year() % 100, 2);
                case "MM" -> TemporalText.pad(out, value.month(), 2);
                case "MON" -> out.append(monthName(value, format).substring(0, 3));
                case "DD" -> TemporalText.pad(out, value.day(), 2);
                case "DDD" -> TemporalText.pad(out, Weeks.dayOfYear(value), 3);
                case "HH24" -> TemporalText.pad(out, hour, 2);
                case "HH12", "HH" -> TemporalText.pad(out, hour % 12 == 0 ? 12 : hour % 12, 2);
                case "MI" -> TemporalText.pad(out, (int) (seconds / 60 % 60), 2);
                case "SS" -> TemporalText.pad(out, (int) (seconds % 60), 2);
                case "X" -> out.append('.');
                case "AM", "PM" -> {
                    if (!format.contains(element)) {
                        throw new Incomputable(Reasons.TEMPORAL);
                    }
                    out.append(hour < 12 ? "AM" : "PM");
                }
                default -> other(out, value, element);
            }
        }
        return out.toString();
    }

    /** In the case of the format's element. */
    private static String monthName(DateTime value, String format) {
        String name = Weeks.MONTHS.get(value.month() - 1);
        if (format.contains("MON")) {
            return name.toUpperCase(Locale.ROOT);
        }
        return format.contains("Mon") ? name : name.toLowerCase(Locale.ROOT);
    }

    private static void other(StringBuilder out, DateTime value, String element) {
        if (element.startsWith("'")) {
            out.append(element, 1, element.length());
        } else if (element.startsWith("FF")) {
            int digits = element.length() == 2 ? value.digits() : element.charAt(2) - '0';
            String all = Long.toString(SECOND + value.nanosOfDay() % SECOND);
            out.append(all, 1, 1 + Math.min(9, digits));
        } else {
            throw new Incomputable(Reasons.TEMPORAL);
        }
    }

    static SqlValue parse(String text, String format, boolean timestamp) {
        int[] parts = {-1, -1, -1, 0, 0, 0};
        int nanos = 0;
        int afternoon = -1;
        boolean twelve = false;
        int at = 0;
        for (String element : elements(format)) {
            if (element.startsWith("'") || element.equals("X")) {
                char expected = element.equals("X") ? '.' : element.charAt(1);
                if (at >= text.length() || text.charAt(at) != expected) {
                    return Reasons.TEMPORAL;
                }
                at++;
            } else if (element.equals("MON")) {
                parts[1] = month(text, at);
                at += 3;
            } else if (element.equals("AM") || element.equals("PM")) {
                afternoon = text.regionMatches(true, at, "AM", 0, 2)
                        ? 0
                        : text.regionMatches(true, at, "PM", 0, 2) ? 1 : -2;
                at += 2;
            } else if (element.startsWith("FF")) {
                int end = digits(text, at, element.length() == 2 ? 9 : element.charAt(2) - '0');
                if (end == at || !timestamp) {
                    return Reasons.TEMPORAL;
                }
                nanos = Integer.parseInt((text.substring(at, end) + "000000000").substring(0, 9));
                at = end;
            } else {
                int width = element.equals("YYYY") ? 4 : 2;
                int end = digits(text, at, width);
                int index = index(element);
                if (index < 0 || end - at != width) {
                    return Reasons.TEMPORAL;
                }
                int number = Integer.parseInt(text.substring(at, end));
                parts[index] = element.equals("RR") ? (number < 50 ? 2000 : 1900) + number : number;
                twelve |= element.equals("HH") || element.equals("HH12");
                at = end;
            }
        }
        if (at != text.length() || afternoon == -2 || twelve != (afternoon >= 0)) {
            return Reasons.TEMPORAL;
        }
        return build(parts, nanos, twelve, afternoon, timestamp);
    }

    private static SqlValue build(int[] parts, int nanos, boolean twelve, int afternoon, boolean timestamp) {
        int hour = twelve ? parts[3] % 12 + 12 * afternoon : parts[3];
        boolean valid = (!twelve || (parts[3] >= 1 && parts[3] <= 12))
                && parts[0] > 0
                && parts[1] > 0
                && parts[2] > 0
                && TemporalParser.isDate(parts[0], parts[1], parts[2])
                && hour < 24
                && parts[4] < 60
                && parts[5] < 60;
        if (!valid) {
            return Reasons.TEMPORAL;
        }
        long clock = (hour * 3600L + parts[4] * 60L + parts[5]) * SECOND + nanos;
        return new DateTime(parts[0], parts[1], parts[2], clock, timestamp ? 9 : 0);
    }

    private static int index(String element) {
        return switch (element) {
            case "YYYY", "RR" -> 0;
            case "MM" -> 1;
            case "DD" -> 2;
            case "HH24", "HH12", "HH" -> 3;
            case "MI" -> 4;
            case "SS" -> 5;
            default -> -1;
        };
    }

    private static int month(String text, int at) {
        for (int i = 0; i < 12; i++) {
            if (text.regionMatches(true, at, Weeks.MONTHS.get(i), 0, 3)) {
                return i + 1;
            }
        }
        throw new Incomputable(Reasons.TEMPORAL);
    }

    private static int digits(String text, int from, int most) {
        int at = from;
        while (at < text.length() && at - from < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
