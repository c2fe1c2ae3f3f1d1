package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.hash.DatumOrder;
import com.oceanbase.odp.routing.value.EvaluationContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Finds the partitions of a level that may hold rows of a box. Made for one level and box; used for the partitions of one or more parents. */
public final class LevelPruner {
    private final PartitionFunction function;
    private final boolean oracleMode;
    private final KeyDomains key;
    private final RowCheck check;

    public LevelPruner(PartitionedTable table, PartitionLevel level, Box box, EvaluationContext context) {
        this.function = level.function();
        this.oracleMode = table.oracleMode();
        this.check = new RowCheck(table, level, box, context);
        this.key = function == PartitionFunction.UNSUPPORTED
                ? new KeyDomains(List.of(), List.of())
                : LevelKey.of(table, level, box, context);
    }

    /** Indexes of the partitions that may hold such rows; empty if none does. */
    public BitSet prune(List<Partition> partitions) {
        return switch (function) {
            case HASH, KEY -> hashed(partitions.size());
            case RANGE, RANGE_COLUMNS -> RangePruner.prune(key, partitions, oracleMode);
            case LIST, LIST_COLUMNS -> listed(partitions);
            case UNSUPPORTED -> all(partitions.size());
        };
    }

    private static BitSet all(int count) {
        BitSet set = new BitSet(count);
        set.set(0, count);
        return set;
    }

    private BitSet hashed(int count) {
        List<List<Datum>> points = new ArrayList<>(key.domains().size());
        for (int i = 0; i < key.domains().size(); i++) {
            Domain domain = Enumeration.points(key.types().get(i), key.domains().get(i));
            if (!(domain instanceof Domain.Points(List<Datum> values))) {
                return domain instanceof Domain.None ? new BitSet() : all(count);
            }
            points.add(values);
        }
        List<List<Datum>> rows = Enumeration.product(points, LevelKey.MAX_ROWS);
        BitSet set = new BitSet(count);
        for (List<Datum> row : rows) {
            int index = HashIndex.of(function, key.types(), row, count, oracleMode);
            if (index < 0) {
                return all(count);
            }
            set.set(index);
        }
        return rows.isEmpty() ? all(count) : set;
    }

    private BitSet listed(List<Partition> partitions) {
        List<Domain> domains = new ArrayList<>(key.domains().size());
        boolean finite = true;
        for (int i = 0; i < key.domains().size(); i++) {
            if (!DatumOrder.supports(key.types().get(i))) {
                return all(partitions.size());
            }
            Domain domain = Enumeration.points(key.types().get(i), key.domains().get(i));
            domains.add(domain);
            finite &= domain instanceof Domain.Points;
        }
        BitSet set = new BitSet(partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            for (List<Datum> row : partitions.get(i).values()) {
                if (contains(domains, row)) {
                    set.set(i);
                    break;
                }
            }
        }
        if (!finite || !allListed(domains, partitions)) {
            for (int i = 0; i < partitions.size(); i++) {
                if (partitions.get(i).isDefault()) {
                    set.set(i);
                }
            }
        }
        return set;
    }

    private boolean contains(List<Domain> domains, List<Datum> row) {
        for (int i = 0; i < domains.size(); i++) {
            if (!domains.get(i).contains(key.types().get(i), row.get(i))) {
                return false;
            }
        }
        return check.mayHold(row);
    }

    private boolean allListed(List<Domain> domains, List<Partition> partitions) {
        List<List<Datum>> points = new ArrayList<>(domains.size());
        for (Domain domain : domains) {
            points.add(((Domain.Points) domain).values());
        }
        List<List<Datum>> rows = Enumeration.product(points, LevelKey.MAX_ROWS);
        for (List<Datum> row : rows) {
            if (!isListed(row, partitions)) {
                return false;
            }
        }
        return !rows.isEmpty();
    }

    private boolean isListed(List<Datum> row, List<Partition> partitions) {
        for (Partition partition : partitions) {
            for (List<Datum> values : partition.values()) {
                if (values.size() == row.size() && DatumOrder.compareRows(key.types(), values, row) == 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
