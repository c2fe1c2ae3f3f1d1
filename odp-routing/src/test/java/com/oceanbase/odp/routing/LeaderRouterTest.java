package com.oceanbase.odp.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.topology.HealthRules;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.SystemVariable;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderRouterTest {
    private static final ServerAddress A = new ServerAddress("127.0.0.1", 2881);
    private static final ServerAddress B = new ServerAddress("127.0.0.2", 2881);
    private static final ServerAddress C = new ServerAddress("127.0.0.3", 2881);
    private static final ServerAddress STRANGER = new ServerAddress("127.0.0.9", 2881);
    private static final TableKey T = new TableKey("demo", "sys", "db", "t");

    private final Map<TableKey, TableLocation> known = new HashMap<>();
    private final CompletableFuture<@Nullable Void> pending = new CompletableFuture<>();
    private final List<TableKey> stale = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final ServerHealth health = new ServerHealth(() -> HealthRules.DEFAULT, clock::get, server -> {});
    private final LeaderRouter router = new LeaderRouter(new Locations(), health);

    private final class Locations implements LocationSource {
        @Override
        public CompletableFuture<@Nullable Void> request(TableKey key) {
            return pending;
        }

        @Override
        public CompletableFuture<@Nullable Void> request(TableLocation.Partitioned table, int... leaves) {
            throw new AssertionError("the router knows no partitions");
        }

        @Override
        public CompletableFuture<@Nullable Void> request(RoutineKey key) {
            throw new AssertionError("the router knows no routines");
        }

        @Override
        public @Nullable TableLocation cached(TableKey key) {
            return known.get(key);
        }

        @Override
        public @Nullable ReplicaSet partition(TableLocation.Partitioned table, int leaf) {
            throw new AssertionError("the router knows no partitions");
        }

        @Override
        public @Nullable Routine routine(RoutineKey key) {
            throw new AssertionError("the router knows no routines");
        }

        @Override
        public void missed(TableLocation table, int leaf, ServerAddress server) {
            stale.add(table.key());
        }

        @Override
        public void leaderIs(TableLocation table, int leaf, ServerAddress leader) {
            throw new AssertionError("nobody named a leader");
        }

        @Override
        public void schemaVersionIs(TableKey key, long schemaVersion) {
            throw new AssertionError("nobody named a version");
        }

        @Override
        public void markStale(TableKey key) {
            stale.add(key);
        }
    }

    private static ServerView server(ServerAddress address, ServerState state) {
        return new ServerView(address, "z", state);
    }

    private static TenantView tenant(ServerView... servers) {
        return new TenantView("demo", "sys", 1, List.of(servers), SystemVariableCatalog.builtIn());
    }

    private static TenantView allActive() {
        return tenant(server(A, ServerState.ACTIVE), server(B, ServerState.ACTIVE), server(C, ServerState.ACTIVE));
    }

    private static StatementSummary summary(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL);
    }

    private static RouteRequest request(String sql, @Nullable ServerAddress last, ServerAddress... excluded) {
        return asked(allActive(), "db", summary(sql), last, Set.of(excluded));
    }

    private static RouteRequest asked(
            TenantView tenant,
            String database,
            @Nullable StatementSummary statement,
            @Nullable ServerAddress last,
            Set<ServerAddress> excluded) {
        SessionView session = new SessionView() {
            @Override
            public String database() {
                return database;
            }

            @Override
            public SessionPreferences preferences() {
                return SessionPreferences.DEFAULT;
            }

            @Override
            public SessionValues values() {
                return SessionValues.MYSQL;
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
                return last;
            }
        };
        return new RouteRequest(tenant, session, statement == null ? null : RoutedStatement.of(statement), excluded, 0);
    }

    private RouteDecision waitFor(TableKey key) {
        return new RouteDecision.Wait(pending, "location of " + key);
    }

    private void leaderOfTIs(ServerAddress server) {
        known.put(T, new TableLocation.SinglePartition(T, 1, 1, List.of(new Replica(server, true))));
    }

    private void block(ServerAddress server) {
        for (int i = 0; i < 5; i++) {
            health.reportConnectFailure(server);
        }
    }

    @Test
    void asksForALocationOnce() {
        RouteRequest request = request("select * from t", null);
        assertThat(router.route(request)).isEqualTo(waitFor(T));
        RouteRequest waited = request("select * from t", B).waited();
        assertThat(router.route(waited)).isEqualTo(new RouteDecision.Use(B, RouteReason.LAST_SERVER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from t where id=1",
                "insert into t values(1)",
                "select * from DB.T",
                "update `t` set a=1"
            })
    void goesToTheLeader(String sql) {
        leaderOfTIs(C);
        assertThat(router.route(request(sql, A))).isEqualTo(new RouteDecision.Use(C, RouteReason.TABLE_LEADER));
    }

    @Test
    void keepsLetterCaseWhereTheTenantDoes() {
        TenantView exact = new TenantView(
                "demo",
                "sys",
                1,
                List.of(server(A, ServerState.ACTIVE)),
                new SystemVariableCatalog(1, List.of(new SystemVariable("lower_case_table_names", 5, "0", 5))));
        assertThat(router.route(asked(exact, "Db", summary("select * from Tab"), null, Set.of())))
                .isEqualTo(waitFor(new TableKey("demo", "sys", "Db", "Tab")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "begin",
                "select * from oceanbase.DBA_OB_SERVERS",
                "select * from INFORMATION_SCHEMA.tables"
            })
    void staysWithTheLastServerWithoutTable(String sql) {
        assertThat(router.route(request(sql, B))).isEqualTo(new RouteDecision.Use(B, RouteReason.LAST_SERVER));
    }

    @Test
    void aPartitionedTableAndOneThatIsNowhereStayWithTheLastServer() {
        known.put(T, new TableLocation.Partitioned(T, TableKind.USER, 1, 1, 4, null));
        assertThat(router.route(request("select * from t", B)))
                .isEqualTo(new RouteDecision.Use(B, RouteReason.LAST_SERVER));
        known.put(T, new TableLocation.Absent(T));
        assertThat(router.route(request("select * from t", B)))
                .isEqualTo(new RouteDecision.Use(B, RouteReason.LAST_SERVER));
    }

    @Test
    void withoutDatabaseNoTableIsKnown() {
        RouteRequest request = asked(allActive(), "", summary("select * from t"), B, Set.of());
        assertThat(router.route(request)).isEqualTo(new RouteDecision.Use(B, RouteReason.LAST_SERVER));
    }

    @Test
    void passesOverABlockedExcludedOrForeignLeaderAndLooksAgain() {
        leaderOfTIs(C);
        assertThat(router.route(request("select * from t", A, C)))
                .isEqualTo(new RouteDecision.Use(A, RouteReason.LAST_SERVER));
        assertThat(stale).containsExactly(T);
        block(C);
        assertThat(router.route(request("select * from t", A)))
                .isEqualTo(new RouteDecision.Use(A, RouteReason.LAST_SERVER));
        leaderOfTIs(STRANGER);
        assertThat(router.route(request("select * from t", A)))
                .isEqualTo(new RouteDecision.Use(A, RouteReason.LAST_SERVER));
        assertThat(stale).hasSize(3);
    }

    @Test
    void triesABlockedLeaderOnceWhenItIsTime() {
        leaderOfTIs(C);
        block(C);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(21));
        assertThat(router.route(request("select * from t", A)))
                .isEqualTo(new RouteDecision.Use(C, RouteReason.TABLE_LEADER));
        assertThat(router.route(request("select * from t", A)))
                .isEqualTo(new RouteDecision.Use(A, RouteReason.LAST_SERVER));
    }

    @Test
    void spreadsSessionsOverTheServersOfTheTenant() {
        Set<ServerAddress> used = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            RouteDecision decision = router.route(request("select 1", null));
            assertThat(decision).isInstanceOfSatisfying(RouteDecision.Use.class, use -> {
                assertThat(use.reason()).isEqualTo(RouteReason.TENANT_SERVER);
                used.add(use.server());
            });
        }
        assertThat(used).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void avoidsStoppedAndBlockedServersWhileOthersAreLeft() {
        TenantView tenant =
                tenant(server(A, ServerState.STOPPED), server(B, ServerState.ACTIVE), server(C, ServerState.DELETING));
        block(B);
        for (int i = 0; i < 6; i++) {
            assertThat(router.route(asked(tenant, "db", null, A, Set.of())))
                    .isEqualTo(new RouteDecision.Use(C, RouteReason.TENANT_SERVER));
        }
    }

    @Test
    void aFullBlockListNeverMeansNoServer() {
        block(A);
        block(B);
        block(C);
        assertThat(router.route(request("select 1", null)))
                .isInstanceOfSatisfying(
                        RouteDecision.Use.class, use -> assertThat(use.reason()).isEqualTo(RouteReason.FORCED_ACCESS));
        TenantView mixed = tenant(server(A, ServerState.INACTIVE), server(B, ServerState.ACTIVE));
        for (int i = 0; i < 4; i++) {
            assertThat(router.route(asked(mixed, "db", null, null, Set.of())))
                    .as("a blocked server in service is likelier to answer than one that is down")
                    .isEqualTo(new RouteDecision.Use(B, RouteReason.FORCED_ACCESS));
        }
    }

    @Test
    void refusesOnlyWhenEveryServerFailed() {
        assertThat(router.route(request("select 1", A, A, B)))
                .isEqualTo(new RouteDecision.Use(C, RouteReason.TENANT_SERVER));
        assertThat(router.route(request("select 1", A, A, B, C)))
                .isInstanceOfSatisfying(RouteDecision.Refuse.class, refuse -> {
                    assertThat(refuse.code()).isEqualTo(ErrorCode.SERVER_BUILD_CONNECTION_FAILED);
                    assertThat(refuse.message()).contains("demo", "127.0.0.3:2881");
                });
    }

    @Test
    void aMissMarksTheLocation() {
        leaderOfTIs(A);
        RouteDecision.Use used = new RouteDecision.Use(A, RouteReason.TABLE_LEADER);
        router.observed(request("select * from t", A), used, Router.Observation.MISS);
        router.observed(request("select 1", A), used, Router.Observation.MISS);
        assertThat(stale).containsExactly(T);
    }
}
