package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static com.oceanbase.odp.routing.policy.Fleet.copy;
import static com.oceanbase.odp.routing.policy.Fleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedPartition;
import com.oceanbase.odp.routing.Router.Observation;
import com.oceanbase.odp.routing.SessionPreferences;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.policy.Fleet.Locations;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.topology.HealthRules;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.SystemVariable;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionRouterTest {
    private static final int ROUNDS = 60;

    private final AtomicLong clock = new AtomicLong();
    private final ServerHealth health = new ServerHealth(() -> HealthRules.DEFAULT, clock::get, server -> {});
    private final Locations locations = new Locations();
    private final Map<ServerAddress, Integer> load = new HashMap<>();
    private final List<RuntimeException> faults = new ArrayList<>();
    private ConfigSnapshot config = Fleet.config();
    private final PartitionRouter router = new PartitionRouter(
            new PartitionRouter.Parts(
                    locations, (table, block, use, joined) -> (statement, session) -> table.all(), health, faults::add),
            () -> config,
            server -> load.getOrDefault(server, 0),
            clock::get);

    private void block(int... servers) {
        for (int server : servers) {
            for (int i = 0; i < 5; i++) {
                health.reportConnectFailure(at(server));
            }
        }
    }

    private static RouteDecision use(int server, RouteReason reason) {
        return new RouteDecision.Use(at(server), reason);
    }

    private RouteDecision route(TenantView tenant, SessionView session, @Nullable String sql, int... excluded) {
        Set<ServerAddress> failed = new TreeSet<>();
        for (int server : excluded) {
            failed.add(at(server));
        }
        return bare(router.route(request(tenant, session, sql, failed.toArray(ServerAddress[]::new))));
    }

    /** Without the partition that decided. */
    private static RouteDecision bare(RouteDecision decision) {
        return decision instanceof RouteDecision.Use use ? new RouteDecision.Use(use.server(), use.reason()) : decision;
    }

    private RouteDecision.Use byTable(int server, RouteReason reason) {
        TableLocation table = Objects.requireNonNull(locations.cached(Locations.key("t")));
        return new RouteDecision.Use(at(server), reason, new RoutedPartition(table, LocationSource.NO_LEAF));
    }

    /** Servers that are used in many rounds, all for this reason. */
    private Set<Integer> used(TenantView tenant, SessionView session, @Nullable String sql, RouteReason reason) {
        Set<Integer> used = new TreeSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(route(tenant, session, sql)).isInstanceOfSatisfying(RouteDecision.Use.class, decision -> {
                assertThat(decision.reason()).isEqualTo(reason);
                String host = decision.server().host();
                used.add(Integer.parseInt(host.substring(host.lastIndexOf('.') + 1)));
            });
        }
        return used;
    }

    // --- strong reads and writes

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from t where id=1",
                "insert into t values(1)",
                "select * from DB.T",
                "update `t` set a=1",
                "delete from t",
                "select * from t for update",
                "explain select * from t",
                "replace into t values (1)"
            })
    void goesToTheLeader(String sql) {
        locations.table("t", copies(3, 1, 2));
        assertThat(route(Fleet.three().tenant(), Session.PLAIN.last(1), sql))
                .isEqualTo(use(3, RouteReason.TABLE_LEADER));
        assertThat(locations.feedback).isEmpty();
    }

    @Test
    void goesToTheLeaderEvenInAnotherRegion() {
        config = Fleet.config("proxy_idc_name", "idc1");
        TenantView tenant = new Fleet()
                .zone("z1", "r1", "idc1")
                .zone("z2", "r2", "idc2")
                .server("z1")
                .server("z2")
                .tenant();
        locations.table("t", copies(2, 1));
        assertThat(route(tenant, Session.PLAIN, "select * from t")).isEqualTo(use(2, RouteReason.TABLE_LEADER));
    }

    @Test
    void asksForALocationAndGoesOnWithoutWhenItIsNotToBeHad() {
        RouteRequest request = request(Fleet.three().tenant(), Session.PLAIN.last(2), "select * from t");
        for (int i = 0; i < 4; i++) {
            assertThat(router.route(request)).isInstanceOf(RouteDecision.Wait.class);
            request = request.waited();
        }
        assertThat(bare(router.route(request))).isEqualTo(use(2, RouteReason.LAST_SERVER));
        assertThat(locations.feedback).containsOnly("request t");
    }

    @Test
    void keepsLetterCaseWhereTheTenantDoes() {
        TenantView folded = Fleet.three().tenant();
        TenantView exact = new TenantView(
                "c",
                "t",
                1,
                folded.servers(),
                new SystemVariableCatalog(1, List.of(new SystemVariable("lower_case_table_names", 5, "0", 5))));
        route(exact, Session.PLAIN, "select * from Tab");
        route(folded, Session.PLAIN, "select * from Tab");
        assertThat(locations.feedback).containsExactly("request Tab", "request tab");
    }

    @Test
    void takesAnotherReplicaWhenTheLeaderCannotBeUsedAndLooksAgain() {
        TenantView tenant = Fleet.three().server("z1").tenant();
        locations.table("t", copies(3, 1));
        assertThat(route(tenant, Session.PLAIN, "select * from t", 3)).isEqualTo(use(1, RouteReason.OTHER_REPLICA));
        assertThat(locations.feedback).containsExactly("missed t -1 10.0.0.3");
        block(3);
        assertThat(route(tenant, Session.PLAIN, "select * from t")).isEqualTo(use(1, RouteReason.OTHER_REPLICA));
        assertThat(route(tenant, Session.PLAIN, "select * from t", 1))
                .isInstanceOfSatisfying(
                        RouteDecision.Use.class, use -> assertThat(use.reason()).isEqualTo(RouteReason.TENANT_SERVER));
    }

    @Test
    void passesOverALeaderThatNoLongerServesTheTenant() {
        locations.table("t", copies(9, 1));
        assertThat(route(Fleet.three().tenant(), Session.PLAIN, "select * from t"))
                .isEqualTo(use(1, RouteReason.OTHER_REPLICA));
        assertThat(locations.feedback).containsExactly("missed t -1 10.0.0.9");
    }

    @Test
    void triesABlockedLeaderOnceWhenItIsTime() {
        locations.table("t", copies(3, 1));
        block(3);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(21));
        TenantView tenant = Fleet.three().tenant();
        assertThat(route(tenant, Session.PLAIN, "select * from t")).isEqualTo(use(3, RouteReason.TABLE_LEADER));
        assertThat(route(tenant, Session.PLAIN, "select * from t")).isEqualTo(use(1, RouteReason.OTHER_REPLICA));
    }

    @Test
    void leavesOutCopiesWithoutData() {
        locations.table(
                "t",
                new ReplicaSet(List.of(
                        copy(3, true, ReplicaType.FULL, false),
                        copy(1, false, ReplicaType.LOGONLY, false),
                        copy(2, false, ReplicaType.READONLY, false))));
        TenantView tenant = Fleet.three().tenant();
        block(3);
        assertThat(used(tenant, Session.PLAIN, "select * from t", RouteReason.OTHER_REPLICA))
                .containsExactly(2);
    }

    // --- statements without a table

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "begin",
                "set @a = 1",
                "create table t (a int)",
                "select * from oceanbase.DBA_OB_SERVERS",
                "select * from INFORMATION_SCHEMA.tables",
                "show tables"
            })
    void staysWithTheLastServerWithoutTable(String sql) {
        locations.table("t", copies(3, 1, 2));
        TenantView tenant = Fleet.three().tenant();
        assertThat(route(tenant, Session.PLAIN.last(2), sql)).isEqualTo(use(2, RouteReason.LAST_SERVER));
        assertThat(used(tenant, Session.PLAIN, sql, RouteReason.TENANT_SERVER)).containsExactly(1, 2, 3);
        config = Fleet.config("enable_cached_server", "false");
        assertThat(used(tenant, Session.PLAIN.last(2), sql, RouteReason.TENANT_SERVER))
                .containsExactly(1, 2, 3);
    }

    @Test
    void withoutDatabaseNoTableIsKnown() {
        Session session = new Session("", Session.PLAIN.preferences(), Session.PLAIN.transaction(), true, at(2));
        assertThat(route(Fleet.three().tenant(), session, "select * from t"))
                .isEqualTo(use(2, RouteReason.LAST_SERVER));
    }

    @Test
    void leavesALastServerThatIsNoLongerGood() {
        config = Fleet.config("proxy_idc_name", "idc1");
        Fleet fleet = new Fleet()
                .zone("near", "r1", "idc1")
                .zone("far", "r2", "idc2")
                .zone("merging", "r1", "idc1", "ReadWrite", true)
                .server("near")
                .server("far")
                .server("merging")
                .server("near", ServerState.DELETING);
        for (int last = 2; last <= 4; last++) {
            assertThat(route(fleet.tenant(), Session.PLAIN.last(last), "select 1"))
                    .isEqualTo(use(1, RouteReason.TENANT_SERVER));
        }
        block(1);
        assertThat(route(fleet.tenant(), Session.PLAIN.last(1), "select 1"))
                .isEqualTo(use(3, RouteReason.TENANT_SERVER));
    }

    @Test
    void viewsAndMissingTablesGoAnywhere() {
        locations.tables.put(Locations.key("v"), new TableLocation.Anywhere(Locations.key("v")));
        locations.tables.put(Locations.key("gone"), new TableLocation.Absent(Locations.key("gone")));
        locations.tables.put(Locations.key("unknown"), new TableLocation.Unknown(Locations.key("unknown")));
        for (String table : List.of("v", "gone", "unknown")) {
            assertThat(route(Fleet.three().tenant(), Session.PLAIN.last(2), "select * from " + table))
                    .isEqualTo(use(2, RouteReason.LAST_SERVER));
        }
    }

    @Test
    void prefersTheTenantsPrimaryZoneAndThenDistance() {
        config = Fleet.config("proxy_idc_name", "idc3");
        Fleet fleet = new Fleet()
                .zone("z1", "r1", "idc1")
                .zone("z2", "r1", "idc2")
                .zone("z3", "r1", "idc3")
                .server("z1")
                .server("z2")
                .server("z3")
                .primaryZone("z1,z2;z3");
        assertThat(used(fleet.tenant(), Session.PLAIN, null, RouteReason.PRIMARY_ZONE))
                .containsExactly(1, 2);
        block(1, 2);
        assertThat(used(fleet.tenant(), Session.PLAIN, null, RouteReason.PRIMARY_ZONE))
                .containsExactly(3);
        config = Fleet.config("proxy_idc_name", "idc3", "enable_primary_zone", "false");
        assertThat(used(fleet.tenant(), Session.PLAIN, null, RouteReason.TENANT_SERVER))
                .containsExactly(3);
        config = Fleet.config();
        assertThat(used(fleet.primaryZone("RANDOM").tenant(), Session.PLAIN, null, RouteReason.TENANT_SERVER))
                .containsExactly(3);
    }

    @Test
    void takesTheServerWithFewerRequestsAmongEquals() {
        load.put(at(1), 4);
        load.put(at(3), 1);
        load.put(at(2), 2);
        assertThat(used(Fleet.three().tenant(), Session.PLAIN, null, RouteReason.TENANT_SERVER))
                .containsExactly(3);
    }

    // --- when nothing is as it should be

    @Test
    void avoidsStoppedAndBlockedServersWhileOthersAreLeft() {
        TenantView tenant = new Fleet()
                .server("z", ServerState.STOPPED)
                .server("z")
                .server("z", ServerState.DELETING)
                .tenant();
        block(2);
        assertThat(used(tenant, Session.PLAIN.last(1), "select 1", RouteReason.TENANT_SERVER))
                .containsExactly(3);
    }

    @Test
    void aFullBlockListNeverMeansNoServer() {
        block(1, 2, 3);
        TenantView tenant = Fleet.three().tenant();
        assertThat(used(tenant, Session.PLAIN, "select 1", RouteReason.FORCED_ACCESS))
                .containsExactly(1, 2, 3);
        TenantView mixed =
                new Fleet().server("z", ServerState.INACTIVE).server("z").tenant();
        assertThat(used(mixed, Session.PLAIN, "select 1", RouteReason.FORCED_ACCESS))
                .as("a blocked server in service is likelier to answer than one that is down")
                .containsExactly(2);
    }

    @Test
    void refusesOnlyWhenEveryServerFailed() {
        TenantView tenant = Fleet.three().tenant();
        assertThat(route(tenant, Session.PLAIN, "select 1", 1, 2)).isEqualTo(use(3, RouteReason.TENANT_SERVER));
        assertThat(route(tenant, Session.PLAIN, "select 1", 1, 2, 3))
                .isInstanceOfSatisfying(RouteDecision.Refuse.class, refuse -> {
                    assertThat(refuse.code()).isEqualTo(ErrorCode.SERVER_BUILD_CONNECTION_FAILED);
                    assertThat(refuse.message()).contains("tenant t", "cluster c", "10.0.0.3:2881");
                });
    }

    @Test
    void aFaultOfTheRouterCostsTheBestServerOnly() {
        SessionView broken = new SessionView() {
            @Override
            public String database() {
                throw new IllegalStateException("broken");
            }

            @Override
            public SessionPreferences preferences() {
                return Session.PLAIN.preferences();
            }

            @Override
            public SessionValues values() {
                return Session.PLAIN.values();
            }

            @Override
            public TransactionPhase transaction() {
                return TransactionPhase.NONE;
            }

            @Override
            public boolean isAutocommit() {
                return true;
            }

            @Override
            public @Nullable ServerAddress lastServer() {
                return null;
            }
        };
        block(1);
        assertThat(route(Fleet.three().tenant(), broken, "select * from t"))
                .isEqualTo(use(2, RouteReason.TENANT_SERVER));
        assertThat(route(Fleet.three().tenant(), broken, "select * from t", 2, 3))
                .isEqualTo(use(1, RouteReason.FORCED_ACCESS));
        assertThat(faults).hasSize(2);
        assertThat(router.statistics().faults()).isEqualTo(2);
    }

    // --- servers that are named

    @Test
    void goesWhereTheSessionSays() {
        Session session = Session.PLAIN.set("@obproxy_route_addr", Long.toString((2881L << 32) | 0x0A000002L));
        locations.table("t", copies(3, 1, 2));
        TenantView tenant = Fleet.three().tenant();
        assertThat(route(tenant, session, "select * from t")).isEqualTo(use(2, RouteReason.ROUTE_ADDRESS));
        assertThat(route(tenant, session, "select * from t", 2))
                .as("there is no other")
                .isInstanceOf(RouteDecision.Refuse.class);
        assertThat(route(tenant, Session.PLAIN.set("@obproxy_route_addr", "0"), "select * from t"))
                .isEqualTo(use(3, RouteReason.TABLE_LEADER));
    }

    @Test
    void goesToTargetServersGroupByGroup() {
        config = Fleet.config("target_db_server", "10.0.0.7:2881,10.0.0.8:2881;10.0.0.9:2881");
        TenantView tenant = Fleet.three().tenant();
        assertThat(used(tenant, Session.PLAIN, "select * from t", RouteReason.TARGET_SERVER))
                .containsExactly(7, 8);
        block(7);
        assertThat(used(tenant, Session.PLAIN, "select * from t", RouteReason.TARGET_SERVER))
                .containsExactly(8);
        assertThat(route(tenant, Session.PLAIN, null, 7, 8)).isEqualTo(use(9, RouteReason.TARGET_SERVER));
        block(8, 9);
        assertThat(used(tenant, Session.PLAIN, "select 1", RouteReason.TARGET_SERVER))
                .as("a blocked one is tried when there is no other")
                .isNotEmpty();
        assertThat(route(tenant, Session.PLAIN, "select 1", 7, 8, 9))
                .isInstanceOfSatisfying(
                        RouteDecision.Refuse.class,
                        refuse -> assertThat(refuse.message()).contains("target_db_server"));
    }

    @Test
    void goesWhereACommentSaysAheadOfTheConfiguration() {
        config = Fleet.config("target_db_server", "10.0.0.9:2881");
        TenantView tenant = Fleet.three().tenant();
        String sql = "/* ODP: target_db_server='10.0.0.7:2881;10.0.0.8:2881' */ select * from t";
        assertThat(used(tenant, Session.PLAIN, sql, RouteReason.TARGET_SERVER)).containsExactly(7);
        assertThat(route(tenant, Session.PLAIN, sql, 7)).isEqualTo(use(8, RouteReason.TARGET_SERVER));
        assertThat(route(tenant, Session.PLAIN, sql, 7, 8)).isInstanceOf(RouteDecision.Refuse.class);
        assertThat(route(tenant, Session.PLAIN, "/* target_db_server='nowhere' */ select * from t"))
                .as("what is no address names nothing")
                .isEqualTo(use(9, RouteReason.TARGET_SERVER));
        assertThat(route(
                        tenant,
                        Session.PLAIN.set("@obproxy_route_addr", Long.toString((2881L << 32) | 0x0A000002L)),
                        sql))
                .isEqualTo(use(2, RouteReason.ROUTE_ADDRESS));
    }

    @Test
    void goesToTestServersInMockMode() {
        config = Fleet.config("test_server_addr", "10.0.0.7:2881;10.0.0.8:2881", "server_routing_mode", "mock");
        assertThat(used(Fleet.three().tenant(), Session.PLAIN, "select 1", RouteReason.TEST_SERVER))
                .containsExactly(7, 8);
    }

    @Test
    void goesAnywhereInRandomMode() {
        config = Fleet.config("server_routing_mode", "random", "proxy_idc_name", "idc1");
        TenantView tenant = new Fleet()
                .zone("z1", "r1", "idc1")
                .zone("z2", "r2", "idc2")
                .server("z1")
                .server("z2")
                .primaryZone("z1")
                .tenant();
        locations.table("t", copies(1, 2));
        assertThat(used(tenant, Session.PLAIN.last(1), "select * from t", RouteReason.TENANT_SERVER))
                .containsExactly(1, 2);
    }

    @Test
    void goesToTheSingleLeaderUntilAServerContradicts() {
        TenantView tenant = Fleet.three().singleLeader(2).tenant();
        assertThat(route(tenant, Session.PLAIN, "select * from t")).isEqualTo(use(2, RouteReason.SINGLE_LEADER));
        assertThat(route(tenant, Session.PLAIN.last(1), "select 1")).isEqualTo(use(2, RouteReason.SINGLE_LEADER));
        locations.table("t", copies(3, 1, 2));
        assertThat(route(tenant, Session.PLAIN, "select /*+ read_consistency(weak) */ * from t"))
                .as("a weak read goes by its policy")
                .isInstanceOfSatisfying(
                        RouteDecision.Use.class,
                        use -> assertThat(use.reason()).isEqualTo(RouteReason.WEAK_READ_REPLICA));
        assertThat(route(tenant, SessionView.LOGIN, null))
                .as("a login goes anywhere")
                .isInstanceOfSatisfying(
                        RouteDecision.Use.class, use -> assertThat(use.reason()).isEqualTo(RouteReason.TENANT_SERVER));
        router.observed(
                request(tenant, Session.PLAIN, "select * from t"),
                new RouteDecision.Use(at(2), RouteReason.SINGLE_LEADER),
                Observation.MISS);
        assertThat(route(tenant, Session.PLAIN, "select * from t")).isEqualTo(use(3, RouteReason.TABLE_LEADER));
        config = Fleet.config("enable_single_leader_node_routing", "false");
        assertThat(route(Fleet.three().singleLeader(2).tenant(), Session.PLAIN, "select * from t"))
                .isEqualTo(use(3, RouteReason.TABLE_LEADER));
    }

    @Test
    void aBlockedSingleLeaderIsPassedOver() {
        block(2);
        locations.table("t", copies(3, 1, 2));
        assertThat(route(Fleet.three().singleLeader(2).tenant(), Session.PLAIN, "select * from t"))
                .isEqualTo(use(3, RouteReason.TABLE_LEADER));
    }

    @Test
    void keepsToTheNamedZonesByPriority() {
        config = Fleet.config("proxy_primary_zone_name", "z2;z3", "proxy_idc_name", "idc3");
        Fleet fleet = new Fleet()
                .zone("z1", "r1", "idc1")
                .zone("z2", "r2", "idc2")
                .zone("z3", "r3", "idc3")
                .server("z1")
                .server("z2")
                .server("z3");
        locations.table("t", copies(1, 2, 3));
        TenantView tenant = fleet.tenant();
        assertThat(used(tenant, Session.PLAIN.last(3), "update t set a = 1", RouteReason.PROXY_PRIMARY_ZONE))
                .as("not the leader; priority goes before distance")
                .containsExactly(2);
        assertThat(used(tenant, Session.PLAIN.last(3), "select 1", RouteReason.PROXY_PRIMARY_ZONE))
                .containsExactly(2);
        assertThat(used(
                        tenant,
                        Session.PLAIN.set("ob_read_consistency", "2"),
                        "select * from t",
                        RouteReason.PROXY_PRIMARY_ZONE))
                .containsExactly(2);
        block(2);
        assertThat(used(tenant, Session.PLAIN, "select * from t", RouteReason.PROXY_PRIMARY_ZONE))
                .containsExactly(3);
        assertThat(route(tenant, Session.PLAIN, "select * from t", 2, 3))
                .isInstanceOfSatisfying(
                        RouteDecision.Refuse.class,
                        refuse -> assertThat(refuse.message()).contains("proxy_primary_zone_name 'z2;z3'"));
    }

    // --- weak reads and duplicate tables

    @Test
    void weakReadsFollowTheirPolicy() {
        TenantView tenant = Fleet.three().tenant();
        locations.table("t", copies(3, 1, 2));
        String weak = "select /*+ read_consistency(weak) */ * from t";
        assertThat(used(tenant, Session.PLAIN.last(1), weak, RouteReason.WEAK_READ_REPLICA))
                .containsExactly(1, 2, 3);
        config = Fleet.config("proxy_route_policy", "FOLLOWER_FIRST");
        assertThat(used(tenant, Session.PLAIN, weak, RouteReason.WEAK_READ_REPLICA))
                .containsExactly(1, 2);
        block(1, 2);
        assertThat(used(tenant, Session.PLAIN, weak, RouteReason.WEAK_READ_REPLICA))
                .as("the leader is in the order, too")
                .containsExactly(3);
    }

    @Test
    void followerOnlyLeavesTheLeaderAloneWhileAFollowerMayComeBack() {
        config = Fleet.config("proxy_route_policy", "FOLLOWER_ONLY");
        String weak = "select /*+ read_consistency(weak) */ * from t";
        TenantView tenant = Fleet.three().tenant();
        locations.table("t", copies(3, 1, 2));
        assertThat(used(tenant, Session.PLAIN, weak, RouteReason.WEAK_READ_REPLICA))
                .containsExactly(1, 2);
        block(1, 2);
        assertThat(used(tenant, Session.PLAIN, weak, RouteReason.WEAK_READ_LEADER))
                .containsExactly(3);
        locations.table("alone", copies(1));
        TenantView one = new Fleet().server("z").tenant();
        assertThat(route(one, Session.PLAIN, weak.replace("from t", "from alone")))
                .isInstanceOfSatisfying(
                        RouteDecision.Refuse.class,
                        refuse -> assertThat(refuse.message()).contains("FOLLOWER_ONLY"));
        assertThat(route(tenant, Session.PLAIN, weak.replace("from t", "from alone"), 2))
                .as("a server without a copy is no leader")
                .isEqualTo(use(3, RouteReason.TENANT_SERVER));
    }

    @Test
    void aCopyThatWasTooOldIsAvoidedForAWhile() {
        config = Fleet.config("proxy_route_policy", "FOLLOWER_FIRST");
        String weak = "select /*+ read_consistency(weak) */ * from t";
        TenantView tenant = Fleet.three().tenant();
        locations.table("t", copies(3, 1, 2));
        RouteRequest request = request(tenant, Session.PLAIN, weak);
        router.observed(request, byTable(1, RouteReason.WEAK_READ_REPLICA), Observation.STALE);
        assertThat(used(tenant, Session.PLAIN, weak, RouteReason.WEAK_READ_REPLICA))
                .containsExactly(2);
        router.observed(request, byTable(2, RouteReason.WEAK_READ_REPLICA), Observation.STALE);
        assertThat(used(tenant, Session.PLAIN, weak, RouteReason.WEAK_READ_REPLICA))
                .containsExactly(3);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(6));
        assertThat(used(tenant, Session.PLAIN, weak, RouteReason.WEAK_READ_REPLICA))
                .containsExactly(1, 2);
    }

    @Test
    void readsOfDuplicateTablesGoToTheNearestCopy() {
        config = Fleet.config("proxy_idc_name", "idc1");
        TenantView tenant = new Fleet()
                .zone("z1", "r1", "idc1")
                .zone("z2", "r2", "idc2")
                .server("z1")
                .server("z2")
                .server("z2")
                .tenant();
        List<Replica> copies = List.of(
                copy(2, true, ReplicaType.FULL, true),
                copy(1, false, ReplicaType.FULL, true),
                copy(3, false, ReplicaType.FULL, true));
        locations.table("t", new ReplicaSet(copies));
        assertThat(used(tenant, Session.PLAIN, "select * from t", RouteReason.DUPLICATE_REPLICA))
                .containsExactly(1);
        for (String sql : List.of("select * from t for update", "update t set a = 1")) {
            assertThat(route(tenant, Session.PLAIN, sql)).isEqualTo(use(2, RouteReason.TABLE_LEADER));
        }
    }

    @Test
    void readOnlyZonesServeWeakReadsOnly() {
        Fleet fleet = Fleet.three().zone("ro", "r", "", "ReadOnly", false).server("ro");
        locations.table("t", copies(3, 1, 2, 4));
        TenantView tenant = fleet.tenant();
        assertThat(used(
                        tenant,
                        Session.PLAIN,
                        "select /*+ read_consistency(weak) */ * from t",
                        RouteReason.WEAK_READ_REPLICA))
                .containsExactly(4);
        assertThat(used(
                        tenant,
                        Session.PLAIN.set("ob_route_policy", "2", "ob_read_consistency", "WEAK"),
                        "select * from t",
                        RouteReason.WEAK_READ_REPLICA))
                .containsExactly(4);
        block(3);
        assertThat(used(tenant, Session.PLAIN, "update t set a = 1", RouteReason.OTHER_REPLICA))
                .containsExactly(1, 2);
        assertThat(used(tenant, Session.PLAIN.last(4), "create table x (a int)", RouteReason.TENANT_SERVER))
                .as("not the last server, as it only serves reads")
                .containsExactly(1, 2);
    }

    @Test
    void mergingZonesAreAvoided() {
        config = Fleet.config("proxy_route_policy", "UNMERGE_FOLLOWER_FIRST");
        TenantView tenant = new Fleet()
                .zone("z1", "r", "", "ReadWrite", true)
                .zone("z2", "r", "", "ReadWrite", false)
                .server("z1")
                .server("z2")
                .tenant();
        locations.table("t", copies(2, 1));
        assertThat(used(
                        tenant,
                        Session.PLAIN,
                        "select /*+ read_consistency(weak) */ * from t",
                        RouteReason.WEAK_READ_REPLICA))
                .containsExactly(2);
    }

    @Test
    void replicasInAnotherRegionGoBeforeNearServersWithoutOne() {
        config = Fleet.config("proxy_idc_name", "z1");
        TenantView tenant = new Fleet()
                .zone("z1a", "r1", "")
                .zone("z2a", "r2", "")
                .server("z1a")
                .server("z2a")
                .tenant();
        locations.table("t", copies(2));
        assertThat(used(
                        tenant,
                        Session.PLAIN,
                        "select /*+ read_consistency(weak) */ * from t",
                        RouteReason.WEAK_READ_REPLICA))
                .containsExactly(2);
    }

    // --- what servers say

    @Test
    void aMissMakesTheLocationBeLookedAtAgain() {
        TenantView tenant = Fleet.three().tenant();
        locations.table("t", copies(3, 1, 2));
        RouteRequest request = request(tenant, Session.PLAIN, "select * from t");
        RouteDecision.Use leader = byTable(3, RouteReason.TABLE_LEADER);
        router.observed(request, leader, Observation.HIT);
        router.observed(
                request(tenant, Session.PLAIN, "select 1"),
                new RouteDecision.Use(at(3), RouteReason.LAST_SERVER),
                Observation.MISS);
        router.observed(request(tenant, Session.PLAIN, null), leader, Observation.MISS);
        assertThat(locations.feedback).isEmpty();
        router.observed(request, leader, Observation.MISS);
        router.observed(request, new RouteDecision.Use(at(1), RouteReason.LAST_SERVER), Observation.MISS);
        assertThat(locations.feedback).containsExactly("missed t -1 10.0.0.3");
        router.observed(request, byTable(1, RouteReason.OTHER_REPLICA), Observation.HIT);
        router.observed(request, leader, Observation.CHANGED);
        router.observed(request, byTable(1, RouteReason.WEAK_READ_REPLICA), Observation.MISS);
        assertThat(locations.feedback)
                .containsExactly("missed t -1 10.0.0.3", "missed t -1 10.0.0.3", "stale t", "stale t");
    }
}
