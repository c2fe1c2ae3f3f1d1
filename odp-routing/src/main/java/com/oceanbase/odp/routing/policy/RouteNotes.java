package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.trace.CongestionControl;
import com.oceanbase.odp.routing.trace.LocationCacheLookup;
import com.oceanbase.odp.routing.trace.PartitionEntryLookupDone;
import com.oceanbase.odp.routing.trace.PartitionIdCalcDone;
import com.oceanbase.odp.routing.trace.PartitionNames;
import com.oceanbase.odp.routing.trace.RouteInfo;
import com.oceanbase.odp.routing.trace.RoutePolicy;
import com.oceanbase.odp.routing.trace.RoutePolicy.Basis;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.trace.TableEntryLookupDone;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts the stages of a decision into the request's trace, if it has one. */
final class RouteNotes {
    private RouteNotes() {}

    static void rule(RouteRequest request, RouteInfo.Type type, @Nullable ServerAddress server, String why) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            trace.add(RouteInfo.of(type, server, why));
        }
    }

    static void lookup(RouteRequest request, RoutingRules rules, boolean needed, String why) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            trace.add(new LocationCacheLookup(rules.mode().name().toLowerCase(Locale.ROOT), needed, why));
        }
    }

    static void table(RouteRequest request, TableLocation location) {
        RouteTrace trace = request.trace();
        if (trace == null) {
            return;
        }
        boolean remote = request.waits() > 0;
        String name = location.key().table();
        trace.add(
                switch (location) {
                    case TableLocation.SinglePartition one ->
                        TableEntryLookupDone.userTable(
                                name, one.tableId(), 1, one.replicas().hasDuplicate(), remote, "it has one partition");
                    case TableLocation.Partitioned table ->
                        TableEntryLookupDone.userTable(
                                name,
                                table.tableId(),
                                table.partitions(),
                                false,
                                remote,
                                table.definition() == null ? "how it is partitioned is not known" : "");
                    case TableLocation.Anywhere anywhere ->
                        TableEntryLookupDone.nothing(true, remote, name + " is on every server");
                    case TableLocation.Absent absent ->
                        TableEntryLookupDone.nothing(true, remote, "there is no table " + name);
                    case TableLocation.Unknown unknown ->
                        TableEntryLookupDone.nothing(false, remote, "the cluster could not tell where " + name + " is");
                });
    }

    static void partitions(RouteRequest request, TableLocation.Partitioned table, PartitionSet set) {
        RouteTrace trace = request.trace();
        PartitionedTable definition = table.definition();
        if (trace == null || definition == null) {
            return;
        }
        int level = definition.second() == null ? 1 : 2;
        PartitionNames names = new PartitionNames();
        if (set.size() < definition.leafCount() || set.single() >= 0) {
            for (int leaf = set.next(0); leaf >= 0; leaf = set.next(leaf + 1)) {
                name(names, definition, leaf, level);
            }
        }
        trace.add(
                set.single() >= 0
                        ? PartitionIdCalcDone.one(table.physicalId(set.single()), level, names.text(), set.reason())
                        : PartitionIdCalcDone.several(level, names.text(), set.size(), set.reason()));
    }

    private static void name(PartitionNames names, PartitionedTable definition, int leaf, int level) {
        if (level == 1) {
            names.add(leaf);
            return;
        }
        int partition = 0;
        while (partition + 1 < definition.partitions().size() && definition.firstLeaf(partition + 1) <= leaf) {
            partition++;
        }
        names.add(partition, leaf - definition.firstLeaf(partition));
    }

    static void partition(RouteRequest request, ReplicaSet replicas) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            boolean remote = request.waits() > 0;
            trace.add(
                    replicas.replicas().isEmpty()
                            ? PartitionEntryLookupDone.unknown(false, remote, "the cluster could not tell where it is")
                            : PartitionEntryLookupDone.known(
                                    replicas.leader(), replicas.hasDuplicate(), remote, false, ""));
        }
    }

    /** A leader was chosen. */
    static void leader(RouteRequest request, RoutingPolicy policy, ServerAddress server, RouteReason reason) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            trace.add(RoutePolicy.leader(policy.name(), server, "STRONG", reason.text()));
        }
    }

    /** A server was chosen by the order of a policy. */
    static void walked(PolicyWalk.Wanted wanted, int index, RouteReason reason) {
        RouteTrace trace = wanted.request().trace();
        if (trace == null) {
            return;
        }
        TenantServers servers = wanted.servers();
        int traits = ServerWalk.traits(servers, index, wanted.replicas());
        GroupOrder order = wanted.policy().optimized();
        int place = order.place(traits);
        String type = place == GroupOrder.NOWHERE ? "" : order.group(place).typeName();
        boolean forced = reason == RouteReason.FORCED_ACCESS;
        trace.add(new RoutePolicy(
                wanted.policy().name(),
                wanted.policy().name(!ServerWalk.hasNearHolder(servers, wanted.replicas())),
                servers.address(index),
                reason == RouteReason.PRIMARY_ZONE ? "ROUTE_TYPE_PRIMARY_ZONE" : type,
                candidate(wanted, index, traits, forced),
                basis(wanted, reason),
                reason == RouteReason.PRIMARY_ZONE
                        ? servers.tenant().placement().primaryZone()
                        : servers.onlyZonesText(),
                wanted.weak() ? "WEAK" : "STRONG",
                wanted.request().session().preferences().consistency().name(),
                servers.idcName(),
                reason.text()));
        ServerAddress server = servers.address(index);
        trace.add(
                forced
                        ? CongestionControl.forced(
                                server, CongestionControl.State.ALIVE_CONGESTED, "no other server is left")
                        : CongestionControl.free(server));
    }

    /** The policy allows none of the servers that are left. */
    static void nothingLeft(PolicyWalk.Wanted wanted) {
        RouteTrace trace = wanted.request().trace();
        if (trace != null) {
            trace.add(RoutePolicy.none(
                    wanted.policy().name(), wanted.servers().idcName(), "no server that may be used is left"));
        }
    }

    private static RoutePolicy.Candidate candidate(PolicyWalk.Wanted wanted, int index, int traits, boolean forced) {
        TenantServers servers = wanted.servers();
        ReplicaSet replicas = wanted.replicas();
        Replica replica = replicas == null ? null : replicas.on(servers.address(index));
        return new RoutePolicy.Candidate(
                Traits.distance(traits).name(),
                servers.zoneType(index),
                Traits.has(traits, Traits.LEADER) ? "LEADER" : "FOLLOWER",
                replica == null ? "FULL" : replica.type().name(),
                Traits.has(traits, Traits.DUPLICATE),
                Traits.has(traits, Traits.MERGING),
                replica != null,
                forced);
    }

    private static Basis basis(PolicyWalk.Wanted wanted, RouteReason reason) {
        return switch (wanted.policy()) {
            case DUP_REPLICA_FIRST -> Basis.DUPLICATED_TABLE;
            case PROXY_PRIMARY_ZONE_NAME_ONLY -> Basis.PROXY_PRIMARY_ZONE;
            case PRIMARY_ZONE_FIRST ->
                reason == RouteReason.PRIMARY_ZONE ? Basis.TENANT_PRIMARY_ZONE : Basis.DEFAULT_POLICY;
            case ONLY_READWRITE_ZONE -> Basis.READWRITE_ZONE_ONLY;
            case FOLLOWER_FIRST, FOLLOWER_ONLY, UNMERGE_FOLLOWER_FIRST -> Basis.PROXY_POLICY;
            case READONLY_ZONE_FIRST, ONLY_READONLY_ZONE, UNMERGE_ZONE_FIRST -> Basis.SESSION_POLICY;
            case MERGE_IDC_ORDER, TARGET_DB_SERVER_ONLY -> Basis.DEFAULT_POLICY;
        };
    }
}
