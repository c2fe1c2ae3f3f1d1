package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.hash.DatumOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Range partitions: rows compare column by column with the upper bounds, which do not belong to their partitions. */
final class RangePruner {
    private final KeyDomains key;
    private final List<Partition> partitions;
    private final boolean nullIsLast;
    private final BitSet found = new BitSet();
    private int budget = LevelKey.MAX_ROWS;

    private RangePruner(KeyDomains key, List<Partition> partitions, boolean nullIsLast) {
        this.key = key;
        this.partitions = partitions;
        this.nullIsLast = nullIsLast;
    }

    /** Partitions that may hold rows of the domains; {@code nullIsLast} as in Oracle mode. */
    static BitSet prune(KeyDomains key, List<Partition> partitions, boolean nullIsLast) {
        for (ColumnType type : key.types()) {
            if (!DatumOrder.supports(type)) {
                BitSet all = new BitSet();
                all.set(0, partitions.size());
                return all;
            }
        }
        RangePruner pruner = new RangePruner(key, partitions, nullIsLast);
        pruner.descend(List.of());
        return pruner.found;
    }

    /** Goes through the points of the next column, or ends with a range. */
    private void descend(List<Datum> prefix) {
        int column = prefix.size();
        if (column == key.domains().size()) {
            add(firstAbove(prefix, true), firstAbove(prefix, true));
            return;
        }
        switch (key.domains().get(column)) {
            case Domain.None _ -> {
                // No row.
            }
            case Domain.Any _ -> add(firstAbove(prefix, false), lastOf(prefix));
            case Domain.Points(List<Datum> values) -> {
                budget -= values.size();
                if (budget < 0) {
                    add(firstAbove(prefix, false), lastOf(prefix));
                    return;
                }
                for (Datum value : values) {
                    List<Datum> longer = new ArrayList<>(prefix);
                    longer.add(nullIsLast && value instanceof Datum.Null ? Datum.Max.INSTANCE : value);
                    descend(longer);
                }
            }
            case Domain.Interval interval -> range(prefix, interval);
        }
    }

    private void range(List<Datum> prefix, Domain.Interval interval) {
        boolean last = prefix.size() == key.domains().size() - 1;
        Datum low = interval.low();
        int from = low == null ? firstAbove(prefix, false) : firstAbove(with(prefix, low), last);
        Datum high = interval.high();
        int to;
        if (high == null) {
            to = lastOf(prefix);
        } else if (interval.highInclusive()) {
            to = last ? firstAbove(with(prefix, high), true) : lastOf(with(prefix, high));
        } else {
            to = firstAbove(with(prefix, high), false);
        }
        add(from, to);
    }

    private static List<Datum> with(List<Datum> prefix, Datum value) {
        List<Datum> longer = new ArrayList<>(prefix);
        longer.add(value);
        return longer;
    }

    /** The first partition whose bound is greater than the row, or not less than it if not {@code strictly}. */
    private int firstAbove(List<Datum> row, boolean strictly) {
        for (int i = 0; i < partitions.size(); i++) {
            List<Datum> bound = partitions.get(i).bound();
            int order = isMax(bound, 0) ? 1 : DatumOrder.compareRows(key.types(), bound, row);
            if (order == 0 && strictly) {
                // A row that is a whole key belongs to the next partition; MAXVALUE is above all rows.
                order = row.getLast() instanceof Datum.Max ? 1 : 0;
            }
            if (order > 0 || order == 0 && !strictly) {
                return i;
            }
        }
        return partitions.size();
    }

    /** The last partition that holds rows with this beginning. */
    private int lastOf(List<Datum> prefix) {
        if (prefix.isEmpty()) {
            return partitions.size() - 1;
        }
        for (int i = 0; i < partitions.size(); i++) {
            List<Datum> bound = partitions.get(i).bound();
            int order = isMax(bound, 0) ? 1 : DatumOrder.compareRows(key.types(), bound, prefix);
            if (order > 0 || order == 0 && isMax(bound, prefix.size())) {
                return i;
            }
        }
        return partitions.size() - 1;
    }

    private static boolean isMax(List<Datum> bound, int column) {
        return column >= bound.size() || bound.get(column) instanceof Datum.Max;
    }

    private void add(int from, int to) {
        int end = Math.min(to, partitions.size() - 1);
        if (from <= end) {
            found.set(from, end + 1);
        }
    }
}
