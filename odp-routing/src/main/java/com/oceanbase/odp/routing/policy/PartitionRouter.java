package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedPartition;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.Router;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.policy.RoutingRules.Mode;
import com.oceanbase.odp.routing.policy.ServerWalk.StaleCheck;
import com.oceanbase.odp.routing.trace.RouteInfo;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.sql.StatementFlag;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.ServerView;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a server by the partition that a statement touches; the table of decisions is in {@code docs/routing.md}. A
 * straight line: a server that somebody named, else the tenant's single leader, else the leader or the replicas of the
 * partition, else the session's last server, else any server of the tenant. What is not known makes the choice wider,
 * never wrong.
 */
public final class PartitionRouter implements Router {
    /** A request waits at most so often: for its tables, their partitions, and once more for each after a change. */
    private static final int MAX_WAITS = 4;

    private static final StatementKind[] KINDS = StatementKind.values();

    private final LocationSource locations;
    private final TargetFinder finder;
    private final ServerHealth health;
    private final Consumer<RuntimeException> onFault;
    private final Supplier<ConfigSnapshot> config;
    private final StatementPlans plans = new StatementPlans();
    private final TenantServersCache tenants = new TenantServersCache();
    private final RouterStatistics statistics = new RouterStatistics();
    private final FixedServers fixed;
    private final ServerWalk walk;
    private final PolicyWalk policyWalk;
    private final StaleReplicas stale;
    private final SafeSnapshots snapshots = new SafeSnapshots();
    private volatile @Nullable CurrentRules current;

    private record CurrentRules(ConfigSnapshot config, RoutingRules rules) {}

    /**
     * What a router works with.
     *
     * @param onFault told of every fault of the router itself, on the thread that routes; must not block
     */
    public record Parts(
            LocationSource locations,
            PartitionPlanner planner,
            ServerHealth health,
            Consumer<RuntimeException> onFault) {}

    /**
     * A router.
     *
     * @param config read at every request
     * @param load requests under way at a server; the smaller the better among servers that are equal otherwise
     * @param nanoClock monotonic clock
     */
    public PartitionRouter(
            Parts parts, Supplier<ConfigSnapshot> config, ToIntFunction<ServerAddress> load, LongSupplier nanoClock) {
        this.locations = parts.locations();
        this.finder = new TargetFinder(locations, parts.planner());
        this.health = parts.health();
        this.onFault = parts.onFault();
        this.config = config;
        this.fixed = new FixedServers(health);
        this.walk = new ServerWalk(health, load, snapshots);
        this.policyWalk = new PolicyWalk(walk);
        this.stale = new StaleReplicas(nanoClock);
    }

    /** What has been decided so far. */
    public RouterStatistics statistics() {
        return statistics;
    }

    @Override
    public RouteDecision route(RouteRequest request) {
        RouteTrace trace = request.trace();
        int traced = trace == null ? 0 : trace.size();
        RouteDecision decision;
        try {
            decision = decide(request);
        } catch (RuntimeException fault) {
            decision = afterFault(request, fault);
        }
        if (trace != null && decision instanceof RouteDecision.Wait) {
            trace.rewind(traced);
        }
        statistics.count(decision);
        return decision;
    }

    /** A fault of the router costs the statement its best server, not its answer. */
    private RouteDecision afterFault(RouteRequest request, RuntimeException fault) {
        statistics.countFault();
        onFault.accept(fault);
        ServerAddress reserve = null;
        for (ServerView server : request.tenant().servers()) {
            if (!request.excluded().contains(server.address())) {
                if (server.state().isServing() && !health.isBlocked(server.address())) {
                    return new RouteDecision.Use(server.address(), RouteReason.TENANT_SERVER);
                }
                reserve = server.address();
            }
        }
        return reserve != null
                ? new RouteDecision.Use(reserve, RouteReason.FORCED_ACCESS)
                : new RouteDecision.Refuse(
                        ErrorCode.SERVER_BUILD_CONNECTION_FAILED, "no server is left; tried " + request.excluded());
    }

    private RoutingRules rules() {
        ConfigSnapshot newest = config.get();
        CurrentRules known = current;
        if (known == null || known.config() != newest) {
            known = new CurrentRules(newest, RoutingRules.of(newest));
            current = known;
        }
        return known.rules();
    }

    private TenantServers servers(RouteRequest request, RoutingRules rules) {
        String own = request.session().preferences().idcName();
        return tenants.of(request.tenant(), rules, own == null ? rules.idcName() : own);
    }

