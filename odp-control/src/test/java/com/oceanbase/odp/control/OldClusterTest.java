package com.oceanbase.odp.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.ConfigSource;
import com.oceanbase.odp.config.StartConfig;
import com.oceanbase.odp.control.cluster.ClusterDefinition;
import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.ReplicaType;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster of version 3: other relations, other columns, partition ids instead of tablet ids. */
class OldClusterTest {
    /** Or-ed into the ids of partitions of two levels: bits 28 and 60. */
    private static final long MASK = 1_152_921_504_875_282_432L;

    private static final ServerAddress FOLLOWER = new ServerAddress("127.0.0.9", 2881);
    private static final Pattern IDS = Pattern.compile("partition_id (?:IN \\(([0-9,]+)\\)|= (0))");

    private final ScriptedServer server = new ScriptedServer(this::answer);
    private final ConfigSnapshot config = config();
    private final ControlPlane control = new ControlPlane(() -> config, "4.3.1.0");

    private static ConfigSnapshot config() {
        String options = "observer_sys_password=,observer_sys_password1=,short_async_task_timeout=5s";
        return switch (StartConfig.load(List.of(ConfigSource.optionString(options)))) {
            case StartConfig.Ready ready -> ready.snapshot();
            case StartConfig.Refused(String problem) -> throw new AssertionError(problem);
        };
    }

    @BeforeEach
    void define() {
        control.define(List.of(new ClusterDefinition("old", List.of(server.address()))));
        await(control.lookup("old", "sys"));
    }

    @AfterEach
    void close() {
        control.close();
        server.close();
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static List<@Nullable String> row(@Nullable String... cells) {
        return Arrays.asList(cells);
    }

    private ScriptedServer.@Nullable Answer answer(String sql) {
        if (sql.contains("ob_version()")) {
            return new ScriptedServer.Answer.Rows(List.of("cluster_version"), List.of(row("3.2.3.0")));
        }
        if (sql.contains("FROM oceanbase.__all_virtual_proxy_server_stat")) {
            return new ScriptedServer.Answer.Rows(
                    List.of("svr_ip", "svr_port", "zone", "status", "start_service_time", "stop_time", "rpc_port"),
                    List.of(row(server.address().host(), port(server.address()), "z1", "active", "17", "0", "2882")));
        }
        if (sql.contains("svr_ip = ''")) {
            return routine(sql);
        }
        if (sql.contains("__all_virtual_proxy_schema")) {
            return sql.contains("inner_port") ? locations(sql) : null;
        }
        if (sql.contains("__all_virtual_proxy_partition_info WHERE table_id = 1101")) {
            return info();
        }
        if (sql.contains("FROM oceanbase.__all_virtual_proxy_partition WHERE table_id = 1101")) {
            return new ScriptedServer.Answer.Rows(
                    List.of("part_id", "part_name", "high_bound_val_bin", "sub_part_num"),
                    List.of(
                            row("0", "p0", bytes(1, 5, 5, 63, 0, 100), "2"),
                            row(
                                    "1",
                                    "p1",
                                    bytes(1, 25, 7, 0, 0, 254, 255, 255, 255, 255, 255, 255, 255, 255, 1),
                                    "2")));
        }
        if (sql.contains("FROM oceanbase.__all_virtual_proxy_sub_partition WHERE table_id = 1101 and part_id = -1")) {
            return new ScriptedServer.Answer.Rows(
                    List.of("part_id", "sub_part_id", "part_name", "high_bound_val_bin"),
                    List.of(row("-1", "0", "0", null), row("-1", "1", "1", null)));
        }
        return new ScriptedServer.Answer.Error(1146, "Table doesn't exist");
    }

    private static ScriptedServer.Answer info() {
        List<String> columns = List.of(
                "template_num",
                "part_level",
                "part_type",
                "part_expr",
                "part_space",
                "sub_part_type",
                "sub_part_expr",
                "sub_part_space",
                "part_key_name",
                "part_key_type",
                "part_key_idx",
                "part_key_level",
                "spare1",
                "spare5");
        return new ScriptedServer.Answer.Rows(
                columns,
                List.of(
                        row("1", "2", "3", "a", "0", "0", "b", "0", "a", "5", "0", "1", "63", "-1,20,0"),
                        row("1", "2", "3", "a", "0", "0", "b", "0", "b", "5", "1", "2", "63", "-1,20,0")));
    }

    /** One server leads everything; the other copy is read-only, and that of the duplicate table is one. */
    private ScriptedServer.Answer locations(String sql) {
        boolean parts = sql.contains("table_name = 'parts'");
        boolean duplicate = sql.contains("table_name = 'dup'");
        Matcher ids = IDS.matcher(sql);
        List<List<@Nullable String>> rows = new ArrayList<>();
        if ((parts || duplicate) && ids.find()) {
            for (String id : (ids.group(1) == null ? "0" : ids.group(1)).split(",")) {
                rows.add(location(id, server.address(), "1", parts, "0", duplicate));
                rows.add(location(id, FOLLOWER, "2", parts, duplicate ? "0" : "16", duplicate));
            }
        }
        return new ScriptedServer.Answer.Rows(
                List.of(
                        "partition_id",
                        "svr_ip",
                        "sql_port",
                        "table_id",
                        "role",
                        "part_num",
                        "table_type",
                        "schema_version",
                        "spare1",
                        "spare2"),
                rows);
    }

    private static List<@Nullable String> location(
            String id, ServerAddress address, String role, boolean parts, String type, boolean duplicate) {
        return row(
                id,
                address.host(),
                port(address),
                parts ? "1101" : "1102",
                role,
                parts ? "4" : "1",
                "3",
                "77",
                type,
                duplicate ? "1" : "0");
    }

    private static ScriptedServer.Answer routine(String sql) {
        boolean found = sql.contains("database_name = 'db1' AND table_name = 'p1'")
                || sql.contains("(database_name = 'db1' OR database_name = 'pkg') AND table_name = 'pkg.p2'");
        return new ScriptedServer.Answer.Rows(
                List.of("database_name", "table_name", "table_id", "table_type", "schema_version", "spare4"),
                found ? List.of(row("db1", "p", "900", "1", "78", "update t set a=:1")) : List.of());
    }

    private static String bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return LosslessText.decode(bytes);
    }

