package com.oceanbase.odp.routing.trace;

/**
 * Which partitions the statement is about.
 *
 * @param partitionId id of the partition (4.x: its tablet), -1 when there is not exactly one
 * @param partitionLevel levels of the table's partitioning, 1 or 2
 * @param partName name that the statement gives in {@code PARTITION (..)}, empty when it gives none
 * @param partitions positions of the partitions as the server's EXPLAIN names them, as {@code (p0sp1)}; empty when
 *     unknown. {@link PartitionNames} writes them.
 * @param possible how many partitions the statement may be about: 1 when it is known, that of all when nothing is
 * @param routedSql the text that was routed by when it is not the request's own, else empty
 */
public record PartitionIdCalcDone(
        long partitionId,
        int partitionLevel,
        String partName,
        String partitions,
        int possible,
        String routedSql,
        String why)
        implements TracePoint {
    /** The id when there is not exactly one. */
    public static final long NONE = -1;

    /** Bounds the texts. */
    public PartitionIdCalcDone {
        partName = Bounded.field(partName);
        partitions = Bounded.field(partitions);
        routedSql = Bounded.description(routedSql);
        why = Bounded.description(why);
    }

    /** Exactly one partition, computed from the keys. */
    public static PartitionIdCalcDone one(long partitionId, int partitionLevel, String partitions, String why) {
        return new PartitionIdCalcDone(partitionId, partitionLevel, "", partitions, 1, "", why);
    }

    /** Several partitions of all; the positions may be left out when that is all of them. */
    public static PartitionIdCalcDone several(int partitionLevel, String partitions, int possible, String why) {
        return new PartitionIdCalcDone(NONE, partitionLevel, "", partitions, possible, "", why);
    }

    /** The same, for a statement that names its partition. */
    public PartitionIdCalcDone withPartName(String given) {
        return new PartitionIdCalcDone(partitionId, partitionLevel, given, partitions, possible, routedSql, why);
    }

    /** The same, computed from another text than the request's own. */
    public PartitionIdCalcDone withRoutedSql(String text) {
        return new PartitionIdCalcDone(partitionId, partitionLevel, partName, partitions, possible, text, why);
    }

    @Override
    public String name() {
        return "PARTITION_ID_CALC_DONE";
    }

    @Override
    public int level() {
        return 2;
    }

    @Override
    public void fields(Fields out) {
        out.number("partition_id", partitionId);
        out.number("level", partitionLevel);
        if (partName.isEmpty()) {
            out.textIfAny("partitions", partitions);
        } else {
            out.text("part_name", partName);
        }
        if (possible != 1) {
            out.number("possible_partitions", possible);
        }
        out.textIfAny("parse_sql", routedSql);
    }

    @Override
    public void prompts(Prompts out) {
        if (!partName.isEmpty()) {
            if (partitionId == NONE && possible != 1) {
                out.warn("Fail to use specified partition name(" + partName + ") to get one partition id");
            } else {
                out.info("Will route to specified partition(" + partName + ") id(" + partitionId + ")");
            }
        } else if (possible == 0) {
            out.info("No partition can hold what the statement asks for");
        } else if (partitionId == NONE) {
            out.warn("Fail to use partition key values to calculate one partition, " + possible + " are possible");
        }
    }
}
