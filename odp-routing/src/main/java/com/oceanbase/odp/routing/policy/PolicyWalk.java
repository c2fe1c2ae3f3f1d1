package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.policy.ServerWalk.Search;
import com.oceanbase.odp.routing.policy.ServerWalk.StaleCheck;
import com.oceanbase.odp.routing.policy.ServerWalk.Tolerance;
import com.oceanbase.odp.routing.policy.ServerWalk.Zones;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses by the order of a policy, and what to do when that gives nothing: a weak read goes to the leader; then a
 * blocked server is tried, as a full block list must not mean "no server" (original: ob_mysql_transact.cpp:2793-2830);
 * then any server of the tenant. Only a policy that forbids something on purpose ends in an error.
 */
final class PolicyWalk {
    private final ServerWalk walk;

    PolicyWalk(ServerWalk walk) {
        this.walk = walk;
    }

    /**
     * What is looked for.
     *
     * @param target the partition, null if it is not known
     * @param weak whether the read is weak
     * @param stale replicas that were too old lately; null if that does not matter
     */
    record Wanted(
            RouteRequest request,
            TenantServers servers,
            RoutingPolicy policy,
            @Nullable Target target,
            boolean weak,
            @Nullable StaleCheck stale) {
        /** Copies of the partition, null if it is not known. */
        @Nullable
        ReplicaSet replicas() {
            return target == null ? null : target.replicas();
        }

        GroupOrder order() {
            return servers.rules().mode() == RoutingRules.Mode.RANDOM ? GroupOrder.EQUAL : policy.optimized();
        }

        Zones zones() {
            if (servers.rules().limitsZones()) {
                return Zones.NAMED_ONLY;
            }
            boolean byPrimaryZone =
                    policy == RoutingPolicy.PRIMARY_ZONE_FIRST && target == null && servers.hasPrimaryZone();
            return byPrimaryZone ? Zones.PRIMARY_FIRST : Zones.ANY;
        }
    }

    /** The decision; never a wait. */
    RouteDecision choose(Wanted wanted) {
        Search search = new Search(
                wanted.servers(),
                wanted.order(),
                wanted.zones(),
                wanted.replicas(),
                wanted.weak(),
                wanted.request().excluded());
        int index = admitted(wanted.request(), search, wanted.stale());
        if (index != ServerWalk.NONE) {
            return use(wanted, index, reason(wanted, index));
        }
        int leader = wanted.weak() ? leader(wanted) : ServerWalk.NONE;
        if (leader != ServerWalk.NONE) {
            return use(wanted, leader, RouteReason.WEAK_READ_LEADER);
        }
        index = walk.best(search, Tolerance.ANY, null);
        if (index != ServerWalk.NONE) {
            return use(wanted, index, RouteReason.FORCED_ACCESS);
        }
        return wanted.policy() == RoutingPolicy.FOLLOWER_ONLY
                        || wanted.servers().rules().limitsZones()
                ? refuse(wanted)
                : anyServer(wanted);
    }

    private RouteDecision anyServer(Wanted wanted) {
        Search search = new Search(
                wanted.servers(),
                RoutingPolicy.MERGE_IDC_ORDER.order(),
                Zones.ANY,
                null,
                false,
                wanted.request().excluded());
        int index = admitted(wanted.request(), search, null);
        if (index != ServerWalk.NONE) {
            return use(wanted, index, RouteReason.TENANT_SERVER);
        }
        index = walk.best(search, Tolerance.ANY, null);
        return index == ServerWalk.NONE ? refuse(wanted) : use(wanted, index, RouteReason.FORCED_ACCESS);
    }

    /** The best server that may be used; takes its trial if it was blocked. */
    private int admitted(RouteRequest request, Search search, @Nullable StaleCheck stale) {
        Search current = search;
        while (true) {
            int index = walk.best(current, Tolerance.USABLE, stale);
            if (index == ServerWalk.NONE || mayUse(request, search.servers().address(index))) {
                return index;
            }
            // somebody else has taken the trial of this server in the meantime
            Set<ServerAddress> excluded = new HashSet<>(current.excluded());
            excluded.add(search.servers().address(index));
            current = new Search(
                    search.servers(), search.order(), search.zones(), search.replicas(), search.weak(), excluded);
        }
    }

    private boolean mayUse(RouteRequest request, ServerAddress server) {
        return (request.trace() != null && request.trace().isExplaining()) || walk.admit(server);
    }

    /**
     * The leader, for a weak read that finds no other copy; FOLLOWER_ONLY allows it only if there are followers, of which
     * none can be used.
     */
    private int leader(Wanted wanted) {
        ReplicaSet replicas = wanted.replicas();
        ServerAddress leader = replicas == null ? null : replicas.leader();
        if (replicas == null || leader == null || wanted.servers().rules().limitsZones()) {
            return ServerWalk.NONE;
        }
        boolean followers = false;
        for (Replica replica : replicas.replicas()) {
            followers |= !replica.leader() && wanted.servers().index(replica.server()) >= 0;
        }
        int index = wanted.servers().index(leader);
        boolean allowed = followers || wanted.policy() != RoutingPolicy.FOLLOWER_ONLY;
        return allowed
                        && index >= 0
                        && walk.isUsable(
                                wanted.servers(), index, wanted.request().excluded())
                        && mayUse(wanted.request(), leader)
                ? index
                : ServerWalk.NONE;
    }

    private static RouteReason reason(Wanted wanted, int index) {
        TenantServers servers = wanted.servers();
        ReplicaSet replicas = wanted.replicas();
        if (wanted.zones() == Zones.NAMED_ONLY) {
            return RouteReason.PROXY_PRIMARY_ZONE;
        }
        if (replicas == null || replicas.on(servers.address(index)) == null) {
            boolean primary = wanted.zones() == Zones.PRIMARY_FIRST && servers.isInPrimaryZone(index);
            return primary ? RouteReason.PRIMARY_ZONE : RouteReason.TENANT_SERVER;
        }
        if (wanted.weak()) {
            return RouteReason.WEAK_READ_REPLICA;
        }
        return wanted.policy() == RoutingPolicy.DUP_REPLICA_FIRST
                ? RouteReason.DUPLICATE_REPLICA
                : RouteReason.OTHER_REPLICA;
    }

    private static RouteDecision use(Wanted wanted, int index, RouteReason reason) {
        RouteNotes.walked(wanted, index, reason);
        Target target = wanted.target();
        return target == null
                ? wanted.servers().use(index, reason)
                : new RouteDecision.Use(wanted.servers().address(index), reason, target.partition());
    }

    private static RouteDecision refuse(Wanted wanted) {
        RouteNotes.nothingLeft(wanted);
        TenantServers servers = wanted.servers();
        String limit = wanted.policy() == RoutingPolicy.FOLLOWER_ONLY
                ? " that proxy_route_policy FOLLOWER_ONLY allows"
                : servers.rules().limitsZones()
                        ? " in the zones of proxy_primary_zone_name '" + servers.onlyZonesText() + "'"
                        : "";
        return new RouteDecision.Refuse(
                ErrorCode.SERVER_BUILD_CONNECTION_FAILED,
                "no server of tenant " + servers.tenant().tenant() + " in cluster "
                        + servers.tenant().cluster() + limit + " could be used; tried "
                        + wanted.request().excluded());
    }
}
