package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries conditions from one table to another that is joined by equal columns. */
final class JoinedConditions {
    private JoinedConditions() {}

    static @Nullable Expression extend(
            PartitionedTable table, QueryBlock block, TableAccess access, List<PartitionCalculator.Joined> joined) {
        return block.conditionOf(access);
    }
}
