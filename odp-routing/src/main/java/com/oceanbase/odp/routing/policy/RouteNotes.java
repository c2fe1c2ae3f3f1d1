package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.TableKind;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.trace.CongestionControl;
import com.oceanbase.odp.routing.trace.CongestionControl.State;
import com.oceanbase.odp.routing.trace.FetchTableRelatedData;
import com.oceanbase.odp.routing.trace.HandleResponse;
import com.oceanbase.odp.routing.trace.LocationCacheLookup;
import com.oceanbase.odp.routing.trace.PartitionEntryLookupDone;
import com.oceanbase.odp.routing.trace.Retry;
import com.oceanbase.odp.routing.trace.RouteInfo;
import com.oceanbase.odp.routing.trace.RoutePolicy;
import com.oceanbase.odp.routing.trace.RoutePolicy.Basis;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.trace.RoutineEntryLookupDone;
import com.oceanbase.odp.routing.trace.TableEntryLookupDone;
import com.oceanbase.odp.routing.trace.partition.PartitionPoints;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.topology.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts the stages of a decision into the request's trace, if it has one. */
final class RouteNotes {
    private static final String OUT_OF_DATE = "it may be out of date, and is fetched again";

    private RouteNotes() {}

    static void rule(RouteRequest request, RouteInfo.Type type, @Nullable ServerAddress server, String why) {
        RouteTrace trace = request.trace();
        if (trace == null) {
            return;
        }
        trace.add(RouteInfo.of(type, server, why));
        if (server != null) {
            State state = switch (type) {
                case USE_OBPROXY_ROUTE_ADDR, USE_CONFIG_TARGET_DB, USE_TEST_SVR_ADDR -> State.NOT_CHECKED;
                default -> State.FREE;
            };
            trace.add(new CongestionControl(server, state, false, ""));
        }
    }

