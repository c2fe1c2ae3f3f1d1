package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best server for a request in the order of a policy. Among servers of one group the one with fewer requests
 * under way is taken, of equal ones any. Stateless; nothing is allocated.
 */
final class ServerWalk {
    /** No server. */
    static final int NONE = -1;

    private static final int LEVEL_SHIFT = 24;
    private static final int ZONE_SHIFT = 12;
    private static final int MAX_PRIORITY = (1 << ZONE_SHIFT) - 1;

    private final ServerHealth health;
    private final ToIntFunction<ServerAddress> load;
    private final SafeSnapshots snapshots;

    /**
     * A walk.
     *
     * @param load requests that are under way at a server
     * @param snapshots how new the data of servers are; the newer the better for weak reads
     */
    ServerWalk(ServerHealth health, ToIntFunction<ServerAddress> load, SafeSnapshots snapshots) {
        this.health = health;
        this.load = load;
        this.snapshots = snapshots;
    }

    /** Which priority goes before the order of the groups. */
    enum Zones {
        /** None. */
        ANY,
        /** The tenant's primary zone, with all others behind. */
        PRIMARY_FIRST,
        /** {@code proxy_primary_zone_name}, and no other zone. */
        NAMED_ONLY
    }

    /**
     * What is looked for.
     *
     * @param servers all servers of the tenant
     * @param order groups in their order
     * @param zones which zones are preferred
     * @param replicas copies of the partition, null if it is not known
     * @param weak whether the read is weak, so that only full and read-only copies count
     * @param excluded servers that must not be chosen
     */
    record Search(
            TenantServers servers,
            GroupOrder order,
            Zones zones,
            @Nullable ReplicaSet replicas,
            boolean weak,
            Set<ServerAddress> excluded) {}

    /** How bad servers may be. */
    enum Tolerance {
        /** In service and not blocked. */
        USABLE,
        /** Any that the policy allows: a blocked one, then one that is out of service. */
        ANY
    }

    /**
     * The best server.
     *
     * @param stale replicas that were too old lately, null if that does not matter
     * @return its index, {@link #NONE} if there is none
     */
    int best(Search search, Tolerance tolerance, @Nullable StaleCheck stale) {
        TenantServers servers = search.servers();
        int count = servers.count();
        int start = count > 1 ? ThreadLocalRandom.current().nextInt(count) : 0;
        int best = NONE;
        int bestRank = Integer.MAX_VALUE;
        for (int step = 0; step < count; step++) {
            int index = start + step < count ? start + step : start + step - count;
            int rank = rank(search, index, tolerance, stale);
            if (rank < bestRank || (best != NONE && rank == bestRank && isBetter(search, index, best))) {
                best = index;
                bestRank = rank;
            }
        }
        return best;
    }

    /** Asked of equals only, so that a choice without them costs nothing. */
    private boolean isBetter(Search search, int index, int than) {
        TenantServers servers = search.servers();
        if (search.weak() && !snapshots.isEmpty() && servers.rules().switches().causalOrder()) {
            String cluster = servers.tenant().cluster();
            int order = Long.compare(
                    snapshots.of(cluster, servers.address(index)), snapshots.of(cluster, servers.address(than)));
            if (order != 0) {
                return order > 0;
            }
        }
        return load.applyAsInt(servers.address(index)) < load.applyAsInt(servers.address(than));
    }

    /** Says whether a replica was too old for weak reads a short time ago. */
    @FunctionalInterface
    interface StaleCheck {
        boolean isStale(ServerAddress server);
    }

    /** The smaller the better; {@link Integer#MAX_VALUE} if the server is out of the question. */
    private int rank(Search search, int index, Tolerance tolerance, @Nullable StaleCheck stale) {
        TenantServers servers = search.servers();
        ServerAddress address = servers.address(index);
        if (!search.excluded().isEmpty() && search.excluded().contains(address)) {
            return Integer.MAX_VALUE;
        }
        int place = place(search, index);
        int zone = zone(search, index);
        if (place == GroupOrder.NOWHERE || zone < 0) {
            return Integer.MAX_VALUE;
        }
        int level = level(servers, index);
        if (tolerance == Tolerance.USABLE
                && (level > TenantServers.Standing.LEAVING.ordinal() || (stale != null && stale.isStale(address)))) {
            return Integer.MAX_VALUE;
        }
        return level << LEVEL_SHIFT | Math.min(zone, MAX_PRIORITY) << ZONE_SHIFT | place;
    }

    private static int place(Search search, int index) {
        ReplicaSet replicas = search.replicas();
        Replica replica = replicas == null ? null : replicas.on(search.servers().address(index));
        return replica != null && !isReadable(replica, search.weak())
                ? GroupOrder.NOWHERE
                : search.order().place(search.servers().traits(index) | traits(replica));
    }

    private static boolean isReadable(Replica replica, boolean weak) {
        return weak
                ? replica.type() == ReplicaType.FULL || replica.type() == ReplicaType.READONLY
                : replica.type().hasData();
    }

    private static int traits(@Nullable Replica replica) {
        return replica == null
                ? 0
                : Traits.HOLDER | (replica.leader() ? Traits.LEADER : 0) | (replica.duplicate() ? Traits.DUPLICATE : 0);
    }

    /** Traits of a server with regard to a partition. */
    static int traits(TenantServers servers, int index, @Nullable ReplicaSet replicas) {
        return servers.traits(index) | traits(replicas == null ? null : replicas.on(servers.address(index)));
    }

    /** Whether a server in the proxy's region has a copy. */
    static boolean hasNearHolder(TenantServers servers, @Nullable ReplicaSet replicas) {
        for (int i = 0; replicas != null && i < servers.count(); i++) {
            int traits = traits(servers, i, replicas);
            if (Traits.has(traits, Traits.HOLDER) && Traits.distance(traits) != RouteGroup.Distance.OTHER_REGION) {
                return true;
            }
        }
        return replicas == null;
    }

    private static int zone(Search search, int index) {
        return switch (search.zones()) {
            case ANY -> 0;
            case PRIMARY_FIRST -> search.servers().primaryPriority(index);
            case NAMED_ONLY -> search.servers().zonePriority(index);
        };
    }

    /** 0 and 1 are usable, 2 is blocked, 3 is out of service. */
    private int level(TenantServers servers, int index) {
        TenantServers.Standing standing = servers.standing(index);
        if (standing == TenantServers.Standing.NOT_SERVING) {
            return standing.ordinal() + 1;
        }
        return health.isBlocked(servers.address(index))
                ? TenantServers.Standing.NOT_SERVING.ordinal()
                : standing.ordinal();
    }

    /** Whether a server may be used without need. No side effect. */
    boolean isUsable(TenantServers servers, int index, Set<ServerAddress> excluded) {
        return servers.standing(index) != TenantServers.Standing.NOT_SERVING
                && (excluded.isEmpty() || !excluded.contains(servers.address(index)))
                && !health.isBlocked(servers.address(index));
    }

    /** Takes the trial of a server that was blocked, if it is due. Returns whether the server may be used. */
    boolean admit(ServerAddress server) {
        return health.admit(server);
    }
}
