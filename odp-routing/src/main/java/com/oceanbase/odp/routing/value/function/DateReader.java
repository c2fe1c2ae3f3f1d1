package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Date;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.TemporalParser;
import com.oceanbase.odp.routing.value.ValueType;
import java.util.List;

/** {@code STR_TO_DATE}: a string that follows its format to the end; anything else is left to the server. */
final class DateReader {
    private final String text;
    private int at;
    private int year = -1;
    private int month = -1;
    private int day = -1;
    private int hour;
    private int minute;
    private int second;
    private int micros;
    private int afternoon = -1;
    private boolean twelve;
    private boolean dated;
    private boolean timed;
    private boolean fractional;

    private DateReader(String text) {
        this.text = text;
    }

    static SqlValue read(Arguments a) {
        DateReader reader = new DateReader(a.characters(0));
        return reader.read(a.characters(1));
    }

    private SqlValue read(String format) {
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == ' ') {
                skipBlanks();
            } else if (c == '%' && i + 1 < format.length()) {
                skipBlanks();
                if (!part(format.charAt(++i))) {
                    return invalid();
                }
            } else if (at < text.length() && text.charAt(at) == c) {
                at++;
            } else {
                return invalid();
            }
        }
        return at < text.length() ? Reasons.TEMPORAL : build();
    }

    /** NULL where nothing of the string fits its format; what the server makes of half a fit is its own affair. */
    private SqlValue invalid() {
        return at == 0 && !dated && !timed ? new SqlValue.Null(ValueType.DATETIME) : Reasons.TEMPORAL;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean part(char mark) {
        switch (mark) {
            case 'Y' -> {
                int start = at;
                year = number(4);
                if (year >= 0 && at - start <= 2) {
                    throw new Incomputable(Reasons.TEMPORAL);
                }
                return dated(year);
            }
            case 'y' -> {
                int two = number(2);
                year = two < 0 ? two : TemporalParser.fullYear(two);
                return dated(two);
            }
            case 'm', 'c' -> month = number(2);
            case 'd', 'e' -> day = number(2);
            case 'M', 'b' -> month = name(Weeks.MONTHS, mark == 'b') + 1;
            case 'a', 'W' -> {
                return name(Weeks.DAYS, mark == 'a') >= 0;
            }
            default -> {
                return clock(mark);
            }
        }
        return dated(mark == 'd' || mark == 'e' ? day : mark == 'm' || mark == 'c' ? month : month - 1);
    }

    private boolean dated(int value) {
        dated |= value >= 0;
        return value >= 0;
    }

    private boolean clock(char mark) {
        int value;
        switch (mark) {
            case 'H', 'k' -> value = hour = number(2);
            case 'h', 'I', 'l' -> {
                value = hour = number(2);
                twelve = true;
            }
            case 'i' -> value = minute = number(2);
            case 's', 'S' -> value = second = number(2);
            case 'f' -> {
                int start = at;
                value = number(6);
                micros = value * (int) Math.pow(10, 6 - (at - start));
                fractional = true;
            }
            case 'p' -> {
                afternoon = text.regionMatches(true, at, "AM", 0, 2)
                        ? 0
                        : text.regionMatches(true, at, "PM", 0, 2) ? 1 : -1;
                at += 2;
                value = afternoon;
            }
            case 'T' -> {
                return clock('H') && literal(':') && clock('i') && literal(':') && clock('s');
            }
            case '%' -> {
                return literal('%');
            }
            default -> throw new Incomputable(Reasons.TEMPORAL);
        }
        timed |= value >= 0;
        return value >= 0;
    }

    private boolean literal(char c) {
        boolean matches = at < text.length() && text.charAt(at) == c;
        at += matches ? 1 : 0;
        return matches;
    }

    private int number(int digits) {
        int value = 0;
        int start = at;
        while (at < text.length() && at - start < digits && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = 10 * value + (text.charAt(at++) - '0');
        }
        return at == start ? -1 : value;
    }

    private int name(List<String> names, boolean abbreviated) {
        for (int i = 0; i < names.size(); i++) {
            String name = abbreviated ? names.get(i).substring(0, 3) : names.get(i);
            if (text.regionMatches(true, at, name, 0, name.length())) {
                at += name.length();
                return i;
            }
        }
        return -1;
    }

    private SqlValue build() {
        ValueType type = dated ? timed ? ValueType.DATETIME : ValueType.DATE : ValueType.TIME;
        if (twelve) {
            if (hour < 1 || hour > 12) {
                return new SqlValue.Null(type);
            }
            hour = hour % 12 + (afternoon == 1 ? 12 : 0);
        } else if (afternoon >= 0) {
            return Reasons.TEMPORAL;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return new SqlValue.Null(type);
        }
        long clock = (hour * 3600L + minute * 60L + second) * 1_000_000L + micros;
        int digits = fractional ? 6 : 0;
        if (!dated) {
            return timed ? new SqlValue.Time(clock, digits) : Reasons.TEMPORAL;
        }
        if (year <= 0 || month <= 0 || day <= 0) {
            return Reasons.TEMPORAL;
        }
        if (!TemporalParser.isDate(year, month, day)) {
            return new SqlValue.Null(type);
        }
        return timed ? new DateTime(year, month, day, clock * 1000, digits) : new Date(year, month, day);
    }
}
