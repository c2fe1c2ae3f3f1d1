package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates and times from strings and numbers as leniently as the server does; null where it finds none. */
public final class TemporalParser {
    public static final long MICROS_PER_DAY = 86_400_000_000L;
    public static final long NANOS_PER_DAY = 86_400_000_000_000L;
    /** 838:59:59. */
    public static final long MAX_TIME = (838 * 3600L + 59 * 60 + 59) * 1_000_000;

    private static final int PARTS = 6;
    /** A date with a time behind it, in its usual form. */
    private static final Pattern DATED =
            Pattern.compile("[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T][0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}([.][0-9]*)?)?");

    private TemporalParser() {}

    /** A date with or without a time; parts may be 0. The digits are those of the fraction, at most 6. */
    public static @Nullable DateTime dateTime(String text) {
        Scanner in = new Scanner(text);
        in.skipBlanks();
        int digits = in.countDigits();
        if (digits == 0) {
            return null;
        }
        int next = in.at + digits;
        boolean compact = next == text.length() || (text.charAt(next) == '.' && (digits == 14 || digits == 12));
        return compact && digits > 4 ? compact(in, digits) : delimited(in);
    }

    /** Whether a string that is a date has a time behind it. */
    public static boolean hasTime(String text) {
        Scanner in = new Scanner(text);
        in.skipBlanks();
        int digits = in.countDigits();
        if (digits > 4) {
            return digits > 8;
        }
        int groups = 0;
        while (in.more() && groups < 4) {
            int count = in.countDigits();
            groups += count > 0 ? 1 : 0;
            in.at += Math.max(1, count);
        }
        return groups == 4;
    }

    private static @Nullable DateTime compact(Scanner in, int digits) {
        boolean longYear = digits == 8 || digits == 14;
        if (!longYear && digits != 6 && digits != 12) {
            return digits > 14 ? null : ODD_DATE;
        }
        int year = in.number(longYear ? 4 : 2);
        int[] parts = {longYear ? year : fullYear(year), in.number(2), in.number(2), 0, 0, 0};
        if (digits >= 12) {
            parts[3] = in.number(2);
            parts[4] = in.number(2);
            parts[5] = in.number(2);
        }
        return withFraction(in, parts);
    }

    private static @Nullable DateTime delimited(Scanner in) {
        int[] parts = new int[PARTS];
        int found = 0;
        int yearDigits = in.countDigits();
        while (found < PARTS) {
            int digits = in.countDigits();
            if (digits == 0 || digits > 4 || (found > 0 && digits > 2)) {
                return found < 3 || digits > 2 ? null : build(parts, 0, 0);
            }
            parts[found++] = in.number(digits);
            if (found < PARTS && !skipDelimiters(in, found)) {
                break;
            }
        }
        if (found < 3) {
            return null;
        }
        if (yearDigits <= 2) {
            parts[0] = fullYear(parts[0]);
        }
        return found == PARTS ? withFraction(in, parts) : build(parts, 0, 0);
    }

    /** Whether another part may follow. */
    private static boolean skipDelimiters(Scanner in, int found) {
        int start = in.at;
        while (in.more() && isDelimiter(in.peek(), found)) {
            in.at++;
        }
        return in.at > start && in.countDigits() > 0;
    }

    private static boolean isDelimiter(char c, int found) {
        return found == 3 ? c == ' ' || c == 'T' || c == 't' || isPunctuation(c) : isPunctuation(c);
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }

    private static @Nullable DateTime withFraction(Scanner in, int[] parts) {
        int nanos = 0;
        int digits = 0;
        if (in.more() && in.peek() == '.') {
            in.at++;
            int count = in.countDigits();
            nanos = in.fractionNanos(count);
            digits = Math.min(count, 6);
        }
        return build(parts, nanos, digits);
    }

