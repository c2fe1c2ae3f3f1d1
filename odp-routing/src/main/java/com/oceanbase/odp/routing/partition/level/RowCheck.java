package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Filter;
import com.oceanbase.odp.routing.partition.convert.StoredExpressions;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.SqlValue;
import java.util.List;

/** Checks conditions for the rows of values that list partitions have. */
final class RowCheck {
    private final PartitionedTable table;
    private final PartitionLevel level;
    private final List<Filter> filters;
    private final EvaluationContext context;

    RowCheck(PartitionedTable table, PartitionLevel level, Box box, EvaluationContext context) {
        this.table = table;
        this.level = level;
        this.context = context;
        this.filters = level.expression() != null
                ? List.of()
                : box.filters().stream()
                        .filter(filter -> level.columns().containsAll(filter.columns()))
                        .toList();
    }

    /** False if a condition is certainly not true for the row. */
    boolean mayHold(List<Datum> row) {
        for (Filter filter : filters) {
            SqlValue value = StoredExpressions.condition(table, level.columns(), row, filter.condition(), context);
            if (value.isNull()) {
                return false;
            }
            Boolean holds = value.isUnknown() ? Boolean.TRUE : Numbers.isTrue(value);
            if (Boolean.FALSE.equals(holds)) {
                return false;
            }
        }
        return true;
    }
}
