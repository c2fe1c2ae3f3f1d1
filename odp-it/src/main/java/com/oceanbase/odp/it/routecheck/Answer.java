package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What ODP calculates for one table of a statement.
 *
 * @param table the table
 * @param set its partitions
 */
record Answer(PartitionedTable table, PartitionSet set) {
    /** Names of the partitions. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int leaf = set.next(0); leaf >= 0; leaf = set.next(leaf + 1)) {
            names.add(table.leaves().get(leaf).name());
        }
        return names;
    }

    /** Name of the partition that ODP would choose. */
    String preferred() {
        Partition leaf = table.leaves().get(set.preferred());
        return leaf.name();
    }
}