    private static String port(ServerAddress address) {
        return Integer.toString(address.port());
    }

    private @Nullable TableLocation location(String table) {
        TableKey key = new TableKey("old", "sys", "db1", table);
        await(control.locations().request(key));
        return control.locations().cached(key);
    }

    @Test
    void partitionsOfTwoLevelsHaveComposedIds() {
        assertThat(location("parts")).isInstanceOfSatisfying(TableLocation.Partitioned.class, table -> {
            PartitionedTable definition = Objects.requireNonNull(table.definition());
            assertThat(definition.leaves().stream().map(Partition::name))
                    .containsExactly("P0S0", "P0S1", "P1S0", "P1S1");
            assertThat(table.physicalId(0)).isEqualTo(MASK);
            assertThat(table.physicalId(1)).isEqualTo(MASK + 1);
            assertThat(table.physicalId(3)).isEqualTo(MASK + (1L << 32) + 1);
            ReplicaSet last = control.locations().partition(table, 3);
            assertThat(last == null ? null : last.replicas())
                    .containsExactly(
                            new Replica(server.address(), true),
                            new Replica(FOLLOWER, false, ReplicaType.READONLY, false));
        });
        assertThat(server.statements)
                .anyMatch(sql -> sql.contains("A.partition_id IN (" + MASK + "," + (MASK + 1) + ","));
        assertThat(control.locationStatistics().partitionFetches()).isEqualTo(1);
    }

    @Test
    void copiesOfADuplicateTableAreKnown() {
        assertThat(location("dup")).isInstanceOfSatisfying(TableLocation.SinglePartition.class, table -> {
            assertThat(table.replicas().hasDuplicate()).isTrue();
            assertThat(table.schemaVersion()).isEqualTo(77);
        });
        assertThat(location("absent")).isInstanceOf(TableLocation.Absent.class);
    }

    @Test
    void routinesAreRowsOfTheSchemaRelation() {
        RoutineKey plain = new RoutineKey("old", "sys", "db1", "", "p1", false);
        RoutineKey packaged = new RoutineKey("old", "sys", "db1", "pkg", "p2", false);
        RoutineKey absent = new RoutineKey("old", "sys", "db1", "pkg", "p3", true);
        for (RoutineKey key : List.of(plain, packaged, absent)) {
            await(control.locations().request(key));
        }
        assertThat(control.locations().routine(plain))
                .isEqualTo(new Routine(plain, Routine.State.FOUND, 900, 78, "db1", "update t set a=:1"));
        assertThat(control.locations().routine(packaged))
                .isEqualTo(new Routine(packaged, Routine.State.FOUND, 900, 78, "db1", "update t set a=:1"));
        assertThat(control.locations().routine(absent)).isEqualTo(Routine.absent(absent));
    }
}
