package com.oceanbase.odp.routing.value.function;

import static com.oceanbase.odp.routing.value.function.SqlFunction.lenient;
import static com.oceanbase.odp.routing.value.function.SqlFunction.strict;

import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.TemporalParser;
import com.oceanbase.odp.routing.value.Temporals;
import com.oceanbase.odp.routing.value.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of the clock and of time zones. */
final class ClockFunctions {
    static final List<SqlFunction> TABLE = List.of(
            strict("NOW", 0, 1, ValueType.DATETIME, ClockFunctions::now),
            strict("CURRENT_TIMESTAMP", 0, 1, ValueType.DATETIME, ClockFunctions::now),
            strict("LOCALTIME", 0, 1, ValueType.DATETIME, ClockFunctions::now),
            strict("LOCALTIMESTAMP", 0, 1, ValueType.DATETIME, ClockFunctions::now),
            strict("SYSDATE", 0, 1, ValueType.DATETIME, ClockFunctions::now),
            strict("CURDATE", 0, 0, ValueType.DATE, a -> date(Temporals.now(a.session(), 0))),
            strict("CURRENT_DATE", 0, 0, ValueType.DATE, a -> date(Temporals.now(a.session(), 0))),
            strict("CURTIME", 0, 1, ValueType.TIME, a -> time(now(a))),
            strict("CURRENT_TIME", 0, 1, ValueType.TIME, a -> time(now(a))),
            strict("UTC_TIMESTAMP", 0, 1, ValueType.DATETIME, ClockFunctions::utc),
            strict("UTC_DATE", 0, 0, ValueType.DATE, a -> date(utc(a))),
            strict("UTC_TIME", 0, 1, ValueType.TIME, a -> time(utc(a))),
            lenient("UNIX_TIMESTAMP", 0, 1, ValueType.INTEGER, ClockFunctions::unixTimestamp),
            strict("FROM_UNIXTIME", 1, 2, ValueType.DATETIME, ClockFunctions::fromUnixTime),
            strict("CONVERT_TZ", 3, 3, ValueType.DATETIME, ClockFunctions::convertZone));

    /** The last second of the year 9999 in UTC; what lies beyond it in the zone of the session is not imitated. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private static final int MAX_YEAR = 9999;

    private ClockFunctions() {}

    private static SqlValue now(Arguments a) {
        return Temporals.now(a.session(), digits(a));
    }

    private static int digits(Arguments a) {
        long digits = a.count() == 0 ? 0 : a.integer(0);
        if (digits < 0 || digits > 6) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        return (int) digits;
    }

    private static SqlValue utc(Arguments a) {
        return Temporals.now(a.session().withTimeZone(ZoneOffset.UTC), digits(a));
    }

    private static SqlValue date(SqlValue now) {
        return now instanceof DateTime d ? d.date() : now;
    }

    private static SqlValue time(SqlValue now) {
        return now instanceof DateTime d ? TemporalParser.ofDay(d) : now;
    }

    private static ZoneId zone(Arguments a) {
        ZoneId zone = a.session().timeZone();
        if (zone == null) {
            throw new Incomputable(Reasons.TIME_ZONE);
        }
        return zone;
    }

    private static SqlValue unixTimestamp(Arguments a) {
        if (a.count() == 0) {
            SessionValues.StatementClock clock = a.session().clock();
            return clock == null ? Reasons.CLOCK : Arguments.whole(clock.now().getEpochSecond());
        }
        if (a.isNull(0)) {
            return a.none();
        }
        DateTime value = a.dateTime(0);
        if (value == null || DateFunctions.isPartial(value)) {
            return Reasons.TEMPORAL;
        }
        long micros = Temporals.toUtcMicros(value, zone(a));
        long positive = micros < 0 ? 0 : micros;
        return value.digits() == 0
                ? Arguments.whole(positive / 1_000_000)
                : new Decimal(BigDecimal.valueOf(positive, 6).setScale(value.digits(), RoundingMode.DOWN));
    }

    private static SqlValue fromUnixTime(Arguments a) {
        BigDecimal seconds = a.decimal(0);
        if (seconds.signum() < 0) {
            return a.none();
        }
        if (seconds.compareTo(BigDecimal.valueOf(MAX_SECONDS)) > 0) {
            return Reasons.OVERFLOW;
        }
        int digits = switch (a.get(0)) {
            case Int _ -> 0;
            case Decimal d -> Math.min(6, d.scale());
            case SqlValue.Real _ -> throw new Incomputable(Reasons.ARGUMENT);
            default -> 6;
        };
        long micros =
                seconds.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue();
        Instant instant = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
        DateTime value = Temporals.inZone(instant, zone(a), 6);
        if (value.year() > MAX_YEAR) {
            return Reasons.OVERFLOW;
        }
        SqlValue rounded = Temporals.round(value, digits);
        if (a.count() == 1) {
            return rounded;
        }
        String text = DateFormats.format(value, a.characters(1), false);
        return text == null ? a.none() : Arguments.string(text, a.collation(1, 2));
    }

    private static SqlValue convertZone(Arguments a) {
        DateTime value = a.dateTime(0);
        ZoneOffset from = offset(a.characters(1));
        ZoneOffset to = offset(a.characters(2));
        if (from == null || to == null) {
            return Reasons.TIME_ZONE;
        }
        if (value == null || DateFunctions.isPartial(value)) {
            return a.none();
        }
        return Temporals.addMicros(value, (to.getTotalSeconds() - from.getTotalSeconds()) * 1_000_000L, 6);
    }

    /** {@code +08:00}; null for names and what is out of range. */
    private static @Nullable ZoneOffset offset(String text) {
        if (!text.matches("[+-][0-9]{1,2}:[0-9]{2}")) {
            return null;
        }
        try {
            return ZoneOffset.of(text.length() == 5 ? text.charAt(0) + "0" + text.substring(1) : text);
        } catch (DateTimeException outOfRange) {
            return null;
        }
    }
}
