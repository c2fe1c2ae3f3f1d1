package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.policy.Fleet.Locations;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.topology.HealthRules;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.TenantView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What must hold for every tenant, configuration and session. */
class AnyFleetTest {
    private static final List<String> STATEMENTS = List.of(
            "select * from t",
            "select * from t for update",
            "insert into t values (1)",
            "select 1",
            "set @a = 1",
            "create table x (a int)",
            "select * from unknown",
            "select /*+ read_consistency(weak) */ * from t",
            "select /*+ read_consistency(weak) */ * from unknown");
    private static final List<String> POLICIES = List.of(
            "",
            "FOLLOWER_FIRST",
            "UNMERGE_FOLLOWER_FIRST",
            "FOLLOWER_ONLY",
            "READONLY_ZONE_FIRST",
            "ONLY_READONLY_ZONE",
            "UNMERGE_ZONE_FIRST",
            "ONLY_READWRITE_ZONE",
            "nonsense");

    /** A situation that a seed makes up. */
    private static final class Situation {
        private final Random random;
        final Locations locations = new Locations();
        final AtomicLong clock = new AtomicLong();
        final ServerHealth health = new ServerHealth(() -> HealthRules.DEFAULT, clock::get, server -> {});
        final List<RuntimeException> faults = new ArrayList<>();
        final Set<ServerAddress> blocked = new TreeSet<>();
        final Set<ServerAddress> excluded = new TreeSet<>();
        final TenantView tenant;
        final ReplicaSet replicas;
        final ConfigSnapshot config;
        final Session session;
        final String sql;

        Situation(long seed) {
            random = new Random(seed);
            Fleet fleet = new Fleet();
            int zones = 1 + random.nextInt(4);
            for (int i = 0; i < zones; i++) {
                fleet.zone("z" + i, "r" + random.nextInt(2), "idc" + random.nextInt(3), zoneType(), one(6));
            }
            int servers = 1 + random.nextInt(7);
            for (int i = 1; i <= servers; i++) {
                fleet.server("z" + random.nextInt(zones + 1), state());
                if (one(4)) {
                    block(at(i));
                }
                if (one(6)) {
                    excluded.add(at(i));
                }
            }
            if (one(2)) {
                fleet.primaryZone("z1,z0;z2");
            }
            if (one(8)) {
                fleet.singleLeader(1 + random.nextInt(servers + 1));
            }
            tenant = fleet.tenant();
            replicas = replicas(servers);
            locations.table("t", replicas);
            config = Fleet.config(
                    "proxy_idc_name", one(2) ? "idc" + random.nextInt(4) : "",
                    "proxy_route_policy", POLICIES.get(random.nextInt(POLICIES.size())),
                    "proxy_primary_zone_name", one(6) ? "z1;z0" : "",
                    "enable_primary_zone", Boolean.toString(one(2)),
                    "server_routing_mode", one(12) ? "random" : "oceanbase",
                    "obproxy_read_consistency", one(8) ? "1" : "0",
                    "enable_read_write_split", Boolean.toString(one(6)));
            session = session(servers);
            sql = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
        }

        private Session session(int servers) {
            Session plain = Session.PLAIN.set(
                    "ob_read_consistency",
                    one(3) ? Integer.toString(1 + random.nextInt(3)) : "",
                    "ob_route_policy",
                    Integer.toString(random.nextInt(4)));
            return one(2) ? plain.last(1 + random.nextInt(servers + 1)) : plain;
        }

        private boolean one(int in) {
            return random.nextInt(in) == 0;
        }

        private String zoneType() {
            return one(5) ? "ReadOnly" : one(9) ? "Encryption" : "ReadWrite";
        }

        private ServerState state() {
            return one(4) ? ServerState.values()[random.nextInt(ServerState.values().length)] : ServerState.ACTIVE;
        }

        private void block(ServerAddress server) {
            blocked.add(server);
            for (int i = 0; i < 5; i++) {
                health.reportConnectFailure(server);
            }
        }

        private ReplicaSet replicas(int servers) {
            List<Replica> copies = new ArrayList<>();
            boolean duplicate = one(8);
            int leader = 1 + random.nextInt(servers + 1);
            for (int i = 1; i <= servers + 1; i++) {
                if (i == leader ? !one(6) : one(2)) {
                    ReplicaType type = i == leader || one(2)
                            ? ReplicaType.FULL
                            : ReplicaType.values()[random.nextInt(ReplicaType.values().length)];
                    copies.add(Fleet.copy(i, i == leader, type, duplicate));
                }
            }
            return new ReplicaSet(copies);
        }

        RouteDecision route() {
            PartitionRouter router = new PartitionRouter(
                    new PartitionRouter.Parts(
                            locations,
                            (table, block, use, joined) -> (statement, view) -> table.all(),
                            health,
                            faults::add),
                    () -> config,
                    server -> 0,
                    clock::get);
            RouteRequest request = Fleet.request(tenant, session, sql, excluded.toArray(ServerAddress[]::new));
            RouteDecision decision = router.route(request);
            while (decision instanceof RouteDecision.Wait) {
                request = request.waited();
                decision = router.route(request);
            }
            return decision;
        }

        boolean isUsable(ServerAddress server) {
            ServerView view = tenant.server(server);
            return view != null && view.state().isServing() && !blocked.contains(server) && !excluded.contains(server);
        }

