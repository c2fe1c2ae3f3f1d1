package com.oceanbase.odp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.ConfigSource;
import com.oceanbase.odp.config.StartConfig;
import com.oceanbase.odp.control.cluster.ClusterDefinition;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.ViewDefinition;
import com.oceanbase.odp.topology.ClusterView;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.TenantView;
import com.oceanbase.odp.topology.ZoneView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
    private final ClusterScript script = new ClusterScript();
    private final ScriptedServer one = new ScriptedServer(script);
    private final ScriptedServer two = new ScriptedServer(script);
    private final ConfigSnapshot config = config("server_state_refresh_interval=50ms");
    private final ControlPlane control = new ControlPlane(() -> config, "4.3.1.0");

    private static ConfigSnapshot config(String options) {
        String all = "observer_sys_password=,observer_sys_password1=,short_async_task_timeout=5s," + options;
        return switch (StartConfig.load(List.of(ConfigSource.optionString(all)))) {
            case StartConfig.Ready ready -> ready.snapshot();
            case StartConfig.Refused(String problem) -> throw new AssertionError(problem);
        };
    }

    @BeforeEach
    void listServers() {
        script.servers.add(new ClusterScript.Listed(one.address(), "z1", "ACTIVE", true, false));
        script.servers.add(new ClusterScript.Listed(two.address(), "z2", "ACTIVE", true, false));
    }

    @AfterEach
    void close() {
        control.close();
        one.close();
        two.close();
    }

    private void define(String name, ServerAddress... seeds) {
        control.define(List.of(new ClusterDefinition(name, List.of(seeds))));
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private @Nullable TableLocation location(TableKey key) {
        control.locations().request(key).orTimeout(20, TimeUnit.SECONDS).join();
        return control.locations().cached(key);
    }

    private TenantView found(String cluster, String tenant) {
        return switch (get(control.lookup(cluster, tenant))) {
            case TenantLookup.Found(TenantView view) -> view;
            case TenantLookup other -> throw new AssertionError(other.toString());
        };
    }

    private ClusterView view() {
        return Objects.requireNonNull(control.cluster("demo"));
    }

    @Test
    void learnsTheClusterFromOneServer() {
        define("demo", one.address());
        TenantView sys = found("demo", "sys");
        assertThat(sys.servers())
                .containsExactly(
                        new ServerView(one.address(), "z1", ServerState.ACTIVE),
                        new ServerView(two.address(), "z2", ServerState.ACTIVE));
        assertThat(sys.variables().version()).isEqualTo(1_795_232_536_297_190L);
        assertThat(view().serverVersion()).isEqualTo("4.3.5.3");
        assertThat(view().zones()).containsEntry("z1", new ZoneView("z1", true, false, "r1", "idc-z1", "ReadWrite"));
        assertThat(view().tenants()).containsOnlyKeys("t1");
        assertThat(control.cached("demo", "sys")).isEqualTo(sys);
        assertThat(control.defaultCluster()).isEqualTo("demo");
    }

    @Test
    void findsTheServersOfATenantAndKnowsWhichDoesNotExist() {
        define("demo", one.address());
        assertThat(found("demo", "t1").servers()).hasSize(2);
        assertThat(get(control.lookup("demo", "no'such"))).isEqualTo(new TenantLookup.UnknownTenant());
        assertThat(get(control.lookup("other", "sys"))).isEqualTo(new TenantLookup.UnknownCluster());
        assertThat(control.cached("demo", "no'such")).isNull();
    }

    @Test
    void lookUpsAtTheSameTimeShareOneStatement() {
        define("demo", one.address());
        List<CompletableFuture<TenantLookup>> futures = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            futures.add(control.lookup("demo", "t1"));
        }
        futures.forEach(future -> assertThat(get(future)).isInstanceOf(TenantLookup.Found.class));
        long asked = Stream.concat(one.statements.stream(), two.statements.stream())
                .filter(sql -> sql.contains("__all_dummy"))
                .count();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void fetchesLocations() {
        define("demo", one.address());
        TableKey single = new TableKey("demo", "sys", "db1", "single");
        found("demo", "sys");
        assertThat(location(single)).isInstanceOfSatisfying(TableLocation.SinglePartition.class, location -> {
            assertThat(location.leader()).isEqualTo(two.address());
            assertThat(location.replicas().replicas()).hasSize(2);
            assertThat(location.tableId()).isEqualTo(500_071);
        });
        TableKey parts = new TableKey("demo", "sys", "db1", "parts");
        assertThat(location(parts)).isInstanceOfSatisfying(TableLocation.Partitioned.class, table -> {
            assertThat(table.tableId()).isEqualTo(500_071);
            assertThat(table.schemaVersion()).isEqualTo(1_795_233_466_133_984L);
            assertThat(table.partitions()).isEqualTo(4);
            assertThat(table.leafCount()).isEqualTo(4);
            assertThat(table.physicalId(2)).isEqualTo(200_050);
            ReplicaSet third = control.locations().partition(table, 2);
            ReplicaSet fourth = control.locations().partition(table, 3);
            assertThat(third == null ? null : third.leader()).isEqualTo(one.address());
            assertThat(fourth == null ? null : fourth.leader()).isEqualTo(two.address());
        });
        TableKey absent = new TableKey("demo", "sys", "db1", "absent");
        assertThat(location(absent)).isEqualTo(new TableLocation.Absent(absent));
        TableKey foreign = new TableKey("other", "sys", "db1", "single");
        assertThat(location(foreign)).isEqualTo(new TableLocation.Unknown(foreign));
    }

    private static ScriptedServer.Answer.Rows rowOf(String columns, String values) {
        return new ScriptedServer.Answer.Rows(List.of(columns.split(",")), List.of(List.of(values.split(","))));
    }

    @Test
    void aViewIsKnownByItsQueryElseByItsFirstTable() {
        define("demo", one.address());
        found("demo", "t1");
        String address = one.address().host() + ',' + one.address().port();
        ScriptedServer.Answer row = rowOf(
                "svr_ip,sql_port,table_id,role,part_num,table_type,schema_version,complex_table_type",
                address + ",500071,1,1,3,7,2");
        script.special.put("A.table_name = 'seen'", row);
        script.special.put("A.table_name = 'hidden'", row);
        String query = "select `db1`.`t`.`a` AS `a` from `db1`.`t`";
        script.special.put("T.table_name = 'seen'", rowOf("view_definition", query));
        TableKey seen = new TableKey("demo", "t1", "db1", "seen");
        assertThat(location(seen)).isEqualTo(new TableLocation.View(seen, new ViewDefinition(query, SqlMode.MYSQL)));
        TableLocation first = location(seen);
        control.locations().markStale(seen);
        assertThat(location(seen)).isSameAs(first);
        assertThat(one.statements.stream().filter(sql -> sql.contains("T.table_name = 'seen'")))
                .allMatch(sql -> sql.contains("T.tenant_id = 1002") && sql.contains("D.database_name = 'db1'"));
        assertThat(location(new TableKey("demo", "t1", "db1", "hidden")))
                .isInstanceOfSatisfying(
                        TableLocation.SinglePartition.class,
                        table -> assertThat(table.leader()).isEqualTo(one.address()));
    }

    @Test
    void serversThatHaveTheLogOnlyDoNotServeATenant() {
        script.special.put(
                "__all_dummy",
                new ScriptedServer.Answer.Rows(
                        List.of("svr_ip", "sql_port", "replica_type"),
                        List.of(
                                List.of(
                                        one.address().host(),
                                        Integer.toString(one.address().port()),
                                        "5"),
                                List.of(
                                        two.address().host(),
                                        Integer.toString(two.address().port()),
                                        "0"))));
        define("demo", one.address());
        assertThat(found("demo", "t1").servers())
                .extracting(ServerView::address)
                .containsExactly(two.address());
    }

    @Test
    void followsChangesOfServersAndZones() {
        define("demo", one.address());
        TenantView before = found("demo", "t1");
        script.servers.set(1, new ClusterScript.Listed(two.address(), "z2", "INACTIVE", false, false));
        await().until(() -> control.refreshed(before).servers().get(1).state() == ServerState.INACTIVE);
        assertThat(control.refreshed(before).clusterVersion()).isGreaterThan(before.clusterVersion());
        script.servers.set(1, new ClusterScript.Listed(two.address(), "z2", "ACTIVE", true, false));
        script.stoppedZone = "z1";
        await().until(() -> control.refreshed(before).servers().get(0).state() == ServerState.STOPPED
                && control.refreshed(before).servers().get(1).state() == ServerState.ACTIVE);
        script.stoppedZone = "";
        script.servers.removeFirst();
        await().until(() -> control.refreshed(before).servers().size() == 1);
    }

    @Test
    void anUnchangedClusterKeepsItsView() {
        define("demo", one.address());
        found("demo", "sys");
        ClusterView first = view();
        int asked = one.statements.size() + two.statements.size();
        await().until(() -> one.statements.size() + two.statements.size() > asked + 12);
        assertThat(view()).isSameAs(first);
    }

    @Test
    void anInvalidRowChangesNothing() {
        define("demo", one.address());
        found("demo", "sys");
        ClusterView first = view();
        script.special.put(
                "FROM oceanbase.DBA_OB_SERVERS WHERE",
                new ScriptedServer.Answer.Rows(
                        List.of("svr_ip", "svr_port", "zone", "status"), List.of(List.of("", "0", "z1", "ACTIVE"))));
        int asked = one.statements.size() + two.statements.size();
        await().until(() -> one.statements.size() + two.statements.size() > asked + 4);
        assertThat(view()).isSameAs(first);
    }

    @Test
    void goesOnWithAnotherServerWhenOneIsGone() {
        define("demo", new ServerAddress("127.0.0.1", 1), one.address(), two.address());
        assertThat(found("demo", "sys").servers()).hasSize(2);
        one.close();
        assertThat(found("demo", "t1").servers()).hasSize(2);
        for (int i = 0; i < 10; i++) {
            TableKey key = new TableKey("demo", "sys", "db1", "t" + i);
            assertThat(location(key)).isEqualTo(new TableLocation.Absent(key));
        }
        assertThat(control.health().isBlocked(two.address())).isFalse();
    }

    @Test
    void asksStoppedServersWhenNoneIsInService() {
        define("demo", new ServerAddress("127.0.0.1", 1), one.address());
        found("demo", "sys");
        script.servers.replaceAll(listed ->
                new ClusterScript.Listed(listed.address(), listed.zone(), listed.status(), listed.inService(), true));
        await().until(() -> view().servers().stream().allMatch(server -> server.state() == ServerState.STOPPED));
        assertThat(location(new TableKey("demo", "sys", "db1", "single")))
                .isInstanceOf(TableLocation.SinglePartition.class);
    }

    @Test
    void aServerThatHangsDoesNotDelayEveryStatement() {
        AtomicBoolean hangs = new AtomicBoolean();
        try (ScriptedServer third = new ScriptedServer(sql -> hangs.get() ? null : script.apply(sql))) {
            script.servers.add(new ClusterScript.Listed(third.address(), "z3", "ACTIVE", true, false));
            define("demo", one.address());
            assertThat(found("demo", "sys").servers()).hasSize(3);
            hangs.set(true);
            long start = System.nanoTime();
            for (int i = 0; i < 30; i++) {
                location(new TableKey("demo", "sys", "db1", "t" + i));
            }
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(6));
        }
    }

    @Test
    void survivesIdleConnectionsThatDied() {
        define("demo", one.address());
        found("demo", "sys");
        one.dropConnections();
        two.dropConnections();
        assertThat(found("demo", "t1").servers()).hasSize(2);
        assertThat(control.health().isBlocked(one.address())).isFalse();
    }

    @Test
    void triesTheSecondPassword() {
        String hash = "ee0e5138c912aed80b683c05303684be347ce81d";
        one.passwordHash = hash;
        two.passwordHash = hash;
        ConfigSnapshot both = config("observer_sys_password=" + "0".repeat(40) + ",observer_sys_password1=" + hash);
        try (ControlPlane other = new ControlPlane(() -> both, "4.3.1.0")) {
            other.define(List.of(new ClusterDefinition("demo", List.of(one.address()))));
            assertThat(get(other.lookup("demo", "sys"))).isInstanceOf(TenantLookup.Found.class);
        }
    }

    @Test
    void tellsWhatToDoWhenItIsRefusedAndDoesNotWait() {
        one.passwordHash = "ee0e5138c912aed80b683c05303684be347ce81d";
        define("demo", one.address());
        long start = System.nanoTime();
        assertThat(get(control.lookup("demo", "sys")))
                .isInstanceOfSatisfying(
                        TenantLookup.Unavailable.class,
                        unavailable -> assertThat(unavailable.why()).contains("1045", "observer_sys_password"));
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(4));
        one.passwordHash = "";
        await().until(() -> get(control.lookup("demo", "sys")) instanceof TenantLookup.Found);
    }

    @Test
    void waitsABoundedTimeForAClusterThatDoesNotAnswer() {
        ConfigSnapshot quick = config("short_async_task_timeout=1s");
        try (ScriptedServer silent = new ScriptedServer(sql -> null);
                ControlPlane other = new ControlPlane(() -> quick, "4.3.1.0")) {
            other.define(List.of(new ClusterDefinition("demo", List.of(silent.address()))));
            assertThat(get(other.lookup("demo", "sys"))).isInstanceOf(TenantLookup.Unavailable.class);
        }
    }

    @Test
    void aServerWithoutServerListIsTheWholeCluster() {
        script.servers.clear();
        script.special.put("DBA_OB_", new ScriptedServer.Answer.Error(1146, "Table doesn't exist"));
        define("demo", one.address());
        assertThat(found("demo", "sys").servers())
                .containsExactly(new ServerView(one.address(), "", ServerState.ACTIVE));
        TableKey key = new TableKey("demo", "sys", "db1", "single");
        assertThat(location(key)).isEqualTo(new TableLocation.Anywhere(key));
    }

    @Test
    void servesSeveralClustersAndEndsThoseThatVanish() {
        ClusterScript otherScript = new ClusterScript();
        try (ScriptedServer third = new ScriptedServer(otherScript)) {
            otherScript.servers.add(new ClusterScript.Listed(third.address(), "z1", "ACTIVE", true, false));
            ClusterDefinition demo = new ClusterDefinition("demo", List.of(one.address()));
            ClusterDefinition shop = new ClusterDefinition("shop", List.of(third.address()));
            control.define(List.of(demo, shop));
            assertThat(found("demo", "sys").servers()).hasSize(2);
            assertThat(found("shop", "sys").servers()).hasSize(1);
            assertThat(control.clusterNames()).containsExactly("demo", "shop");
            assertThat(control.defaultCluster()).isNull();
            ClusterView kept = view();
            control.define(List.of(demo));
            assertThat(view()).isSameAs(kept);
            assertThat(get(control.lookup("shop", "sys"))).isEqualTo(new TenantLookup.UnknownCluster());
            assertThat(control.defaultCluster()).isEqualTo("demo");
        }
    }

    @Test
    void theConfiguredClusterMayHaveNoName() {
        assertThat(ClusterDefinition.configured(config("rootservice_list=127.0.0.1:2881;127.0.0.2:2881")))
                .containsExactly(new ClusterDefinition(
                        "obcloud",
                        List.of(new ServerAddress("127.0.0.1", 2881), new ServerAddress("127.0.0.2", 2881))));
        assertThat(ClusterDefinition.configured(config("rootservice_list="))).isEmpty();
    }
}
