package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.trace.RouteInfo;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds the partition that a statement is routed by. Of several tables the one that is written decides if its partition
 * is known, then the first whose partition is known, then the first at all. Of several partitions their common leader
 * decides, or the server that leads most of them. Thread-safe; allocates nothing when one table with one partition is
 * known.
 */
final class TargetFinder {
    /** Partitions of a table that are looked at when the statement may touch many. */
    private static final int MAX_LOOKED_AT = 64;

    /** A statement waits for all of its partitions to be found when it has at most so many. */
    private static final int MAX_AWAITED = 16;

    /** Views of views that are looked through, and tables that may come of it. */
    private static final int MAX_VIEW_DEPTH = 8;

    private static final int MAX_VIEW_TABLES = 64;

    private final LocationSource locations;
    private final PartitionPlanner planner;

    TargetFinder(LocationSource locations, PartitionPlanner planner) {
        this.locations = locations;
        this.planner = planner;
    }

    /**
     * Looks for it.
     *
     * @param calculate whether partitions are calculated
     * @param mayWait whether what is missing may be waited for
     */
    Finding find(
            RouteRequest request, RoutedStatement statement, StatementPlan plan, boolean calculate, boolean mayWait) {
        return find(request, statement, plan.uses(), calculate, mayWait, 0);
    }

    /**
     * Looks in tables.
     *
     * @param uses those of the plan, or in place of views those of their queries
     * @param depth how often views were looked through
     */
    private Finding find(
            RouteRequest request,
            RoutedStatement statement,
            List<TableUse> uses,
            boolean calculate,
            boolean mayWait,
            int depth) {
        Finding several = null;
        List<CompletableFuture<?>> missing = null;
        boolean anywhere = true;
        for (int i = 0; i < uses.size(); i++) {
            TableUse use = uses.get(i);
            TableLocation location = locations.cached(use.key());
            if (location == null) {
                anywhere = false;
                if (mayWait) {
                    missing = missing == null ? new ArrayList<>() : missing;
                    missing.add(locations.request(use.key()));
                }
                continue;
            }
            RouteNotes.table(request, location, locations);
            if (location instanceof TableLocation.View && depth < MAX_VIEW_DEPTH) {
                List<TableUse> inside = insideViews(uses);
                if (inside.size() <= MAX_VIEW_TABLES) {
                    return find(request, statement, inside, calculate, mayWait, depth + 1);
                }
            }
            anywhere &= location instanceof TableLocation.Anywhere;
            Finding found = inTable(request, statement, use, location, calculate, mayWait);
            boolean decided = found instanceof Target target && isDecided(target, use);
            if (found != null && missing == null && (decided || found instanceof Finding.Missing)) {
                return found;
            }
            several = several == null || decided ? found : several;
        }
        if (missing != null) {
            return new Finding.Missing(
                    CompletableFuture.allOf(missing.toArray(CompletableFuture[]::new)), "locations of " + uses);
        }
        if (several != null) {
            return several;
        }
        return uses.isEmpty() || anywhere ? Finding.Nothing.WITHOUT_TABLE : Finding.Nothing.UNKNOWN;
    }

    private List<TableUse> insideViews(List<TableUse> uses) {
        List<TableUse> inside = new ArrayList<>();
        for (TableUse use : uses) {
            if (locations.cached(use.key()) instanceof TableLocation.View view) {
                inside.addAll(use.uses(view));
            } else {
                inside.add(use);
            }
        }
        return inside;
    }

    /** Whether no other table can tell better. */
    private static boolean isDecided(Target target, TableUse use) {
        return switch (target.reason()) {
            case PARTITION_LEADER, TABLE_LEADER -> true;
            case COMMON_LEADER -> use.isWritten();
            default -> false;
        };
    }

    private @Nullable Finding inTable(
            RouteRequest request,
            RoutedStatement statement,
            TableUse use,
            TableLocation location,
            boolean calculate,
            boolean mayWait) {
        return switch (location) {
            case TableLocation.SinglePartition one -> one.replicas().replicas().isEmpty() ? null : use.target(one);
            case TableLocation.Partitioned table -> {
                PartitionedTable definition = table.definition();
                if (!calculate || definition == null || table.leafCount() == 0) {
                    yield null;
                }
                PartitionPlanner.Plan plan = use.plan(table, planner, locations);
                PartitionSet set = plan == null ? definition.all() : plan.partitions(statement, request.session());
                RouteNotes.partitions(request, statement, table, set);
                yield set.single() >= 0
                        ? one(request, use, table, set.single(), mayWait)
                        : several(request, statement, use, table, set, mayWait);
            }
            case TableLocation.View _, TableLocation.Anywhere _ -> null;
            case TableLocation.Absent _, TableLocation.Unknown _ -> null;
        };
    }

