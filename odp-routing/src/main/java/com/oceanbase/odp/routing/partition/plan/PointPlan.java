package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.level.PointLevel;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the leaf of a row whose keys are all given as plain literals or integer parameters, without allocation. */
final class PointPlan {
    private final PartitionedTable table;
    private final PointLevel first;

    /** One for each partition, empty if there is no second level. */
    private final List<PointLevel> second;

    private PointPlan(PartitionedTable table, PointLevel first, List<PointLevel> second) {
        this.table = table;
        this.first = first;
        this.second = second;
    }

    /** A plan if the condition fixes all key columns and these are of types that are looked up so; else null. */
    static @Nullable PointPlan of(PartitionedTable table, Condition condition) {
        if (table.oracleMode()) {
            return null;
        }
        Expression[] values = new Expression[table.columns().size()];
        collect(condition, values);
        PointLevel first = PointLevel.of(table, table.first(), table.partitions(), values);
        PartitionLevel level = table.second();
        if (first == null) {
            return null;
        }
        List<PointLevel> second = new ArrayList<>();
        if (level != null) {
            for (Partition partition : table.partitions()) {
                PointLevel found = PointLevel.of(table, level, partition.subPartitions(), values);
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

    /** The leaf, -1 if a value is not plain or no partition is for it. */
    int evaluate(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        int partition = first.index(literals, parameters, session);
        if (partition < 0 || second.isEmpty()) {
            return partition;
        }
        int subPartition = second.get(partition).index(literals, parameters, session);
        return subPartition < 0 ? -1 : table.firstLeaf(partition) + subPartition;
    }
}
