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
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four tablets in two log streams: the first two in 1001, the others in 1002. */
class LeaderWatchTest {
    private static final String LEADERS = "CDB_OB_LS_LOCATIONS WHERE role = 'LEADER'";
    private static final TableKey PARTS = new TableKey("demo", "sys", "db1", "parts");

    private final ClusterScript script = new ClusterScript();
    private final ScriptedServer one = new ScriptedServer(script);
    private final ScriptedServer two = new ScriptedServer(script);
    private ControlPlane control = start("leader_watch_interval=50ms");

    private static ControlPlane start(String options) {
        String all = "observer_sys_password=,observer_sys_password1=,server_state_refresh_interval=1h," + options;
        ConfigSnapshot config = switch (StartConfig.load(List.of(ConfigSource.optionString(all)))) {
            case StartConfig.Ready ready -> ready.snapshot();
            case StartConfig.Refused(String problem) -> throw new AssertionError(problem);
        };
        return new ControlPlane(() -> config, "4.3.1.0");
    }

    @BeforeEach
    void cluster() {
        script.servers.add(new ClusterScript.Listed(one.address(), "z1", "ACTIVE", true, false));
        script.servers.add(new ClusterScript.Listed(two.address(), "z2", "ACTIVE", true, false));
        List<List<@Nullable String>> tablets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tablets.add(Arrays.asList("" + (200_048 + i), i < 2 ? "1001" : "1002", "" + i, "p" + i, null, "0"));
        }
        script.special.put(
                "__all_virtual_proxy_partition A",
                new ScriptedServer.Answer.Rows(
                        List.of("tablet_id", "ls_id", "part_id", "part_name", "high_bound_val_bin", "sub_part_num"),
                        tablets));
        leaders(List.of(row(1001, one, 10), row(1002, two, 10)));
    }

    @AfterEach
    void close() {
        control.close();
        one.close();
        two.close();
    }

    private static List<@Nullable String> row(int logStream, ScriptedServer leader, int second) {
        return List.of(
                "1",
                Integer.toString(logStream),
                leader.address().host(),
                Integer.toString(leader.address().port()),
                "2026-01-01 00:00:" + second + ".000000");
    }

    private void leaders(List<List<@Nullable String>> rows) {
        script.special.put(
                LEADERS,
                new ScriptedServer.Answer.Rows(
                        List.of("tenant_id", "ls_id", "svr_ip", "sql_port", "modify_time"), rows));
    }

    private long asked(String text) {
        return Stream.concat(one.statements.stream(), two.statements.stream())
                .filter(sql -> sql.contains(text))
                .count();
    }

    private void awaitLooks(int count) {
        long before = asked(LEADERS);
        await().until(() -> asked(LEADERS) >= before + count);
    }

    private TableLocation.Partitioned parts() {
        control.define(List.of(new ClusterDefinition("demo", List.of(one.address()))));
        control.lookup("demo", "sys").orTimeout(20, TimeUnit.SECONDS).join();
        control.locations().request(PARTS).orTimeout(20, TimeUnit.SECONDS).join();
        TableLocation location = control.locations().cached(PARTS);
        assertThat(location).isInstanceOf(TableLocation.Partitioned.class);
        return (TableLocation.Partitioned) location;
    }

    private List<ServerAddress> leadersOf(TableLocation.Partitioned table) {
        List<ServerAddress> leaders = new ArrayList<>();
        IntStream.range(0, 4).forEach(leaf -> {
            ReplicaSet set = control.locations().partition(table, leaf);
            assertThat(set).isNotNull();
            if (set != null && set.leader() instanceof ServerAddress leader) {
                leaders.add(leader);
            }
        });
        return leaders;
    }

    @Test
    void aMovedLeaderIsFollowedWithoutAStatementAndWithoutAFetch() {
        TableLocation.Partitioned table = parts();
        awaitLooks(2);
        assertThat(leadersOf(table)).containsExactly(one.address(), two.address(), one.address(), two.address());
        long fetches = asked("__all_virtual_proxy_schema");
        leaders(List.of(row(1001, two, 20), row(1002, two, 10)));
        await().untilAsserted(() -> assertThat(leadersOf(table))
                .as("the first was led by the old leader; the third is in another log stream")
                .containsExactly(two.address(), two.address(), one.address(), two.address()));
        assertThat(asked("__all_virtual_proxy_schema")).isEqualTo(fetches);
    }

    @Test
    void aServerThatLagsBehindProvesNothing() {
        TableLocation.Partitioned table = parts();
        awaitLooks(2);
        leaders(List.of(row(1001, two, 20), row(1002, two, 10)));
        await().until(() -> leadersOf(table).getFirst().equals(two.address()));
        leaders(List.of(row(1001, one, 10), row(1002, two, 10)));
        awaitLooks(3);
        assertThat(leadersOf(table).getFirst()).isEqualTo(two.address());
        leaders(List.of(row(1001, one, 30), row(1002, two, 10)));
        await().untilAsserted(() -> assertThat(leadersOf(table).getFirst()).isEqualTo(one.address()));
    }

    @Test
    void aLogStreamWithoutLeaderForAWhileIsNotForgotten() {
        TableLocation.Partitioned table = parts();
        awaitLooks(2);
        leaders(List.of(row(1002, two, 10)));
        awaitLooks(2);
        leaders(List.of(row(1001, two, 20), row(1002, two, 10)));
        await().untilAsserted(() -> assertThat(leadersOf(table).getFirst()).isEqualTo(two.address()));
    }

    @Test
    void onlyTenantsWhoseTablesWereAskedForAreLookedAt() {
        control.define(List.of(new ClusterDefinition("demo", List.of(one.address()))));
        control.lookup("demo", "t1").orTimeout(20, TimeUnit.SECONDS).join();
        TableKey key = new TableKey("demo", "t1", "db1", "absent");
        assertThat(asked(LEADERS)).isZero();
        control.locations().request(key).orTimeout(20, TimeUnit.SECONDS).join();
        await().until(() -> asked("tenant_id IN (1002)") > 0);
        parts();
        await().until(() -> asked("tenant_id IN (1,1002)") > 0);
    }

    @Test
    void zeroSwitchesItOffAndAClusterThatCannotTellIsNoHarm() {
        control.close();
        control = start("leader_watch_interval=0");
        parts();
        script.special.put(LEADERS, new ScriptedServer.Answer.Error(1146, "Table doesn't exist"));
        control.close();
        assertThat(asked(LEADERS)).isZero();
        control = start("leader_watch_interval=50ms");
        TableLocation.Partitioned table = parts();
        awaitLooks(2);
        assertThat(leadersOf(table)).containsExactly(one.address(), two.address(), one.address(), two.address());
    }
}
