package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.plan.PartitionCalculator;
import com.oceanbase.odp.routing.partition.plan.PartitionPlan;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.List;

/** Works out how the partitions of a table follow from the values of a statement. Thread-safe. */
@FunctionalInterface
public interface PartitionPlanner {
    /** By the conditions and rows of the statement. */
    PartitionPlanner CALCULATED = (table, block, use, joined) -> {
        PartitionPlan plan = PartitionCalculator.compile(table, block, use, joined);
        return (statement, session) -> evaluate(plan, statement, session);
    };

    /**
     * A plan for all statements of one form on one version of a table.
     *
     * @param joined other partitioned tables of the block, as far as they are known
     */
    Plan plan(PartitionedTable table, QueryBlock block, TableAccess use, List<PartitionCalculator.Joined> joined);

    /** Which partitions the values of a statement mean. Thread-safe. */
    @FunctionalInterface
    interface Plan {
        /** The partitions. */
        PartitionSet partitions(RoutedStatement statement, SessionView session);
    }

    private static PartitionSet evaluate(PartitionPlan plan, RoutedStatement statement, SessionView session) {
        LiteralSlots literals = statement.literals();
        ParameterValues parameters = statement.parameters();
        if (literals == null) {
            return plan.table().all();
        }
        return plan.evaluate(literals, parameters == null ? ParameterValues.NONE : parameters, session.values());
    }
}
