package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.SqlValue.Decimal;
import com.oceanbase.odp.routing.value.SqlValue.Int;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An amount of time.
 *
 * @param months years, quarters and months
 * @param micros everything else, in microseconds
 * @param timed the unit is shorter than a day
 * @param digits of the fraction of seconds that a sum shows
 */
record Interval(long months, long micros, boolean timed, int digits) {
    private static final long SECOND = 1_000_000L;
    private static final long DAY = 86_400 * SECOND;
    /** Amounts beyond this leave the range of dates anyway. */
    private static final long MAX_AMOUNT = 5_000_000L;

    Interval negated() {
        return new Interval(-months, -micros, timed, digits);
    }

    /** Reads an amount in a unit; null if there is none. */
    static @Nullable Interval of(SqlValue amount, String unitName) {
        String unit = unitName.toUpperCase(Locale.ROOT);
        if (unit.indexOf('_') > 0) {
            return compound(amount, unit);
        }
        if (unit.equals("SECOND")) {
            return seconds(amount);
        }
        long count = count(amount);
        return switch (unit) {
            case "YEAR" -> new Interval(12 * bounded(count), 0, false, 0);
            case "QUARTER" -> new Interval(3 * bounded(count), 0, false, 0);
            case "MONTH" -> new Interval(bounded(count), 0, false, 0);
            case "WEEK" -> new Interval(0, 7 * DAY * bounded(count), false, 0);
            case "DAY" -> new Interval(0, DAY * bounded(count), false, 0);
            case "HOUR" -> new Interval(0, 3600 * SECOND * limited(count, 100_000_000L), true, 0);
            case "MINUTE" -> new Interval(0, 60 * SECOND * limited(count, 1_000_000_000L), true, 0);
            case "MICROSECOND" -> new Interval(0, limited(count, 1L << 60), true, 6);
            default -> throw new Incomputable(Reasons.ARGUMENT);
        };
    }

    private static long bounded(long count) {
        return limited(count, MAX_AMOUNT);
    }

    private static long limited(long count, long limit) {
        if (Math.abs(count) > limit) {
            throw new Incomputable(Reasons.OVERFLOW);
        }
        return count;
    }

    /** Whole units; fractions do not count. */
    private static long count(SqlValue amount) {
        return switch (amount) {
            case Int i when !i.unsigned() || i.bits() >= 0 -> i.bits();
            case Decimal d
            when d.value().precision() - d.value().scale() < 18 -> d.value().longValue();
            case Text t when !Numbers.isHex(t) -> text(t).longValue();
            case SqlValue.Real r -> {
                if (r.value() != Math.rint(r.value()) || Math.abs(r.value()) > 1e15) {
                    throw new Incomputable(Reasons.ARGUMENT);
                }
                yield (long) r.value();
            }
            default -> throw new Incomputable(Reasons.ARGUMENT);
        };
    }

    private static BigDecimal text(Text text) {
        BigDecimal value = Numbers.textDecimal(text.toString());
        if (value == null
                || value.precision() - value.scale() > 17
                || text.toString().toLowerCase(Locale.ROOT).indexOf('e') >= 0) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        return value;
    }

    private static Interval seconds(SqlValue amount) {
        BigDecimal value = amount instanceof Text t && !Numbers.isHex(t) ? text(t) : Numbers.toDecimal(amount);
        if (value == null || value.precision() - value.scale() > 12) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        long micros = value.movePointRight(6).setScale(0, RoundingMode.DOWN).longValue();
        return new Interval(0, micros, true, 6);
    }

    /** Groups of digits, the last one for the smallest unit; missing ones are at the front. */
    private static @Nullable Interval compound(SqlValue amount, String unit) {
        int[] weights = weights(unit);
        String text = switch (amount) {
            case Text t when !Numbers.isHex(t) -> t.toString();
            case Int i -> i.toString();
            case Decimal d -> d.toString();
            default -> throw new Incomputable(Reasons.ARGUMENT);
        };
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        long[] groups = new long[weights.length];
        int found = 0;
        int digits = 0;
        while (at < text.length()) {
            if (!Character.isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            if (found == groups.length) {
                return null;
            }
            digits = 0;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                groups[found] =
                        limited(10 * groups[found] + Character.digit(text.charAt(at++), 10), 1_000_000_000_000L);
                digits++;
            }
            found++;
        }
        Interval interval = sum(weights, groups, found, digits);
        return negative ? interval.negated() : interval;
    }

    private static Interval sum(int[] weights, long[] groups, int found, int digits) {
        if (found == 0) {
            throw new Incomputable(Reasons.ARGUMENT);
        }
        boolean fractional = weights[weights.length - 1] == 0;
        long micros = 0;
        long months = 0;
        for (int i = 0; i < found; i++) {
            int weight = weights[weights.length - found + i];
            if (weight == 0) {
                if (digits > 6) {
                    throw new Incomputable(Reasons.ARGUMENT);
                }
                micros += groups[i] * (long) Math.pow(10, 6 - digits);
            } else if (weight < 0) {
                months += bounded(groups[i]) * -weight;
            } else {
                micros += limited(groups[i], 1_000_000_000_000L / weight) * weight * SECOND;
            }
        }
        return new Interval(months, micros, weights[0] >= 0, fractional ? 6 : 0);
    }

    /** Seconds of each part of a unit; 0 for microseconds, negative for months. */
    private static int[] weights(String unit) {
        return switch (unit) {
            case "YEAR_MONTH" -> new int[] {-12, -1};
            case "DAY_HOUR" -> new int[] {86_400, 3600};
            case "DAY_MINUTE" -> new int[] {86_400, 3600, 60};
            case "DAY_SECOND" -> new int[] {86_400, 3600, 60, 1};
            case "DAY_MICROSECOND" -> new int[] {86_400, 3600, 60, 1, 0};
            case "HOUR_MINUTE" -> new int[] {3600, 60};
            case "HOUR_SECOND" -> new int[] {3600, 60, 1};
            case "HOUR_MICROSECOND" -> new int[] {3600, 60, 1, 0};
            case "MINUTE_SECOND" -> new int[] {60, 1};
            case "MINUTE_MICROSECOND" -> new int[] {60, 1, 0};
            case "SECOND_MICROSECOND" -> new int[] {1, 0};
            default -> throw new Incomputable(Reasons.ARGUMENT);
        };
    }
}
