package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.condition.ConditionCompiler;
import com.oceanbase.odp.sql.access.BlockKind;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.access.WrittenRows;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes plans. */
final class PlanCompiler {
    private PlanCompiler() {}

    static PartitionPlan compile(
            PartitionedTable table, QueryBlock block, TableAccess access, List<PartitionCalculator.Joined> joined) {
        PartitionSet named = named(table, access.partitions());
        WrittenRows rows = block.rows();
        if (rows != null && isTarget(block, access) && !rows.rows().isEmpty()) {
            RowPlan plan = new RowPlan(table, rows, PlainLevels.of(table, true));
            return new PartitionPlan(table, Condition.Always.INSTANCE, plan, named, null);
        }
        Condition condition = isTarget(block, access) && isInsert(block.kind())
                ? new Condition.Unusable("the rows come from a query", null)
                : ConditionCompiler.compile(table, access, JoinedConditions.extend(table, block, access, joined));
        PlainPlan plain = named == null ? PlainPlan.of(table, condition) : null;
        return new PartitionPlan(table, condition, null, named, plain);
    }

    private static boolean isTarget(QueryBlock block, TableAccess access) {
        return block.tables().getFirst() == access;
    }

    private static boolean isInsert(BlockKind kind) {
        return kind == BlockKind.INSERT || kind == BlockKind.REPLACE || kind == BlockKind.LOAD_DATA;
    }

    /** The leaves of PARTITION (..); null if there is no such clause or it names what the table does not have. */
    private static @Nullable PartitionSet named(PartitionedTable table, List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        BitSet leaves = new BitSet(table.leafCount());
        int first = -1;
        for (String name : names) {
            PartitionSet set = table.named(name);
            if (set == null) {
                return null;
            }
            leaves.or(set.leaves());
            first = first < 0 ? set.preferred() : first;
        }
        return leaves.cardinality() == 1
                ? table.leaf(leaves.nextSetBit(0))
                : PartitionSet.of(table.leafCount(), leaves, PartitionSet.Precision.EXACT, "")
                        .preferring(first);
    }
}