    private RouteDecision decide(RouteRequest request) {
        RoutingRules rules = rules();
        RouteDecision named = fixed.choose(request, rules);
        if (named != null) {
            return named;
        }
        TenantServers servers = servers(request, rules);
        RoutedStatement statement = request.statement();
        StatementSummary summary = statement == null ? null : statement.summary();
        boolean weak = ReadMode.isWeak(summary, request.session(), rules);
        if (statement == null || rules.mode() == Mode.RANDOM) {
            return withoutLocation(request, servers, weak, Finding.Nothing.WITHOUT_TABLE);
        }
        RouteDecision leader = weak ? null : singleLeader(request, servers);
        if (leader != null) {
            return leader;
        }
        return switch (find(request, statement, rules)) {
            case Finding.Missing missing -> new RouteDecision.Wait(missing.until(), missing.what());
            case Finding.Nothing nothing -> withoutLocation(request, servers, weak, nothing);
            case Target target -> byTarget(request, servers, weak, target);
        };
    }

    /** Statements of other kinds go anywhere, whatever tables they name: their work is not where these are. */
    private static boolean isRoutedByTable(StatementSummary statement) {
        if (isRoutedByTable(statement.kind())) {
            return true;
        }
        boolean any = false;
        if (statement.isMulti()) {
            for (StatementKind kind : KINDS) {
                any |= isRoutedByTable(kind) && statement.contains(kind);
            }
        }
        return any;
    }

    private static boolean isRoutedByTable(StatementKind kind) {
        return kind.isDml()
                || kind == StatementKind.EXPLAIN
                || kind == StatementKind.DESCRIBE
                || kind == StatementKind.CALL;
    }

    private Finding find(RouteRequest request, RoutedStatement statement, RoutingRules rules) {
        if (!isRoutedByTable(statement.summary())) {
            return Finding.Nothing.WITHOUT_TABLE;
        }
        StatementPlan plan = plans.of(request, statement);
        RoutineUse routine = plan.routine();
        if (plan.uses().isEmpty() && routine == null) {
            return Finding.Nothing.WITHOUT_TABLE;
        }
        if (request.trace() != null) {
            RouteNotes.rule(request, RouteInfo.Type.USE_PARTITION_LOCATION_LOOKUP, null, "it is routed by " + plan);
            RouteNotes.lookup(request, rules, true, "");
        }
        boolean mayWait = request.waits() < MAX_WAITS;
        return routine == null
                ? finder.find(request, statement, plan, rules.switches().partitions(), mayWait)
                : findOfCall(request, statement, routine, rules);
    }

    /** A CALL is routed as the statement is that the cluster names for the routine. */
    private Finding findOfCall(RouteRequest request, RoutedStatement call, RoutineUse use, RoutingRules rules) {
        if (!rules.switches().routines()) {
            return Finding.Nothing.WITHOUT_TABLE;
        }
        boolean mayWait = request.waits() < MAX_WAITS;
        Routine routine = locations.routine(use.key());
        if (routine == null) {
            return mayWait
                    ? new Finding.Missing(locations.request(use.key()), "routine " + use.key())
                    : Finding.Nothing.UNKNOWN;
        }
        RoutedStatement statement = use.statement(request, call, routine);
        RouteNotes.routine(request, routine, statement != null);
        if (statement == null) {
            return Finding.Nothing.WITHOUT_TABLE;
        }
        StatementPlan plan = plans.of(request, statement);
        return finder.find(request, statement, plan, rules.switches().partitions(), mayWait);
    }

    private @Nullable RouteDecision singleLeader(RouteRequest request, TenantServers servers) {
        ServerAddress leader = servers.rules().limitsZones() ? null : servers.singleLeader();
        int index = leader == null ? ServerWalk.NONE : servers.index(leader);
        if (leader == null || index < 0 || !mayUse(request, servers, index)) {
            return null;
        }
        RouteNotes.rule(request, RouteInfo.Type.USE_SINGLE_LEADER, leader, "it leads everything of the tenant");
        return servers.use(index, RouteReason.SINGLE_LEADER);
    }

    /** Whether the server may be used without need; takes its trial if it was blocked, unless the route is only asked for. */
    private boolean mayUse(RouteRequest request, TenantServers servers, int index) {
        return walk.isUsable(servers, index, request.excluded())
                && ((request.trace() != null && request.trace().isExplaining()) || walk.admit(servers.address(index)));
    }

