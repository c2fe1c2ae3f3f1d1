package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import org.jspecify.annotations.Nullable;

/** Works out how the partitions of a table follow from the values of a statement. Thread-safe. */
@FunctionalInterface
public interface PartitionPlanner {
    /** A plan for all statements of one form on one version of a table. */
    Plan plan(PartitionedTable table, QueryBlock block, TableAccess use);

    /** Which partitions the values of a statement mean. Thread-safe. */
    @FunctionalInterface
    interface Plan {
        /**
         * The partitions.
         *
         * @param trace takes how they were computed; null when nobody wants to know
         */
        PartitionSet partitions(RoutedStatement statement, SessionView session, @Nullable RouteTrace trace);
    }
}
