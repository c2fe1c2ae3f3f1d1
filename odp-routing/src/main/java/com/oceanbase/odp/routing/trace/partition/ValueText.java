package com.oceanbase.odp.routing.trace.partition;

import com.oceanbase.odp.routing.value.SqlValue;
import java.util.Locale;

/** Writes values the way the original does: plain in ranges, and with their type where a token is resolved. */
final class ValueText {
    private ValueText() {}

    /** The value alone. */
    static String plain(SqlValue value) {
        return switch (value) {
            case SqlValue.Null ignored -> "NULL";
            case SqlValue.Int number -> number.toString();
            case SqlValue.Decimal number -> number.toString();
            case SqlValue.Real number -> Double.toString(number.value());
            case SqlValue.Text text -> text.toString();
            case SqlValue.Date date -> date(date.year(), date.month(), date.day());
            case SqlValue.Time time -> time(time);
            case SqlValue.DateTime at -> dateTime(at);
            case SqlValue.ZonedTimestamp at -> dateTime(at.utc()) + " UTC";
            case SqlValue.Year year -> String.format(Locale.ROOT, "%04d", year.year());
            case SqlValue.Unknown ignored -> "?";
        };
    }

    /** Type and value; empty for NULL and when nothing is known, as in the original. */
    static String typed(SqlValue value) {
        String type = switch (value) {
            case SqlValue.Null ignored -> "";
            case SqlValue.Unknown ignored -> "";
            case SqlValue.Int number -> number.unsigned() ? "BIGINT UNSIGNED" : "BIGINT";
            case SqlValue.Decimal ignored -> "DECIMAL";
            case SqlValue.Real number -> number.single() ? "FLOAT" : "DOUBLE";
            case SqlValue.Text ignored -> "VARCHAR";
            case SqlValue.Date ignored -> "DATE";
            case SqlValue.Time ignored -> "TIME";
            case SqlValue.DateTime ignored -> "DATETIME";
            case SqlValue.ZonedTimestamp ignored -> "TIMESTAMP_WITH_TIME_ZONE";
            case SqlValue.Year ignored -> "YEAR";
        };
        if (type.isEmpty()) {
            return "";
        }
        String collation =
                value instanceof SqlValue.Text text ? "<" + text.collation().name() + ">" : "";
        return type + ":" + plain(value) + collation;
    }

    private static String date(int year, int month, int day) {
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
    }

    private static String dateTime(SqlValue.DateTime at) {
        return date(at.year(), at.month(), at.day()) + " " + timeOfDay(at.nanosOfDay() / 1_000_000_000L)
                + fraction(at.nanosOfDay() % 1_000_000_000L, at.digits());
    }

    private static String time(SqlValue.Time time) {
        long micros = Math.abs(time.micros());
        return (time.micros() < 0 ? "-" : "")
                + timeOfDay(micros / 1_000_000L)
                + fraction(micros % 1_000_000L * 1000, time.digits());
    }

    private static String timeOfDay(long seconds) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String fraction(long nanos, int digits) {
        return digits <= 0
                ? ""
                : "." + String.format(Locale.ROOT, "%09d", nanos).substring(0, Math.min(9, digits));
    }
}