    private RouteDecision byTarget(RouteRequest request, TenantServers servers, boolean weak, Target target) {
        ReplicaSet replicas = target.replicas();
        RoutedStatement statement = request.statement();
        StatementSummary summary = statement == null ? null : statement.summary();
        boolean duplicate = !weak && replicas.hasDuplicate() && isPlainRead(summary);
        RoutingPolicy policy = policy(request, servers, weak, duplicate);
        RouteDecision.Use leader = target.leaderUse();
        if (leader != null && !weak && !duplicate && !servers.rules().limitsZones()) {
            int index = servers.index(leader.server());
            if (index >= 0 && mayUse(request, servers, index)) {
                RouteNotes.leader(request, policy, leader.server(), target.reason());
                return leader;
            }
            if (request.trace() != null) {
                RouteNotes.unusable(request, servers, leader.server(), health.isBlocked(leader.server()));
            }
            if (request.trace() == null || !request.trace().isExplaining()) {
                // the location may be out of date: its leader failed, is blocked or no longer serves the tenant
                locations.missed(target.partition().table(), target.partition().leaf(), leader.server());
            }
        }
        return policyWalk.choose(
                new PolicyWalk.Wanted(request, servers, policy, target, weak, staleCheck(weak, target, servers)));
    }

    private static boolean isPlainRead(@Nullable StatementSummary statement) {
        return statement != null
                && statement.kind() == StatementKind.SELECT
                && !statement.has(StatementFlag.SELECT_FOR_UPDATE)
                && !statement.has(StatementFlag.SELECT_FOR_SHARE);
    }

    private @Nullable StaleCheck staleCheck(boolean weak, Target target, TenantServers servers) {
        return weak && !stale.isEmpty()
                ? server -> stale.isStale(
                        server,
                        tableId(target.partition()),
                        target.partition().leaf(),
                        servers.rules().staleRetry())
                : null;
    }

    private static long tableId(RoutedPartition partition) {
        return switch (partition.table()) {
            case TableLocation.SinglePartition one -> one.tableId();
            case TableLocation.Partitioned table -> table.tableId();
            default -> 0;
        };
    }

    private static RoutingPolicy policy(RouteRequest request, TenantServers servers, boolean weak, boolean duplicate) {
        RoutedStatement statement = request.statement();
        return PolicyTable.choose(
                weak,
                duplicate,
                servers.hasReadOnlyZone(),
                ReadMode.mayUseReadOnlyZone(statement == null ? null : statement.summary(), weak),
                request.session().preferences(),
                servers.rules());
    }

    private RouteDecision withoutLocation(
            RouteRequest request, TenantServers servers, boolean weak, Finding.Nothing nothing) {
        RoutingPolicy policy = policy(request, servers, weak, false);
        RouteDecision last = nothing.tables() && weak ? null : lastServer(request, servers, policy);
        if (last != null) {
            return last;
        }
        RouteNotes.rule(
                request,
                RouteInfo.Type.USE_ROUTE_POLICY,
                null,
                nothing.tables() ? "where its tables are is not known" : "it has no table that is somewhere");
        return policyWalk.choose(new PolicyWalk.Wanted(request, servers, policy, null, weak, null));
    }

    /** The session's last server, if it is as good as any other (original: ob_mysql_transact.cpp:1250-1330). */
    private @Nullable RouteDecision lastServer(RouteRequest request, TenantServers servers, RoutingPolicy policy) {
        RoutingRules rules = servers.rules();
        ServerAddress last = request.session().lastServer();
        if (last == null || !rules.switches().cachedServer() || rules.limitsZones() || rules.mode() == Mode.RANDOM) {
            return null;
        }
        int index = servers.index(last);
        if (index < 0
                || servers.standing(index) != TenantServers.Standing.SERVING
                || Traits.has(servers.traits(index), Traits.MERGING)
                || Traits.distance(servers.traits(index)) == RouteGroup.Distance.OTHER_REGION
                || policy.order().place(servers.traits(index)) == GroupOrder.NOWHERE
                || !mayUse(request, servers, index)) {
            return null;
        }
        RouteNotes.rule(
                request, RouteInfo.Type.USE_CACHED_SESSION, last, "nothing ties it to another server than the last");
        return servers.use(index, RouteReason.LAST_SERVER);
    }

    @Override
    public boolean allows(@Nullable StatementSummary statement, ServerAddress bound) {
        return FixedServers.allows(statement, bound, rules());
    }

    @Override
    public boolean mustSayWeak(RouteRequest request, RouteDecision.Use used) {
        return switch (used.reason()) {
            case WEAK_READ_REPLICA, PROXY_PRIMARY_ZONE, PRIMARY_ZONE, TENANT_SERVER, FORCED_ACCESS ->
                isSilentlyWeak(request) && !isLeader(used);
            default -> false;
        };
    }

