package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.hash.DatumOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored values that a column may have in the rows that matter. Immutable. */
public sealed interface Domain {
    /** Any value, NULL included. */
    record Any() implements Domain {
        /** The only one that is needed. */
        public static final Any INSTANCE = new Any();
    }

    /** No value: no row can match. */
    record None() implements Domain {
        /** The only one that is needed. */
        public static final None INSTANCE = new None();
    }

    /** One of these values, at least one; NULL may be among them. */
    record Points(List<Datum> values) implements Domain {}

    /** A range without NULL; a null end is open. */
    record Interval(
            @Nullable Datum low,
            boolean lowInclusive,
            @Nullable Datum high,
            boolean highInclusive) implements Domain {
        /** All values but NULL. */
        public static final Interval NOT_NULL = new Interval(null, false, null, false);

        /** Whether a value lies in it. */
        public boolean contains(ColumnType type, Datum value) {
            if (value instanceof Datum.Null) {
                return false;
            }
            if (low != null) {
                int order = DatumOrder.compare(type, value, low);
                if (order < 0 || order == 0 && !lowInclusive) {
                    return false;
                }
            }
            if (high != null) {
                int order = DatumOrder.compare(type, value, high);
                return order < 0 || order == 0 && highInclusive;
            }
            return true;
        }
    }

    /** One value. */
    static Domain point(Datum value) {
        return new Points(List.of(value));
    }

    /** Whether a value may occur. */
    default boolean contains(ColumnType type, Datum value) {
        return switch (this) {
            case Any _ -> true;
            case None _ -> false;
            case Interval interval -> interval.contains(type, value);
            case Points(List<Datum> values) -> {
                for (Datum point : values) {
                    if (DatumOrder.compare(type, point, value) == 0) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    /** Values that are in both. */
    static Domain intersect(ColumnType type, Domain a, Domain b) {
        if (a instanceof Any || b instanceof None) {
            return b;
        }
        if (b instanceof Any || a instanceof None) {
            return a;
        }
        // Without an order (unknown collation) the one that is left is still a superset.
        if (!DatumOrder.supports(type)) {
            return a instanceof Points ? a : b;
        }
        if (a instanceof Points(List<Datum> values)) {
            return filter(type, values, b);
        }
        if (b instanceof Points(List<Datum> values)) {
            return filter(type, values, a);
        }
        return meet(type, (Interval) a, (Interval) b);
    }

    private static Domain filter(ColumnType type, List<Datum> values, Domain by) {
        List<Datum> kept = new ArrayList<>(values.size());
        for (Datum value : values) {
            if (by.contains(type, value)) {
                kept.add(value);
            }
        }
        return kept.isEmpty() ? None.INSTANCE : new Points(List.copyOf(kept));
    }

    private static Domain meet(ColumnType type, Interval a, Interval b) {
        Datum low = a.low();
        boolean lowInclusive = a.lowInclusive();
        Datum otherLow = b.low();
        if (otherLow != null) {
            int order = low == null ? -1 : DatumOrder.compare(type, low, otherLow);
            if (order < 0 || order == 0 && !b.lowInclusive()) {
                low = otherLow;
                lowInclusive = b.lowInclusive();
            }
        }
        Datum high = a.high();
        boolean highInclusive = a.highInclusive();
        Datum otherHigh = b.high();
        if (otherHigh != null) {
            int order = high == null ? 1 : DatumOrder.compare(type, high, otherHigh);
            if (order > 0 || order == 0 && !b.highInclusive()) {
                high = otherHigh;
                highInclusive = b.highInclusive();
            }
        }
        return between(type, low, lowInclusive, high, highInclusive);
    }

    private static Domain between(
            ColumnType type, @Nullable Datum low, boolean lowInclusive, @Nullable Datum high, boolean highInclusive) {
        if (low != null && high != null) {
            int order = DatumOrder.compare(type, low, high);
            if (order > 0 || order == 0 && !(lowInclusive && highInclusive)) {
                return None.INSTANCE;
            }
            if (order == 0) {
                return point(low);
            }
        }
        return new Interval(low, lowInclusive, high, highInclusive);
    }
}
