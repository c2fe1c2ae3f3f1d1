package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.Date;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Time;

/** How dates and times are shown. */
public final class TemporalText {
    private TemporalText() {}

    public static String format(Date date) {
        StringBuilder out = new StringBuilder(10);
        date(out, date.year(), date.month(), date.day());
        return out.toString();
    }

    public static String format(DateTime value) {
        StringBuilder out = new StringBuilder(29);
        date(out, value.year(), value.month(), value.day());
        out.append(' ');
        clock(out, value.nanosOfDay() / 1_000_000_000L);
        fraction(out, (int) (value.nanosOfDay() % 1_000_000_000L), value.digits());
        return out.toString();
    }

    public static String format(Time time) {
        StringBuilder out = new StringBuilder(17);
        long micros = Math.abs(time.micros());
        if (time.micros() < 0) {
            out.append('-');
        }
        clock(out, micros / 1_000_000);
        fraction(out, (int) (micros % 1_000_000) * 1000, time.digits());
        return out.toString();
    }

    private static void date(StringBuilder out, int year, int month, int day) {
        pad(out, year, 4);
        out.append('-');
        pad(out, month, 2);
        out.append('-');
        pad(out, day, 2);
    }

    private static void clock(StringBuilder out, long seconds) {
        pad(out, (int) (seconds / 3600), 2);
        out.append(':');
        pad(out, (int) (seconds / 60 % 60), 2);
        out.append(':');
        pad(out, (int) (seconds % 60), 2);
    }

    private static void fraction(StringBuilder out, int nanos, int digits) {
        if (digits > 0) {
            String all = Integer.toString(1_000_000_000 + nanos);
            out.append('.').append(all, 1, 1 + digits);
        }
    }

    public static void pad(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        out.repeat("0", Math.max(0, width - digits.length())).append(digits);
    }
}
