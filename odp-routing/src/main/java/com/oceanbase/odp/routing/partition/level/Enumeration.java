package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.convert.TemporalForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the values of small ranges. */
final class Enumeration {
    /** Ranges with more values stay ranges. */
    private static final int MAX_VALUES = 1024;

    private Enumeration() {}

    /** The same domain as points if it is a small range of integers or days. */
    static Domain points(ColumnType type, Domain domain) {
        if (!(domain instanceof Domain.Interval interval) || !isCountable(type)) {
            return domain;
        }
        Domain.Interval closed = closed(type, interval);
        if (!(closed.low() instanceof Datum.Whole(long low)) || !(closed.high() instanceof Datum.Whole(long high))) {
            return domain;
        }
        boolean unsigned = type.type().isUnsignedWhole();
        int order = unsigned ? Long.compareUnsigned(low, high) : Long.compare(low, high);
        if (order > 0) {
            return Domain.None.INSTANCE;
        }
        if (!isSmall(low, high) || !closed.lowInclusive() || !closed.highInclusive()) {
            return domain;
        }
        List<Datum> values = new ArrayList<>((int) (high - low) + 1);
        for (long i = 0; i <= high - low; i++) {
            values.add(new Datum.Whole(low + i));
        }
        return new Domain.Points(List.copyOf(values));
    }

    /** Whether so few numbers are from the one to the other, which is not less, that they are listed. */
    static boolean isSmall(long low, long high) {
        return Long.compareUnsigned(high - low, MAX_VALUES) < 0;
    }

    /** Each value is the one before it plus 1. */
    private static boolean isCountable(ColumnType type) {
        return switch (type.type()) {
            case BIT, ENUM, DATE -> true;
            default -> type.type().isInteger();
        };
    }

    /** The same range with ends that belong to it, as far as the type has a next and a previous value. */
    static Domain.Interval closed(ColumnType type, Domain.Interval interval) {
        Datum low = interval.low();
        boolean lowInclusive = interval.lowInclusive();
        if (low != null && !lowInclusive) {
            Datum next = step(type, low, 1);
            if (next != null) {
                low = next;
                lowInclusive = true;
            }
        }
        Datum high = interval.high();
        boolean highInclusive = interval.highInclusive();
        if (high != null && !highInclusive) {
            Datum previous = step(type, high, -1);
            if (previous != null) {
                high = previous;
                highInclusive = true;
            }
        }
        return new Domain.Interval(low, lowInclusive, high, highInclusive);
    }

    private static @Nullable Datum step(ColumnType type, Datum value, int direction) {
        if (!(value instanceof Datum.Whole(long whole))) {
            return null;
        }
        if (isCountable(type)) {
            boolean last = type.type().isUnsignedWhole()
                    ? whole == (direction > 0 ? -1 : 0)
                    : whole == (direction > 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
            return last ? null : new Datum.Whole(whole + direction);
        }
        return TemporalForm.step(type, whole, direction);
    }

    /** All rows of one value of each list; no row if there would be more than {@code limit}. */
    static List<List<Datum>> product(List<List<Datum>> lists, int limit) {
        long count = 1;
        for (List<Datum> list : lists) {
            count *= list.size();
            if (count > limit) {
                return List.of();
            }
        }
        List<List<Datum>> rows = new ArrayList<>();
        rows.add(List.of());
        for (List<Datum> list : lists) {
            List<List<Datum>> longer = new ArrayList<>(rows.size() * list.size());
            for (List<Datum> row : rows) {
                for (Datum value : list) {
                    List<Datum> next = new ArrayList<>(row);
                    next.add(value);
                    longer.add(next);
                }
            }
            rows = longer;
        }
        return rows;
    }
}
