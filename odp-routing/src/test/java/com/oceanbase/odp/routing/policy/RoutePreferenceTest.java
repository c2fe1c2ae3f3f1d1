package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static com.oceanbase.odp.routing.policy.Fleet.copy;
import static com.oceanbase.odp.routing.policy.Fleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.Router.Observation;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.TenantView;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Servers that are named or preferred, weak reads, and what servers say about choices. */
class RoutePreferenceTest extends RouterFixture {
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
    void neverGoesToItself() {
        config = Fleet.config(
                "target_db_server",
                "127.0.0.1:2883;10.0.0.9:2881",
                "listen_port",
                "2883",
                "local_bound_ip",
                "10.0.0.7");
        TenantView tenant = Fleet.three().tenant();
        assertThat(used(tenant, Session.PLAIN, "select 1", RouteReason.TARGET_SERVER))
                .containsExactly(9);
        String sql = "/* target_db_server='10.0.0.7:2883,10.0.0.8:2883' */ select 1";
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(route(tenant, Session.PLAIN, sql))
                    .isEqualTo(new RouteDecision.Use(new ServerAddress("10.0.0.8", 2883), RouteReason.TARGET_SERVER));
        }
        assertThat(route(tenant, Session.PLAIN, "/* target_db_server='127.0.0.1:2883' */ select 1"))
                .isInstanceOf(RouteDecision.Refuse.class);
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
        TenantView tenant = Fleet.oneServerEach("z1 r1 idc1", "z2 r2 idc2")
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
        Fleet fleet = Fleet.oneServerEach("z1 r1 idc1", "z2 r2 idc2", "z3 r3 idc3");
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
        TenantView tenant =
                Fleet.oneServerEach("z1 r1 idc1", "z2 r2 idc2").server("z2").tenant();
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
        TenantView tenant = Fleet.oneServerEach("z1a r1", "z2a r2").tenant();
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
