package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.condition.Region;
import java.util.ArrayList;
import java.util.List;

/** Says in plain words why a statement may touch several partitions. */
final class Explanation {
    static final String NO_VALUE = "no value for key column ";
    static final String RANGE = "a range of key column ";
    static final String SEVERAL_VALUES = "several values of the partition key";

    private Explanation() {}

    static String of(PartitionedTable table, Region region, String unusable, int count) {
        String why = unusable;
        if (why.isEmpty()) {
            why = cause(table, region);
        }
        return why + ": " + count + " partitions possible";
    }

    private static String cause(PartitionedTable table, Region region) {
        List<Integer> keys = new ArrayList<>(table.first().columns());
        PartitionLevel second = table.second();
        if (second != null) {
            keys.addAll(second.columns());
        }
        if (table.first().function() == PartitionFunction.UNSUPPORTED
                || second != null && second.function() == PartitionFunction.UNSUPPORTED) {
            return "the table is partitioned in a way that is not calculated here";
        }
        int leaf = table.leafDomain();
        if (leaf >= 0 && region.boxes().stream().allMatch(box -> !(box.domain(leaf) instanceof Domain.Any))) {
            return "several ROWIDs";
        }
        for (int key : keys) {
            String name = table.columns().get(key).name();
            for (Box box : region.boxes()) {
                if (box.domain(key) instanceof Domain.Any) {
                    return NO_VALUE + name;
                }
                if (box.domain(key) instanceof Domain.Interval) {
                    return RANGE + name;
                }
            }
        }
        return SEVERAL_VALUES;
    }
}
