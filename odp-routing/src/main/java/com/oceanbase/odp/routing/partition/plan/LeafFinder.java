package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.level.GeneratedColumns;
import com.oceanbase.odp.routing.partition.level.LevelPruner;
import com.oceanbase.odp.routing.value.EvaluationContext;
import java.util.BitSet;

/** Finds the leaves that may hold rows of a box. */
final class LeafFinder {
    private final PartitionedTable table;
    private final EvaluationContext context;

    LeafFinder(PartitionedTable table, EvaluationContext context) {
        this.table = table;
        this.context = context;
    }

    /** Adds the leaves of a box. */
    void add(Box given, BitSet leaves) {
        int limited = table.leafDomain();
        if (limited < 0 || given.domain(limited) instanceof Domain.Any) {
            addByValues(given, leaves);
            return;
        }
        BitSet found = new BitSet(table.leafCount());
        addByValues(given, found);
        for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
            if (given.domain(limited).contains(ColumnType.BIGINT, new Datum.Whole(i))) {
                leaves.set(i);
            }
        }
    }

    private void addByValues(Box given, BitSet leaves) {
        Box box = GeneratedColumns.derive(table, given, context);
        if (box.isEmpty()) {
            return;
        }
        BitSet partitions = new LevelPruner(table, table.first(), box, context).prune(table.partitions());
        PartitionLevel second = table.second();
        if (second == null) {
            leaves.or(partitions);
            return;
        }
        LevelPruner pruner = new LevelPruner(table, second, box, context);
        for (int i = partitions.nextSetBit(0); i >= 0; i = partitions.nextSetBit(i + 1)) {
            BitSet subPartitions = pruner.prune(table.partitions().get(i).subPartitions());
            int first = table.firstLeaf(i);
            for (int j = subPartitions.nextSetBit(0); j >= 0; j = subPartitions.nextSetBit(j + 1)) {
                leaves.set(first + j);
            }
        }
    }
}
