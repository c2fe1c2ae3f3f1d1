package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.routing.value.SqlValue.Date;
import com.oceanbase.odp.routing.value.SqlValue.DateTime;
import com.oceanbase.odp.routing.value.SqlValue.Null;
import com.oceanbase.odp.routing.value.SqlValue.Time;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Conversions to dates and times. What is none comes out as NULL, as in a SELECT; an INSERT with strict {@code sql_mode} fails instead.
 */
public final class Temporals {
    private static final Null NO_DATE = new Null(ValueType.DATE);
    private static final Null NO_DATE_TIME = new Null(ValueType.DATETIME);
    private static final Null NO_TIME = new Null(ValueType.TIME);

    private Temporals() {}

    /** {@code CAST(value AS DATE)}: a date, NULL or unknown. */
    public static SqlValue toDate(SqlValue value, SessionValues session) {
        SqlValue full = toDateTime(value, session);
        return switch (full) {
            case DateTime d -> d.date();
            case Null _ -> NO_DATE;
            default -> full;
        };
    }

    /** As date and time with all digits of the fraction: a {@link DateTime}, NULL or unknown. */
    public static SqlValue toDateTime(SqlValue value, SessionValues session) {
        DateTime result = switch (value) {
            case DateTime d -> d;
            case Date d -> new DateTime(d.year(), d.month(), d.day(), 0, 0);
            case SqlValue.Text t -> TemporalParser.dateTime(Texts.decode(t));
            case SqlValue.Int i ->
                i.unsigned() && i.bits() < 0 ? null : TemporalParser.dateTime(BigDecimal.valueOf(i.bits()));
            case SqlValue.Decimal d -> TemporalParser.dateTime(d.value());
            case SqlValue.Real r ->
                isPlain(r)
                        ? TemporalParser.dateTime(new BigDecimal(r.value()))
                        : TemporalParser.dateTime(RealText.format(r));
            case Null _ -> null;
            case Time _, SqlValue.Year _, SqlValue.ZonedTimestamp _, SqlValue.Unknown _ -> null;
        };
        if (result != null) {
            if (result.equals(TemporalParser.ODD_DATE)) {
                return Reasons.TEMPORAL;
            }
            return session.modes().noZeroDate() && result.isZeroDate() ? Reasons.TEMPORAL : result;
        }
        return switch (value) {
            case Time t -> onToday(t, session);
            case SqlValue.Year _, SqlValue.ZonedTimestamp _ -> Reasons.ARGUMENT;
            case SqlValue.Unknown u -> u;
            default -> NO_DATE_TIME;
        };
    }

    /** A whole number that is shown without an exponent; the server goes by the text of others. */
    private static boolean isPlain(SqlValue.Real real) {
        return real.value() == Math.rint(real.value()) && Math.abs(real.value()) < 1e15;
    }

    private static SqlValue onToday(Time time, SessionValues session) {
        SqlValue now = now(session, 0);
        if (!(now instanceof DateTime today)) {
            return now;
        }
        return addMicros(
                new DateTime(today.year(), today.month(), today.day(), 0, time.digits()), time.micros(), time.digits());
    }

    /** As time with all digits of the fraction: a {@link Time}, NULL or unknown. */
    public static SqlValue toTime(SqlValue value) {
        return switch (value) {
            case Time t -> t;
            case DateTime d -> TemporalParser.ofDay(d);
            case Date _ -> new Time(0, 0);
            case SqlValue.Text t -> orNull(TemporalParser.time(Texts.decode(t)));
            case SqlValue.Int i ->
                i.unsigned() && i.bits() < 0
                        ? Reasons.TEMPORAL
                        : orNull(TemporalParser.time(BigDecimal.valueOf(i.bits())));
            case SqlValue.Decimal d -> orNull(TemporalParser.time(d.value()));
            case SqlValue.Real r ->
                orNull(
                        isPlain(r)
                                ? TemporalParser.time(new BigDecimal(r.value()))
                                : TemporalParser.time(RealText.format(r)));
            case Null _ -> NO_TIME;
            case SqlValue.Unknown u -> u;
            case SqlValue.Year _, SqlValue.ZonedTimestamp _ -> Reasons.ARGUMENT;
        };
    }

    private static SqlValue orNull(@org.jspecify.annotations.Nullable Time time) {
        return time == null ? NO_TIME : time.equals(TemporalParser.ODD) ? Reasons.TEMPORAL : time;
    }

    /** Rounds the fraction to {@code digits}; NULL if the result is out of range. */
    public static SqlValue round(DateTime value, int digits) {
        DateTime rounded = TemporalParser.round(value, digits);
        return rounded == null ? NO_DATE_TIME : rounded;
    }

    /** Rounds the fraction to {@code digits}. */
    public static Time round(Time value, int digits) {
        return TemporalParser.round(value, digits);
    }

    /** Adds a time span; NULL if the result is out of range. */
    public static SqlValue addMicros(DateTime value, long micros, int digits) {
        if (value.month() == 0 || value.day() == 0) {
            return NO_DATE_TIME;
        }
        long sum = value.epochMicros() + micros;
        return ofEpochMicros(sum, digits);
    }

    /** Microseconds since 1970 in an unnamed zone; NULL outside the years 0 to 9999. */
    public static SqlValue ofEpochMicros(long micros, int digits) {
        long day = Math.floorDiv(micros, TemporalParser.MICROS_PER_DAY);
        if (day > MAX_DAY || day < MIN_DAY) {
            return NO_DATE_TIME;
        }
        Date date = CivilDays.ofEpochDay(day);
        long nanos = Math.floorMod(micros, TemporalParser.MICROS_PER_DAY) * 1000;
        return new DateTime(date.year(), date.month(), date.day(), nanos, digits);
    }

    /** 9999-12-31. */
    public static final long MAX_DAY = 2_932_896;
    /** 0000-01-01. */
    public static final long MIN_DAY = -719_527;

    /** The statement's start in the session's zone; unknown without a clock. */
    public static SqlValue now(SessionValues session, int digits) {
        SessionValues.StatementClock clock = session.clock();
        ZoneId zone = session.timeZone();
        if (clock == null) {
            return Reasons.CLOCK;
        }
        return zone == null ? Reasons.TIME_ZONE : inZone(clock.now(), zone, digits);
    }

    public static DateTime inZone(Instant instant, ZoneId zone, int digits) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        long unit = (long) Math.pow(10, 9 - digits);
        long nanos = local.toLocalTime().toNanoOfDay() / unit * unit;
        return new DateTime(local.getYear(), local.getMonthValue(), local.getDayOfMonth(), nanos, digits);
    }

    /**
     * Microseconds since 1970 UTC of a time in a zone, as the server stores a TIMESTAMP. Times that do not exist or exist twice take the earlier
     * offset.
     */
    public static long toUtcMicros(DateTime local, ZoneId zone) {
        long micros = local.epochMicros();
        if (zone instanceof ZoneOffset offset) {
            return micros - offset.getTotalSeconds() * 1_000_000L;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
        return micros - zone.getRules().getOffset(time).getTotalSeconds() * 1_000_000L;
    }
}
