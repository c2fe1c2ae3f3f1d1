package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.partition.PartitionCalculator;
import com.oceanbase.odp.routing.partition.PartitionPlan;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import org.jspecify.annotations.Nullable;

/** Partitions as {@link PartitionCalculator} finds them. */
public final class CalculatedPartitions implements PartitionPlanner {
    private static final LiteralSlots NO_LITERALS = new LiteralSlots();

    @Override
    public Plan plan(PartitionedTable table, QueryBlock block, TableAccess use) {
        PartitionPlan plan = PartitionCalculator.compile(table, block, use);
        return (statement, session, trace) -> plan.evaluate(context(statement, session));
    }

    private static EvaluationContext context(RoutedStatement statement, SessionView session) {
        @Nullable LiteralSlots literals = statement.literals();
        @Nullable ParameterValues parameters = statement.parameters();
        return new EvaluationContext(
                literals == null ? NO_LITERALS : literals,
                parameters == null ? ParameterValues.NONE : parameters,
                session.values());
    }
}
