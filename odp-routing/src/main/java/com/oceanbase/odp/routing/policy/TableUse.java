package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A table in the statements of one form, with what was worked out for the version of the table met last. Thread-safe: of
 * several threads that work it out at once one wins, and all come to the same.
 */
final class TableUse {
    /** Tables of more partitions keep no targets. */
    private static final int MAX_TARGETS = 1024;

    private final TableKey key;
    private final @Nullable QueryBlock block;
    private final @Nullable TableAccess access;
    private volatile @Nullable Version version;
    private volatile @Nullable Target whole;

    /**
     * Without block and access nothing but the name is known.
     *
     * @param access the table in the block
     */
    TableUse(TableKey key, @Nullable QueryBlock block, @Nullable TableAccess access) {
        this.key = key;
        this.block = block;
        this.access = access;
    }

    /** What was worked out for a version of the table. */
    private record Version(
            TableLocation.Partitioned table,
            PartitionPlanner.@Nullable Plan plan,
            AtomicReferenceArray<@Nullable Target> targets) {}

    TableKey key() {
        return key;
    }

    /** How the partitions follow from values; null when nothing is known of conditions or of the table's partitions. */
    PartitionPlanner.@Nullable Plan plan(TableLocation.Partitioned table, PartitionPlanner planner) {
        return version(table, planner).plan();
    }

    private Version version(TableLocation.Partitioned table, PartitionPlanner planner) {
        Version known = version;
        if (known == null || known.table() != table) {
            PartitionedTable definition = table.definition();
            PartitionPlanner.Plan plan = definition == null || block == null || access == null
                    ? null
                    : planner.plan(definition, block, access);
            known = new Version(table, plan, new AtomicReferenceArray<>(Math.min(table.leafCount(), MAX_TARGETS)));
            version = known;
        }
        return known;
    }

    /** The target for a partition. The same object as before unless its copies have moved. */
    Target target(TableLocation.Partitioned table, int leaf, ReplicaSet replicas) {
        Version known = version;
        if (known == null || known.table() != table || leaf >= known.targets().length()) {
            return new Target(table, leaf, replicas, RouteReason.PARTITION_LEADER);
        }
        Target target = known.targets().get(leaf);
        if (target == null || target.replicas() != replicas) {
            target = new Target(table, leaf, replicas, RouteReason.PARTITION_LEADER);
            known.targets().set(leaf, target);
        }
        return target;
    }

    /** The target for a table of one partition. The same object as before unless the location has changed. */
    Target target(TableLocation.SinglePartition table) {
        Target target = whole;
        if (target == null || target.partition().table() != table) {
            target = new Target(table, LocationSource.NO_LEAF, table.replicas(), RouteReason.TABLE_LEADER);
            whole = target;
        }
        return target;
    }

    /** Whether this is what a statement writes. */
    boolean isWritten() {
        return block != null && !block.tables().isEmpty() && block.tables().getFirst() == access && writes(block);
    }

    private static boolean writes(QueryBlock block) {
        return switch (block.kind()) {
            case INSERT, REPLACE, UPDATE, DELETE, MERGE, LOAD_DATA, SELECT_FOR_UPDATE -> true;
            case SELECT, CALL, OTHER -> false;
        };
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