    private static @Nullable DateTime build(int[] parts, int nanos, int digits) {
        if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59 || !isDate(parts[0], parts[1], parts[2])) {
            return null;
        }
        long ofDay = (parts[3] * 3600L + parts[4] * 60L + parts[5]) * 1_000_000_000L;
        return round(new DateTime(parts[0], parts[1], parts[2], ofDay + nanos, 9), digits);
    }

    /** Whether the parts form a date; months and days may be 0. */
    public static boolean isDate(int year, int month, int day) {
        return year >= 0
                && year <= 9999
                && month >= 0
                && month <= 12
                && day >= 0
                && day <= (month == 0 ? 31 : CivilDays.lengthOfMonth(year, month));
    }

    /** Years of two digits: 70 to 99 are 1970 to 1999, others 2000 to 2069. */
    public static int fullYear(int year) {
        return year >= 70 ? 1900 + year : 2000 + year;
    }

    /** Rounds the fraction; null if that goes beyond the year 9999. */
    public static @Nullable DateTime round(DateTime value, int digits) {
        if (digits >= value.digits()) {
            return digits == value.digits()
                    ? value
                    : new DateTime(value.year(), value.month(), value.day(), value.nanosOfDay(), digits);
        }
        long unit = (long) Math.pow(10, 9 - digits);
        long nanos = (value.nanosOfDay() + unit / 2) / unit * unit;
        if (nanos < NANOS_PER_DAY) {
            return new DateTime(value.year(), value.month(), value.day(), nanos, digits);
        }
        if (value.month() == 0 || value.day() == 0) {
            return null;
        }
        SqlValue.Date next = CivilDays.ofEpochDay(CivilDays.toEpochDay(value.year(), value.month(), value.day()) + 1);
        return next.year() > 9999
                ? null
                : new DateTime(next.year(), next.month(), next.day(), nanos - NANOS_PER_DAY, digits);
    }

    /** {@code YYYYMMDD}, {@code YYMMDD}, {@code YYYYMMDDhhmmss} or {@code YYMMDDhhmmss}, also with a fraction. */
    public static @Nullable DateTime dateTime(BigDecimal number) {
        if (number.signum() < 0 || number.precision() - number.scale() > 14) {
            return null;
        }
        long whole = number.longValue();
        int nanos = number.subtract(BigDecimal.valueOf(whole))
                .movePointRight(9)
                .setScale(0, RoundingMode.HALF_UP)
                .intValue();
        int digits = Math.min(6, Math.max(0, number.scale()));
        long full = withCentury(whole);
        if (full < 0) {
            return null;
        }
        long date = full / 1_000_000;
        long clock = full % 1_000_000;
        int[] parts = {
            (int) (date / 10_000),
            (int) (date / 100 % 100),
            (int) (date % 100),
            (int) (clock / 10_000),
            (int) (clock / 100 % 100),
            (int) (clock % 100)
        };
        return build(parts, whole > 99_991_231 ? nanos : 0, whole > 99_991_231 ? digits : 0);
    }

    /** 14 digits, or -1. Ranges: MySQL's {@code number_to_datetime}. */
    private static long withCentury(long number) {
        if (number == 0) {
            return 0;
        }
        if (number < 101) {
            return -1;
        }
        if (number <= 691_231) {
            return (number + 20_000_000) * 1_000_000;
        }
        if (number < 700_101) {
            return -1;
        }
        if (number <= 991_231) {
            return (number + 19_000_000) * 1_000_000;
        }
        if (number < 10_000_101) {
            return -1;
        }
        if (number <= 99_991_231) {
            return number * 1_000_000;
        }
        if (number < 101_000_000) {
            return -1;
        }
        if (number <= 691_231_235_959L) {
            return number + 20_000_000_000_000L;
        }
        if (number < 700_101_000_000L) {
            return -1;
        }
        return number <= 991_231_235_959L ? number + 19_000_000_000_000L : number;
    }

    /** A string that the server reads in a way that is not imitated. */
    public static final DateTime ODD_DATE = new DateTime(-1, 0, 0, 0, 0);

    /** What a string is as a time: null if it is none; empty forms that are read in surprising ways are {@link #ODD}. */
    public static @Nullable Time time(String text) {
        Scanner in = new Scanner(text);
        in.skipBlanks();
        boolean negative = in.more() && in.peek() == '-';
        if (negative) {
            in.at++;
            in.skipBlanks();
        }
        int digits = in.countDigits();
        if (digits == 0) {
            return text.isEmpty() ? null : ODD;
        }
        int next = in.at + digits;
        boolean end = next == text.length()
                || text.charAt(next) == '.'
                || Character.isLetter(text.charAt(next))
                || text.substring(next).isBlank();
        if (digits >= 12 && end && !negative) {
            DateTime full = dateTime(text);
            return full == null || full.equals(ODD_DATE) ? ODD : ofDay(full);
        }
        if (end) {
            return digits > 9 ? ODD : compactTime(in, digits, negative);
        }
        if (text.charAt(next) == '-' || text.charAt(next) == '/') {
            DateTime full = DATED.matcher(text).matches() ? dateTime(text) : null;
            return full == null || full.equals(ODD_DATE) ? ODD : ofDay(full);
        }
        return clockTime(in, digits, negative);
    }

    private static @Nullable Time compactTime(Scanner in, int digits, boolean negative) {
        long number = in.longNumber(digits);
        return fractionTime(in, new long[] {number / 10_000, number / 100 % 100, number % 100}, negative);
    }

    private static @Nullable Time clockTime(Scanner in, int digits, boolean negative) {
        if (digits > 6) {
            return ODD;
        }
        long first = in.longNumber(digits);
        long days = 0;
        if (in.peek() == ' ') {
            in.at++;
            int hours = in.countDigits();
            if (hours == 0 || hours > 6 || in.at + hours >= in.text.length() || in.text.charAt(in.at + hours) != ':') {
                return ODD;
            }
            days = first;
            first = in.longNumber(hours);
        }
        long[] parts = {first + 24 * days, 0, 0};
        int found = 1;
        while (found < 3 && in.more() && in.peek() == ':') {
            in.at++;
            int count = in.countDigits();
            if (count == 0 || count > 2) {
                return ODD;
            }
            parts[found++] = in.number(count);
        }
        Time time = found == 1 ? ODD : fractionTime(in, parts, negative);
        in.skipBlanks();
        return in.more() && !Character.isLetter(in.peek()) ? ODD : time;
    }

    /** Whether nothing of a string is read as a time: it does not begin with a number. */
    public static boolean isNoTime(String text) {
        String digits = text.strip();
        digits = (digits.startsWith("-") ? digits.substring(1) : digits).strip();
        return digits.isEmpty() || digits.charAt(0) < '0' || digits.charAt(0) > '9';
    }

    private static @Nullable Time fractionTime(Scanner in, long[] parts, boolean negative) {
        if (parts[1] > 59 || parts[2] > 59) {
            return null;
        }
        int digits = 0;
        long micros = 0;
        if (in.more() && in.peek() == '.') {
            in.at++;
            int count = in.countDigits();
            digits = Math.min(6, count);
            micros = (in.fractionNanos(count) + 500) / 1000;
        }
        return time((parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1_000_000 + micros, digits, negative);
    }

    public static Time time(long micros, int digits, boolean negative) {
        long cut = Math.min(micros, MAX_TIME);
        return new Time(negative ? -cut : cut, digits);
    }

    /** A string that the server reads in a way that is not imitated. */
    public static final Time ODD = new Time(Long.MIN_VALUE, 0);

    public static Time ofDay(DateTime value) {
        return new Time(value.nanosOfDay() / 1000, Math.min(6, value.digits()));
    }

    /** {@code hhmmss} or a date and time; null if there is none. */
    public static @Nullable Time time(BigDecimal number) {
        BigDecimal absolute = number.abs();
        if (absolute.precision() - absolute.scale() > 14) {
            return ODD;
        }
        long whole = absolute.longValue();
        if (whole > 9_999_999_999L) {
            DateTime full = number.signum() < 0 ? null : dateTime(number);
            return full == null ? null : ofDay(full);
        }
        long micros = absolute.subtract(BigDecimal.valueOf(whole))
                .movePointRight(6)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
        if (whole % 100 > 59 || whole / 100 % 100 > 59) {
            return null;
        }
        long seconds = whole / 10_000 * 3600 + whole / 100 % 100 * 60 + whole % 100;
        return time(seconds * 1_000_000 + micros, Math.min(6, Math.max(0, number.scale())), number.signum() < 0);
    }

    public static Time round(Time value, int digits) {
        if (digits >= value.digits()) {
            return new Time(value.micros(), digits);
        }
        long unit = (long) Math.pow(10, 6 - digits);
        long micros = (Math.abs(value.micros()) + unit / 2) / unit * unit;
        return time(micros, digits, value.micros() < 0);
    }

    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        boolean more() {
            return at < text.length();
        }

        char peek() {
            return text.charAt(at);
        }

        void skipBlanks() {
            while (more() && (peek() == ' ' || (peek() >= '\t' && peek() <= '\r'))) {
                at++;
            }
        }

        int countDigits() {
            int end = at;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return end - at;
        }

        int number(int digits) {
            return (int) longNumber(digits);
        }

        long longNumber(int digits) {
            long value = 0;
            for (int i = 0; i < digits; i++) {
                value = 10 * value + (text.charAt(at++) - '0');
            }
            return value;
        }

        /** Nanoseconds of a fraction, rounded to microseconds. */
        int fractionNanos(int digits) {
            long micros = 0;
            for (int i = 0; i < 7; i++) {
                micros = 10 * micros + (i < digits ? text.charAt(at + i) - '0' : 0);
            }
            at += digits;
            return (int) ((micros + 5) / 10 * 1000);
        }
    }
}