    @Override
    public long snapshotToTell(RouteRequest request, RouteDecision.Use used) {
        RoutingRules rules = rules();
        RoutedStatement statement = request.statement();
        if (snapshots.isEmpty()
                || !rules.switches().causalOrder()
                || statement == null
                || !ReadMode.isWeak(statement.summary(), request.session(), rules)) {
            return 0;
        }
        RoutedPartition partition = used.partition();
        return snapshots.owed(
                request.tenant().cluster(), used.server(), partition == null ? null : replicas(partition));
    }

    @Override
    public void snapshotSeen(String cluster, ServerAddress server, long snapshot, boolean missed) {
        snapshots.seen(cluster, server, snapshot, missed);
    }

    private boolean isSilentlyWeak(RouteRequest request) {
        RoutedStatement statement = request.statement();
        StatementSummary summary = statement == null ? null : statement.summary();
        return summary != null
                && summary.table() != null
                && ReadMode.isWeakBySplitOnly(summary, request.session(), rules());
    }

    private boolean isLeader(RouteDecision.Use used) {
        RoutedPartition partition = used.partition();
        return partition != null && used.server().equals(leader(partition));
    }

    @Override
    public void observed(RouteRequest request, RouteDecision.Use used, Observation observation) {
        try {
            observe(request, used, observation);
        } catch (RuntimeException fault) {
            statistics.countFault();
            onFault.accept(fault);
        }
    }

    private void observe(RouteRequest request, RouteDecision.Use used, Observation observation) {
        RoutedStatement statement = request.statement();
        // a hit of a leader, and of any server where no leader was known to be, is as it should be
        if (statement == null || (observation == Observation.HIT && used.reason() != RouteReason.OTHER_REPLICA)) {
            return;
        }
        if (observation == Observation.MISS || observation == Observation.NOT_LEADER) {
            statistics.countMiss();
        }
        RoutingRules rules = rules();
        if (used.reason() == RouteReason.SINGLE_LEADER) {
            servers(request, rules).doubtSingleLeader();
        }
        RoutedPartition partition = used.partition();
        doubtNames(request, statement, observation);
        if (partition != null && (observation != Observation.CHANGED || !isNamed(request, statement, partition))) {
            judge(partition, used, observation, rules);
        } else if (observation == Observation.MISS) {
            plans.of(request, statement).uses().forEach(use -> doubtDefinition(locations.cached(use.key()), used));
        }
    }

    /** Views may have another query by now; after a change of definitions all that the statement names, and what views stand for. */
    private void doubtNames(RouteRequest request, RoutedStatement statement, Observation observation) {
        boolean changed = observation == Observation.CHANGED;
        if (changed || observation == Observation.MISS || observation == Observation.NOT_LEADER) {
            for (TableUse use : plans.of(request, statement).uses()) {
                if (changed || locations.cached(use.key()) instanceof TableLocation.View) {
                    locations.markStale(use.key());
                }
            }
        }
    }

    private boolean isNamed(RouteRequest request, RoutedStatement statement, RoutedPartition partition) {
        return plans.of(request, statement).uses().stream()
                .anyMatch(use -> use.key().equals(partition.table().key()));
    }

    /** One server leads what the statement touched, yet no partition was found: the table may have others by now. */
    private void doubtDefinition(@Nullable TableLocation table, RouteDecision.Use used) {
        if (table instanceof TableLocation.Partitioned) {
            locations.missed(table, LocationSource.NO_LEAF, used.server());
        }
    }

    private void judge(RoutedPartition partition, RouteDecision.Use used, Observation observation, RoutingRules rules) {
        switch (observation) {
            case STALE -> stale.note(used.server(), tableId(partition), partition.leaf(), rules.staleRetry());
            case HIT -> {
                ServerAddress leader = leader(partition);
                if (leader != null && !leader.equals(used.server())) {
                    locations.missed(partition.table(), partition.leaf(), leader);
                }
            }
            case MISS, NOT_LEADER -> {
                // a server that was not chosen as the leader of one partition proves nothing about that partition
                if (used.reason() == RouteReason.WEAK_READ_REPLICA) {
                    locations.markStale(partition.table().key());
                } else if (used.reason().isLeader() || observation == Observation.NOT_LEADER) {
                    locations.missed(partition.table(), partition.leaf(), used.server());
                } else {
                    doubtDefinition(partition.table(), used);
                }
            }
            case CHANGED -> locations.markStale(partition.table().key());
        }
    }

    private @Nullable ServerAddress leader(RoutedPartition partition) {
        ReplicaSet replicas = replicas(partition);
        return replicas == null ? null : replicas.leader();
    }

    private @Nullable ReplicaSet replicas(RoutedPartition partition) {
        return switch (partition.table()) {
            case TableLocation.SinglePartition one -> one.replicas();
            case TableLocation.Partitioned table -> locations.partition(table, partition.leaf());
            default -> null;
        };
    }
}
