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
 * decides, or the server that leads most of them. Thread-safe; allocates nothing when one table is known and one partition
 * decides, or the same one again for several.
 */
final class TargetFinder {
    /** Partitions of a table that are looked at when the statement may touch many: a bit each. */
    private static final int MAX_LOOKED_AT = Long.SIZE;

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
        Finding found = among(use, table, set, mayWait);
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

    private @Nullable Finding among(TableUse use, TableLocation.Partitioned table, PartitionSet set, boolean mayWait) {
        ReplicaSet first = null;
        int firstLeaf = -1;
        boolean alike = true;
        int missed = 0;
        int looked = 0;
        for (int leaf = set.preferred(); leaf >= 0 && looked < MAX_LOOKED_AT; leaf = behind(set, leaf)) {
            looked++;
            ReplicaSet replicas = locations.partition(table, leaf);
            if (replicas == null) {
                missed++;
            } else if (first == null && replicas.leader() != null) {
                first = replicas;
                firstLeaf = leaf;
            } else if (first != null && replicas.leader() != null) {
                alike &= isLedAlike(first, replicas);
            }
        }
        boolean needed = first == null || set.size() <= MAX_AWAITED;
        if (missed > 0 && needed && mayWait) {
            return new Finding.Missing(
                    locations.request(table, missing(table, set, missed)), "locations of partitions of " + table.key());
        }
        if (first == null) {
            return null;
        }
        boolean common = alike && missed == 0 && looked >= set.size();
        return alike
                ? use.target(table, firstLeaf, first, common ? RouteReason.COMMON_LEADER : RouteReason.MOST_LEADERS)
                : ofMost(use, table, set);
    }

    /** The leaf of a set behind another; the preferred one is before all others. -1 at the end. */
    private static int behind(PartitionSet set, int leaf) {
        int preferred = set.preferred();
        int next = set.next(leaf == preferred ? 0 : leaf + 1);
        return next == preferred && next >= 0 ? set.next(next + 1) : next;
    }

    private static boolean isLedAlike(ReplicaSet one, ReplicaSet other) {
        ServerAddress leader = one.leader();
        return one == other || leader != null && leader.equals(other.leader());
    }

    /** The leaves whose locations are not known; {@code most} of them. */
    private int[] missing(TableLocation.Partitioned table, PartitionSet set, int most) {
        int[] missing = new int[most];
        int count = 0;
        int looked = 0;
        for (int leaf = set.preferred(); leaf >= 0 && count < most && looked < MAX_LOOKED_AT; looked++) {
            if (locations.partition(table, leaf) == null) {
                missing[count++] = leaf;
            }
            leaf = behind(set, leaf);
        }
        return Arrays.copyOf(missing, count);
    }

    /** The target for the server that leads most; of equal ones for that which is met first. Locations may change meanwhile. */
    private @Nullable Target ofMost(TableUse use, TableLocation.Partitioned table, PartitionSet set) {
        long counted = 0;
        int most = 0;
        int mostLeaf = -1;
        ReplicaSet found = null;
        int at = 0;
        for (int leaf = set.preferred(); leaf >= 0 && at < MAX_LOOKED_AT; leaf = behind(set, leaf), at++) {
            ReplicaSet replicas = locations.partition(table, leaf);
            if ((counted >>> at & 1) != 0 || replicas == null || replicas.leader() == null) {
                continue;
            }
            long alike = ledAlike(table, set, leaf, at, replicas);
            counted |= alike;
            if (Long.bitCount(alike) > most) {
                most = Long.bitCount(alike);
                mostLeaf = leaf;
                found = replicas;
            }
        }
        return found == null ? null : use.target(table, mostLeaf, found, RouteReason.MOST_LEADERS);
    }

    /** From a leaf on those whose leader is the same: a bit for each by its place among those that are looked at. */
    private long ledAlike(TableLocation.Partitioned table, PartitionSet set, int from, int place, ReplicaSet replicas) {
        long alike = 1L << place;
        int at = place + 1;
        for (int leaf = behind(set, from); leaf >= 0 && at < MAX_LOOKED_AT; leaf = behind(set, leaf), at++) {
            ReplicaSet other = locations.partition(table, leaf);
            if (other != null && isLedAlike(replicas, other)) {
                alike |= 1L << at;
            }
        }
        return alike;
    }
}
