package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.hash.DatumOrder;
import java.util.List;

/** The leaf that the server names when it has proved that no row can match. */
final class FirstLeaf {
    private FirstLeaf() {}

    /**
     * The first one in the server's order. List partitions are ordered by descending number of values, then by their least value; behind ALTER
     * TABLE the dictionary keeps the old numbers, the server's order is a new one (seen in recordings).
     */
    static int of(PartitionedTable table) {
        if (!table.first().function().isList()) {
            return 0;
        }
        List<Partition> partitions = table.partitions();
        List<ColumnType> types = table.first().boundType();
        int best = 0;
        for (int i = 1; i < partitions.size(); i++) {
            if (isBefore(types, partitions.get(i), partitions.get(best))) {
                best = i;
            }
        }
        return table.firstLeaf(best);
    }

    private static boolean isBefore(List<ColumnType> types, Partition one, Partition other) {
        int more = Integer.compare(one.values().size(), other.values().size());
        if (more != 0 || one.isDefault() || other.isDefault() || one.values().isEmpty() || types.isEmpty()) {
            return more > 0 && !one.isDefault();
        }
        return types.stream().allMatch(DatumOrder::supports)
                && DatumOrder.compareRows(
                                types, one.values().getFirst(), other.values().getFirst())
                        < 0;
    }
}
