package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableKeys;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.plan.PartitionCalculator;
import com.oceanbase.odp.sql.access.BlockKind;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import java.util.ArrayList;
import java.util.List;
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
    private List<TableUse> siblings = List.of();
    private volatile @Nullable Version version;
    private volatile @Nullable Target whole;
    private volatile @Nullable Target amongSeveral;
    private volatile @Nullable Expansion expansion;

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

    /** What was worked out for a version of the table and the versions of the tables that it is joined with. */
    private record Version(
            TableLocation.Partitioned table,
            TableLocation.@Nullable Partitioned[] joined,
            PartitionPlanner.@Nullable Plan plan,
            List<TableUse> indexes,
            AtomicReferenceArray<@Nullable Target> targets) {}

    /** The tables of a view, with what the statement demands of the view. */
    private record Expansion(TableLocation.View view, List<TableUse> uses) {}

    TableKey key() {
        return key;
    }

    /** What is used of the tables of a view whose name this is. */
    List<TableUse> uses(TableLocation.View view) {
        Expansion known = expansion;
        if (known == null || known.view() != view) {
            TableKeys keys = new TableKeys(key.cluster(), key.tenant(), true);
            List<TableUse> uses = new ArrayList<>();
            for (QueryBlock inner : view.definition().expand(block, access)) {
                collect(inner, keys, key.database(), uses);
            }
            known = new Expansion(view, List.copyOf(uses));
            expansion = known;
        }
        return known.uses();
    }

    /** Adds the tables of a block that are not the system's, those that are written before all others. */
    static void collect(QueryBlock block, TableKeys keys, String database, List<TableUse> uses) {
        int written = 0;
        while (written < uses.size() && uses.get(written).isWritten()) {
            written++;
        }
        List<TableUse> own = new ArrayList<>();
        for (TableAccess table : block.tables()) {
            TableKey named = keys.key(table.table(), database);
            if (named == null || block.kind() == BlockKind.CALL) {
                continue;
            }
            TableUse use = new TableUse(named, block, table);
            uses.add(use.isWritten() ? written++ : uses.size(), use);
            own.add(use);
        }
        for (TableUse use : own) {
            use.siblings(own.stream().filter(other -> other != use).toList());
        }
    }

    /** The other tables of its block. Called once, before the use is shared. */
    private void siblings(List<TableUse> others) {
        siblings = others;
    }

    /** How the partitions follow from values; null when nothing is known of conditions or of the table's partitions. */
    PartitionPlanner.@Nullable Plan plan(
            TableLocation.Partitioned table, PartitionPlanner planner, LocationSource locations) {
        Version known = version;
        if (known == null || known.table() != table || !areSame(known.joined(), locations)) {
            known = version(table, planner, locations);
            version = known;
        }
        return known.plan();
    }

    private boolean areSame(TableLocation.@Nullable Partitioned[] joined, LocationSource locations) {
        for (int i = 0; i < joined.length; i++) {
            if (joined[i] != siblings.get(i).partitioned(locations)) {
                return false;
            }
        }
        return true;
    }

    private TableLocation.@Nullable Partitioned partitioned(LocationSource locations) {
        return locations.cached(key) instanceof TableLocation.Partitioned table ? table : null;
    }

    private Version version(TableLocation.Partitioned table, PartitionPlanner planner, LocationSource locations) {
        TableLocation.@Nullable Partitioned[] joined = new TableLocation.Partitioned[siblings.size()];
        List<PartitionCalculator.Joined> definitions = new ArrayList<>();
        for (int i = 0; i < joined.length; i++) {
            TableLocation.Partitioned other = siblings.get(i).partitioned(locations);
            PartitionedTable definition = other == null ? null : other.definition();
            TableAccess otherAccess = siblings.get(i).access;
            joined[i] = other;
            if (definition != null && otherAccess != null) {
                definitions.add(new PartitionCalculator.Joined(otherAccess, definition));
            }
        }
        PartitionedTable definition = table.definition();
        PartitionPlanner.Plan plan = definition == null || block == null || access == null
                ? null
                : planner.plan(definition, block, access, definitions);
        int targets = Math.min(table.leafCount(), MAX_TARGETS);
        return new Version(table, joined, plan, indexes(table), new AtomicReferenceArray<>(targets));
    }

    private List<TableUse> indexes(TableLocation.Partitioned table) {
        QueryBlock in = block;
        TableAccess self = access;
        return in == null || self == null || table.globalIndexes().isEmpty()
                ? List.of()
                : table.globalIndexes().stream()
                        .filter(index -> IndexedColumn.isGiven(in, self, index.leadingColumn()))
                        .map(index -> new TableUse(index.table(), in, self))
                        .toList();
    }

    /** The global indexes by which the statement may find its rows, as of the last {@link #plan}. */
    List<TableUse> indexes() {
        Version known = version;
        return known == null ? List.of() : known.indexes();
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

    /** The target for a partition that stands for several. The same object as before if it is the same one again. */
    Target target(TableLocation.Partitioned table, int leaf, ReplicaSet replicas, RouteReason reason) {
        Target target = amongSeveral;
        if (target == null || !target.isOf(table, leaf, replicas, reason)) {
            target = new Target(table, leaf, replicas, reason);
            amongSeveral = target;
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
