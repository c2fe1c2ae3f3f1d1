package com.oceanbase.odp.routing.partition;

import java.util.List;

/**
 * A partition or sub-partition; its place in its list is its index in the sense of HASH and KEY.
 *
 * @param name its name as the dictionary has it
 * @param id {@code part_id} or {@code sub_part_id}
 * @param physicalId tablet id (version 4) or partition id (before) by which its replicas are found; 0 for a partition with sub-partitions
 * @param bound upper bound of a range partition, exclusive; may be shorter than the key after {@link Datum.Max}; empty otherwise
 * @param values rows of a list partition; empty otherwise
 * @param isDefault the list partition of all values that no other lists
 * @param subPartitions its sub-partitions, empty if the table has one level
 */
public record Partition(
        String name,
        long id,
        long physicalId,
        List<Datum> bound,
        List<List<Datum>> values,
        boolean isDefault,
        List<Partition> subPartitions) {
    /** Copies the lists. */
    public Partition {
        bound = List.copyOf(bound);
        values = List.copyOf(values);
        subPartitions = List.copyOf(subPartitions);
    }
}