    /** Of several partitions; if they have several leaders, by a global index. */
    private @Nullable Finding several(
            RouteRequest request,
            RoutedStatement statement,
            TableUse use,
            TableLocation.Partitioned table,
            PartitionSet set,
            boolean mayWait) {
        Finding found = among(table, set, mayWait);
        boolean common = found instanceof Target target && target.reason() == RouteReason.COMMON_LEADER;
        if (common || use.indexes().isEmpty()) {
            return found;
        }
        for (TableUse index : use.indexes()) {
            Finding byIndex = byIndex(request, statement, index, mayWait);
            if (byIndex != null) {
                return byIndex;
            }
        }
        return found;
    }

    private @Nullable Finding byIndex(
            RouteRequest request, RoutedStatement statement, TableUse index, boolean mayWait) {
        TableLocation location = locations.cached(index.key());
        if (location == null) {
            return mayWait
                    ? new Finding.Missing(locations.request(index.key()), "location of global index " + index.key())
                    : null;
        }
        Finding found = inTable(request, statement, index, location, true, mayWait);
        if (!(found instanceof Target target)) {
            return found;
        }
        boolean one = target.reason() == RouteReason.PARTITION_LEADER || target.reason() == RouteReason.TABLE_LEADER;
        if (one) {
            RouteNotes.rule(
                    request, RouteInfo.Type.USE_GLOBAL_INDEX, null, "its rows are found by the global index " + index);
        }
        return one ? target.as(RouteReason.GLOBAL_INDEX) : null;
    }

    private @Nullable Finding one(
            RouteRequest request, TableUse use, TableLocation.Partitioned table, int leaf, boolean mayWait) {
        ReplicaSet replicas = locations.partition(table, leaf);
        if (replicas == null) {
            return mayWait
                    ? new Finding.Missing(locations.request(table, leaf), "location of a partition of " + table.key())
                    : null;
        }
        if (request.trace() != null) {
            RouteNotes.partition(request, replicas, locations.isFresh(table, leaf));
        }
        return replicas.replicas().isEmpty() ? null : use.target(table, leaf, replicas);
    }

    /** Counts the leaders of a set of partitions. */
    private static final class Tally {
        private ReplicaSet[] sets = new ReplicaSet[4];
        private int[] leaves = new int[4];
        private int[] counts = new int[4];
        private int size;

        void count(int leaf, ReplicaSet replicas, @Nullable ServerAddress leader) {
            for (int i = 0; i < size; i++) {
                if (sets[i] == replicas || (leader != null && leader.equals(sets[i].leader()))) {
                    counts[i]++;
                    return;
                }
            }
            if (size == sets.length) {
                sets = Arrays.copyOf(sets, 2 * size);
                leaves = Arrays.copyOf(leaves, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            sets[size] = replicas;
            leaves[size] = leaf;
            counts[size++] = 1;
        }

        /** The server that leads most; of equal ones that which was counted first. */
        int most() {
            int most = 0;
            for (int i = 1; i < size; i++) {
                most = counts[i] > counts[most] ? i : most;
            }
            return most;
        }
    }

    private @Nullable Finding among(TableLocation.Partitioned table, PartitionSet set, boolean mayWait) {
        Tally tally = new Tally();
        int[] missing = new int[MAX_LOOKED_AT];
        int missed = 0;
        int looked = 0;
        int leaf = set.preferred();
        int next = set.next(0);
        while (leaf >= 0 && looked < MAX_LOOKED_AT) {
            looked++;
            ReplicaSet replicas = locations.partition(table, leaf);
            if (replicas == null) {
                missing[missed++] = leaf;
            } else if (replicas.leader() != null) {
                tally.count(leaf, replicas, replicas.leader());
            }
            leaf = next == set.preferred() ? set.next(next + 1) : next;
            next = leaf < 0 ? leaf : set.next(leaf + 1);
        }
        boolean needed = tally.size == 0 || set.size() <= MAX_AWAITED;
        if (missed > 0 && needed && mayWait) {
            return new Finding.Missing(
                    locations.request(table, Arrays.copyOf(missing, missed)),
                    "locations of partitions of " + table.key());
        }
        if (tally.size == 0) {
            return null;
        }
        int most = tally.most();
        boolean common = tally.size == 1 && missed == 0 && looked >= set.size();
        return new Target(
                table,
                tally.leaves[most],
                tally.sets[most],
                common ? RouteReason.COMMON_LEADER : RouteReason.MOST_LEADERS);
    }
}
