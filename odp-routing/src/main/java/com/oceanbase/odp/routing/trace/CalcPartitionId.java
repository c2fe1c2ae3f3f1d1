package com.oceanbase.odp.routing.trace;

/**
 * The partition is computed.
 *
 * @param description how the table is partitioned, as {@code partition by hash(BIGINT<binary>) partitions 4}; empty when
 *     it cannot be told
 */
public record CalcPartitionId(String description, String why) implements TracePoint {
    /** Bounds the texts. */
    public CalcPartitionId {
        description = Bounded.description(description);
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "CALC_PARTITION_ID";
    }

    @Override
    public int level() {
        return 3;
    }

    @Override
    public void fields(Fields out) {
        out.textIfAny("part_description", description);
    }

    @Override
    public void prompts(Prompts out) {
        if (description.isEmpty()) {
            out.warn("Invalid partition description");
        }
    }
}
