package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.access.TableAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out which partitions of a table a statement touches, in two steps: {@link #compile} once for each table version and statement template, then
 * {@link PartitionPlan#evaluate} with the values of each execution. Stateless; never throws for any statement.
 */
public final class PartitionCalculator {
    private PartitionCalculator() {}

    /** Plan of one table of a block. */
    public static PartitionPlan compile(PartitionedTable table, QueryBlock block, TableAccess access) {
        return PlanCompiler.compile(table, block, access, List.of());
    }

    /**
     * Plan of one table of a block; conditions on other tables that are joined by equal columns count for this one, too.
     *
     * @param joined definitions of other tables of the block, as far as they are known
     */
    public static PartitionPlan compile(
            PartitionedTable table, QueryBlock block, TableAccess access, List<Joined> joined) {
        return PlanCompiler.compile(table, block, access, joined);
    }

    /** Another table of a block. */
    public record Joined(TableAccess access, PartitionedTable table) {}

    /**
     * Plans of all uses of a table in a statement, in the order of its blocks.
     *
     * @param name name of the table as the statement has it, with or without database
     */
    public static List<PartitionPlan> compile(PartitionedTable table, StatementAccess statement) {
        List<PartitionPlan> plans = new ArrayList<>();
        for (QueryBlock block : statement.blocks()) {
            for (TableAccess access : block.tables()) {
                if (isNamed(table, access.table())) {
                    plans.add(compile(table, block, access));
                }
            }
        }
        return List.copyOf(plans);
    }

    private static boolean isNamed(PartitionedTable table, TableName name) {
        String database = name.database();
        return table.name().equalsIgnoreCase(name.name())
                && (database == null || database.equalsIgnoreCase(table.database()));
    }
}
