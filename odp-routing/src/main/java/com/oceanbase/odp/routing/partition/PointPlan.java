package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.value.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** Finds the leaf of a row whose keys are given as plain integers, without allocation. */
final class PointPlan {
    private PointPlan() {}

    static @Nullable PointPlan of(PartitionedTable table, Condition condition) {
        return null;
    }

    /** The leaf, -1 if a value is not a plain integer. */
    int evaluate(EvaluationContext context) {
        return -1;
    }
}
