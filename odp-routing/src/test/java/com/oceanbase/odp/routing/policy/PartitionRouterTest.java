package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static com.oceanbase.odp.routing.policy.Fleet.copy;
import static com.oceanbase.odp.routing.policy.Fleet.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.SessionPreferences;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.policy.Fleet.Locations;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.SystemVariable;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantView;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where strong reads and writes go, statements without a table, and all of them when servers fail. */
class PartitionRouterTest extends RouterFixture {
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
        TenantView tenant = Fleet.oneServerEach("z1 r1 idc1", "z2 r2 idc2").tenant();
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
        Fleet fleet =
                Fleet.oneServerEach("z1 r1 idc1", "z2 r1 idc2", "z3 r1 idc3").primaryZone("z1,z2;z3");
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
}