        /** A server on its way out comes behind all others. */
        boolean isStaying(ServerAddress server) {
            ServerView view = tenant.server(server);
            return view != null && view.state() != ServerState.DELETING;
        }

        RoutingRules rules() {
            return RoutingRules.of(config);
        }

        boolean weak() {
            return ReadMode.isWeak(Fleet.summary(sql), session, rules());
        }

        @Override
        public String toString() {
            return sql + " by " + config.text(Parameters.PROXY_ROUTE_POLICY) + " on "
                    + tenant.servers() + " blocked " + blocked + " excluded " + excluded + " copies " + replicas
                    + " session " + session;
        }
    }

    @Property(tries = 3000)
    void thereIsAlwaysADecisionAndNoFault(@ForAll long seed) {
        Situation situation = new Situation(seed);
        RouteDecision decision = situation.route();
        assertThat(situation.faults).as("%s", situation).isEmpty();
        if (decision instanceof RouteDecision.Use use) {
            assertThat(situation.excluded).as("%s", situation).doesNotContain(use.server());
            assertThat(situation.tenant.server(use.server()))
                    .as("%s", situation)
                    .isNotNull();
        } else {
            boolean allFailed = situation.tenant.servers().stream()
                    .allMatch(server -> situation.excluded.contains(server.address()));
            boolean forbidden = situation.rules().limitsZones()
                    || situation.rules().weakReadPolicy() == RoutingPolicy.FOLLOWER_ONLY;
            assertThat(allFailed || forbidden).as("%s", situation).isTrue();
        }
    }

    @Property(tries = 3000)
    void aStrongStatementGoesToTheLeaderWheneverItCanBeUsed(@ForAll long seed) {
        Situation situation = new Situation(seed);
        ServerAddress leader = situation.replicas.leader();
        boolean strong = situation.sql.contains("from t") || situation.sql.contains("into t");
        if (!strong
                || situation.weak()
                || leader == null
                || !situation.isUsable(leader)
                || situation.replicas.hasDuplicate()
                || situation.tenant.placement().singleLeader() != null
                || situation.rules().limitsZones()
                || situation.rules().mode() == RoutingRules.Mode.RANDOM) {
            return;
        }
        assertThat(situation.route()).as("%s", situation).isInstanceOfSatisfying(RouteDecision.Use.class, use -> {
            assertThat(use.server()).isEqualTo(leader);
            assertThat(use.reason()).isEqualTo(RouteReason.TABLE_LEADER);
        });
    }

    @Property(tries = 3000)
    void aServerThatCannotBeUsedIsTakenOnlyWhenNoneIsLeft(@ForAll long seed) {
        Situation situation = new Situation(seed);
        if (situation.route() instanceof RouteDecision.Use use) {
            assertThat(use.reason() == RouteReason.FORCED_ACCESS)
                    .as("%s: %s", situation, use)
                    .isEqualTo(!situation.isUsable(use.server()));
            boolean choosy = situation.rules().limitsZones()
                    || situation.rules().weakReadPolicy() != null
                    || situation.tenant.placement().zones().values().stream().anyMatch(zone -> zone.isReadOnly())
                    || situation.replicas.replicas().stream().anyMatch(replica -> replica.type() != ReplicaType.FULL);
            boolean anyUsable =
                    situation.tenant.servers().stream().anyMatch(server -> situation.isUsable(server.address()));
            if (!choosy && anyUsable) {
                assertThat(situation.isUsable(use.server()))
                        .as("%s: %s", situation, use)
                        .isTrue();
            }
        }
    }

    @Property(tries = 3000)
    void aWeakReadWithFollowersFirstGoesToAFollowerWheneverOneCanBeUsed(@ForAll long seed) {
        Situation situation = new Situation(seed);
        RoutingPolicy policy = situation.rules().weakReadPolicy();
        boolean followersFirst = policy == RoutingPolicy.FOLLOWER_FIRST || policy == RoutingPolicy.FOLLOWER_ONLY;
        boolean readOnlyZone = situation.tenant.servers().stream()
                .map(server -> situation.tenant.placement().zones().get(server.zone()))
                .anyMatch(zone -> zone != null && zone.isReadOnly());
        // without a data centre all servers are near, so that no leader is nearer than a follower
        boolean sameDistance = situation.rules().idcName().isEmpty();
        boolean follower = situation.replicas.replicas().stream()
                .anyMatch(replica -> !replica.leader()
                        && (replica.type() == ReplicaType.FULL || replica.type() == ReplicaType.READONLY)
                        && situation.isUsable(replica.server())
                        && situation.isStaying(replica.server()));
        boolean applies = situation.sql.endsWith("from t")
                && situation.weak()
                && followersFirst
                && !readOnlyZone
                && sameDistance
                && follower
                && !situation.rules().limitsZones()
                && situation.rules().mode() == RoutingRules.Mode.OCEANBASE;
        if (applies && situation.route() instanceof RouteDecision.Use use) {
            assertThat(use.server()).as("%s", situation).isNotEqualTo(situation.replicas.leader());
            assertThat(use.reason()).as("%s", situation).isEqualTo(RouteReason.WEAK_READ_REPLICA);
        }
    }
}
