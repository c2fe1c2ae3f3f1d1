package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.level.PointLevel;
import com.oceanbase.odp.routing.partition.level.Run;
import com.oceanbase.odp.routing.partition.level.Selection;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds leaves by keys whose values are plain, without allocation. */
final class PlainLevels {
    private static final Expression[] NO_KEY = {};

    private final PartitionedTable table;
    private final PointLevel first;

    /** One for each partition, empty if there is no second level. */
    private final List<PointLevel> second;

    private PlainLevels(PartitionedTable table, PointLevel first, List<PointLevel> second) {
        this.table = table;
        this.first = first;
        this.second = second;
    }

    /** The look-ups of a table, null if its keys are of types that are not looked up so. */
    static @Nullable PlainLevels of(PartitionedTable table, boolean stored) {
        PointLevel first = table.oracleMode() ? null : PointLevel.of(table, table.first(), table.partitions(), stored);
        PartitionLevel level = table.second();
        if (first == null) {
            return null;
        }
        List<PointLevel> second = new ArrayList<>();
        if (level != null) {
            for (int i = 0; i < table.partitions().size(); i++) {
                List<Partition> subPartitions = table.partitions().get(i).subPartitions();
                PointLevel found = i > 0 && isSame(table.partitions().get(i - 1).subPartitions(), subPartitions)
                        ? second.getLast()
                        : PointLevel.of(table, level, subPartitions, stored);
                if (found == null) {
                    return null;
                }
                second.add(found);
            }
        }
        return new PlainLevels(table, first, List.copyOf(second));
    }

    /** Whether partitions are divided alike, as those by a template are. */
    private static boolean isSame(List<Partition> a, List<Partition> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            List<Datum> bound = a.get(i).bound();
            if (!bound.equals(b.get(i).bound())
                    || !a.get(i).values().equals(b.get(i).values())
                    || a.get(i).isDefault() != b.get(i).isDefault()) {
                return false;
            }
        }
        return true;
    }

    /** Whether ranges of the keys of a level can be looked up. */
    boolean hasRanges(boolean ofSecond) {
        return ofSecond ? second.getFirst().hasRanges() : first.hasRanges();
    }

    /**
     * The key of a level.
     *
     * @param values for each column of the table its value, null for none
     * @return null if a value is missing; empty for a level that is not there
     */
    static Expression @Nullable [] key(@Nullable PartitionLevel level, @Nullable Expression[] values) {
        if (level == null) {
            return NO_KEY;
        }
        Expression[] key = new Expression[level.columns().size()];
        for (int i = 0; i < key.length; i++) {
            Expression value = values[level.columns().get(i)];
            if (value == null) {
                return null;
            }
            key[i] = value;
        }
        return key;
    }

    /** The leaf of a row, -1 if a value is not plain or no partition is for it. */
    int leaf(
            Expression[] firstKey,
            Expression[] secondKey,
            LiteralSlots literals,
            ParameterValues parameters,
            SessionValues session) {
        int partition = first.index(firstKey, literals, parameters, session);
        if (partition < 0 || second.isEmpty()) {
            return partition;
        }
        int subPartition = second.get(partition).index(secondKey, literals, parameters, session);
        return subPartition < 0 ? -1 : table.firstLeaf(partition) + subPartition;
    }

    /** The leaves that conditions select, as a {@link Run}. */
    long run(
            Selection ofFirst,
            Selection ofSecond,
            LiteralSlots literals,
            ParameterValues parameters,
            SessionValues session) {
        long partitions = first.run(ofFirst, literals, parameters, session);
        if (partitions < 0 || second.isEmpty()) {
            return partitions;
        }
        int from = Run.first(partitions);
        int end = Run.end(partitions);
        if (ofSecond instanceof Selection.All) {
            return Run.of(table.firstLeaf(from), table.firstLeaf(end));
        }
        if (end - from > 1) {
            return Run.SCATTERED;
        }
        long own = second.get(from).run(ofSecond, literals, parameters, session);
        int offset = table.firstLeaf(from);
        return own < 0 ? own : Run.of(offset + Run.first(own), offset + Run.end(own));
    }

    /** Sets the bits of leaves; false if a value is not plain, or no partition is for it. */
    boolean select(
            Selection ofFirst,
            Selection ofSecond,
            LiteralSlots literals,
            ParameterValues parameters,
            SessionValues session,
            long[] leaves) {
        if (second.isEmpty()) {
            return first.select(ofFirst, literals, parameters, session, leaves, 0);
        }
        long[] partitions = words(first.count());
        if (!first.select(ofFirst, literals, parameters, session, partitions, 0)) {
            return false;
        }
        for (int i = 0; i < first.count(); i++) {
            if ((partitions[i >> 6] >>> i & 1) != 0
                    && !second.get(i).select(ofSecond, literals, parameters, session, leaves, table.firstLeaf(i))) {
                return false;
            }
        }
        return true;
    }

    /** Room for so many bits. */
    static long[] words(int count) {
        return new long[count + Long.SIZE - 1 >> 6];
    }
}