    static void lookup(RouteRequest request, RoutingRules rules, boolean needed, String why) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            trace.add(new LocationCacheLookup(rules.mode().name().toLowerCase(Locale.ROOT), needed, why));
        }
    }

    static void routine(RouteRequest request, Routine routine, boolean readable) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            trace.add(new RoutineEntryLookupDone(
                    routine.state() == Routine.State.FOUND,
                    routine.routeSql(),
                    routine.state() != Routine.State.UNKNOWN,
                    request.waits() > 0,
                    reason(routine, readable)));
        }
    }

    private static String reason(Routine routine, boolean readable) {
        return switch (routine.state()) {
            case ABSENT -> "there is no such routine";
            case UNKNOWN -> "the cluster could not tell";
            case FOUND -> readable ? "it is routed as its first statement" : "it has no statement to route by";
        };
    }

    static void table(RouteRequest request, TableLocation location, LocationSource locations) {
        RouteTrace trace = request.trace();
        if (trace == null) {
            return;
        }
        boolean remote = request.waits() > 0;
        String name = location.key().table();
        if (remote) {
            fetched(trace, location);
        }
        TableEntryLookupDone point = switch (location) {
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
                new TableEntryLookupDone(
                        name,
                        0,
                        anywhere.kind().name().replace('_', ' '),
                        0,
                        false,
                        remote,
                        true,
                        false,
                        "it is on every server");
            case TableLocation.View view ->
                new TableEntryLookupDone(
                        name,
                        0,
                        TableKind.VIEW.name(),
                        0,
                        false,
                        remote,
                        true,
                        false,
                        "it is a view, its tables are looked for");
            case TableLocation.Absent absent -> TableEntryLookupDone.nothing(true, remote, "there is no table " + name);
            case TableLocation.Unknown unknown ->
                TableEntryLookupDone.nothing(false, remote, "the cluster could not tell where " + name + " is");
        };
        trace.add(locations.isFresh(location, LocationSource.NO_LEAF) ? point : point.asStale(OUT_OF_DATE));
    }

    private static void fetched(RouteTrace trace, TableLocation location) {
        switch (location) {
            case TableLocation.SinglePartition one -> trace.add(FetchTableRelatedData.notPartitioned());
            case TableLocation.Partitioned table -> {
                PartitionedTable definition = table.definition();
                if (definition != null) {
                    trace.add(PartitionPoints.fetched(definition));
                }
            }
            case TableLocation.Absent absent -> trace.add(FetchTableRelatedData.noTable("there is no such table"));
            case TableLocation.View _, TableLocation.Anywhere _ -> trace.add(FetchTableRelatedData.notPartitioned());
            case TableLocation.Unknown unknown ->
                trace.add(FetchTableRelatedData.failed(
                        0, FetchTableRelatedData.Stage.LOOKUP_TABLE_ENTRY_STATE, "the cluster could not tell"));
        }
    }

    static void partitions(
            RouteRequest request, RoutedStatement statement, TableLocation.Partitioned table, PartitionSet set) {
        RouteTrace trace = request.trace();
        PartitionedTable definition = table.definition();
        if (trace == null || definition == null) {
            return;
        }
        LiteralSlots literals = statement.literals();
        ParameterValues parameters = statement.parameters();
        PartitionPoints.add(
                trace,
                definition,
                statement.access(),
                new EvaluationContext(
                        literals == null ? new LiteralSlots() : literals,
                        parameters == null ? ParameterValues.NONE : parameters,
                        request.session().values()),
                set,
                statement == request.statement() || literals == null
                        ? ""
                        : new String(literals.text(), StandardCharsets.UTF_8));
    }

    static void partition(RouteRequest request, ReplicaSet replicas, boolean fresh) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            boolean remote = request.waits() > 0;
            trace.add(
                    replicas.replicas().isEmpty()
                            ? PartitionEntryLookupDone.unknown(false, remote, "the cluster could not tell where it is")
                            : PartitionEntryLookupDone.known(
                                    replicas.leader(),
                                    replicas.hasDuplicate(),
                                    remote,
                                    !fresh,
                                    fresh ? "" : OUT_OF_DATE));
        }
    }

    /** A leader was chosen. */
    static void leader(RouteRequest request, RoutingPolicy policy, ServerAddress server, RouteReason reason) {
        RouteTrace trace = request.trace();
        if (trace != null) {
            trace.add(RoutePolicy.leader(policy.name(), server, "STRONG", reason.text()));
            trace.add(CongestionControl.free(server));
        }
    }

    /** The leader would be right but cannot be used. */
    static void unusable(RouteRequest request, TenantServers servers, ServerAddress leader, boolean blocked) {
        RouteTrace trace = request.trace();
        if (trace == null) {
            return;
        }
        if (servers.index(leader) < 0) {
            trace.add(CongestionControl.blocked(leader, State.UNKNOWN_SERVER, "it is no server of the tenant"));
            notAsked(trace, HandleResponse.State.DEAD_CONGESTED);
        } else if (request.excluded().contains(leader)) {
            trace.add(CongestionControl.blocked(leader, State.ALIVE_CONGESTED, "it has failed this request already"));
        } else if (blocked) {
            trace.add(CongestionControl.blocked(
                    leader, State.ALIVE_CONGESTED, "it failed too often: it is in the block list"));
            notAsked(trace, HandleResponse.State.ALIVE_CONGESTED);
        } else {
            trace.add(CongestionControl.blocked(
                    leader, State.DEAD_CONGESTED, "the cluster says that it is not in service"));
            notAsked(trace, HandleResponse.State.DEAD_CONGESTED);
        }
        trace.add(Retry.unknown(2, "another replica is looked for as the leader cannot be used"));
    }

    /** What comes of a server that is avoided; an explanation asks no server anyway. */
    private static void notAsked(RouteTrace trace, HandleResponse.State state) {
        if (!trace.isExplaining()) {
            trace.add(new HandleResponse(
                    true, HandleResponse.SendAction.SERVER_SEND_NONE, state, "", "the leader was not asked"));
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
                                server,
                                servers.standing(index) == TenantServers.Standing.NOT_SERVING
                                        ? State.DEAD_CONGESTED
                                        : State.ALIVE_CONGESTED,
                                "no other server is left")
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
