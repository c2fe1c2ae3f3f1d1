package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.level.IntegerLevel;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the leaf of a row whose keys are all given as plain integers, without allocation. */
final class PointPlan {
    private final PartitionedTable table;
    private final IntegerLevel first;

    /** One for each partition, empty if there is no second level. */
    private final List<IntegerLevel> second;

    private PointPlan(PartitionedTable table, IntegerLevel first, List<IntegerLevel> second) {
        this.table = table;
        this.first = first;
        this.second = second;
    }

    /** A plan if the condition fixes all key columns and these are integers; else null. */
    static @Nullable PointPlan of(PartitionedTable table, Condition condition) {
        if (table.oracleMode()) {
            return null;
        }
        Expression[] values = new Expression[table.columns().size()];
        collect(condition, values);
        IntegerLevel first = IntegerLevel.of(table, table.first(), table.partitions(), values);
        PartitionLevel level = table.second();
        if (first == null) {
            return null;
        }
        List<IntegerLevel> second = new ArrayList<>();
        if (level != null) {
            for (Partition partition : table.partitions()) {
                IntegerLevel found = IntegerLevel.of(table, level, partition.subPartitions(), values);
                if (found == null) {
                    return null;
                }
                second.add(found);
            }
        }
        return new PointPlan(table, first, List.copyOf(second));
    }

    private static void collect(Condition condition, @Nullable Expression[] values) {
        switch (condition) {
            case Condition.Junction(boolean and, List<Condition> terms)
            when and -> terms.forEach(term -> collect(term, values));
            case Condition.Compare compare
            when compare.operator() == BinaryOperator.EQUAL && compare.column() < values.length -> {
                if (values[compare.column()] == null) {
                    values[compare.column()] = compare.value();
                }
            }
            default -> {
                // Other terms only leave fewer rows of the same partition.
            }
        }
    }

    /** The leaf, -1 if a value is not a plain integer or no partition is for it. */
    int evaluate(EvaluationContext context) {
        int partition = first.index(context);
        if (partition < 0 || second.isEmpty()) {
            return partition;
        }
        int subPartition = second.get(partition).index(context);
        return subPartition < 0 ? -1 : table.firstLeaf(partition) + subPartition;
    }
}
