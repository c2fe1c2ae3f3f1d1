package com.oceanbase.odp.control;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers of a 4.3.5.3 cluster to the inner statements; columns and values as recorded from a real kernel, addresses
 * those of the scripted servers.
 */
final class ClusterScript implements Function<String, ScriptedServer.@Nullable Answer> {
    /** Address, zone, status, whether in service, whether stopped: one list entry per server. */
    record Listed(ServerAddress address, String zone, String status, boolean inService, boolean stopped) {}

    final List<Listed> servers = new CopyOnWriteArrayList<>();
    final Map<String, ScriptedServer.Answer> special = new ConcurrentHashMap<>();
    volatile String stoppedZone = "";

    @Override
    public ScriptedServer.@Nullable Answer apply(String sql) {
        for (Map.Entry<String, ScriptedServer.Answer> entry : special.entrySet()) {
            if (sql.contains(entry.getKey())) {
                return entry.getValue();
            }
        }
        if (sql.contains("ob_version()")) {
            return new ScriptedServer.Answer.Rows(List.of("cluster_version"), List.of(row("4.3.5.3")));
        }
        if (sql.contains("__all_dummy")) {
            return sql.contains("'t1'") ? locations("t1", "__all_dummy", 1) : locations("", "", 0);
        }
        if (sql.contains("__all_virtual_proxy_partition")) {
            return partitions(sql);
        }
        if (sql.contains("tablet_id IN (200048,200049,200050,200051)")) {
            return locations(List.of("200048", "200049", "200050", "200051"));
        }
        if (sql.contains("__all_virtual_proxy_schema")) {
            return sql.contains("table_name = 'single'")
                    ? locations("sys", "single", 1)
                    : sql.contains("table_name = 'parts'") ? locations("sys", "parts", 4) : locations("", "", 0);
        }
        if (sql.contains("FROM oceanbase.DBA_OB_ZONES")) {
            return zones();
        }
        if (sql.contains("FROM oceanbase.DBA_OB_SERVERS")) {
            return serverList();
        }
        if (sql.contains("FROM oceanbase.DBA_OB_TENANTS")) {
            return new ScriptedServer.Answer.Rows(
                    List.of("tenant_name", "tenant_id", "locality", "previous_locality", "primary_zone", "status"),
                    List.of(row("t1", "1002", "FULL{1}@z1, FULL{1}@z2", null, "z1;z2", "NORMAL")));
        }
        if (sql.contains("__all_virtual_proxy_sys_variable")) {
            return new ScriptedServer.Answer.Rows(
                    List.of("name", "data_type", "value", "modified_time", "flags"),
                    List.of(
                            row("auto_increment_increment", "10", "1", "1795232536297184", "131"),
                            row("autocommit", "5", "1", "1795232536297190", "131"),
                            row("character_set_results", "5", "45", "1795232536297184", "99")));
        }
        return new ScriptedServer.Answer.Error(1146, "Table doesn't exist");
    }

    private static ScriptedServer.Answer partitions(String sql) {
        if (sql.contains("__all_virtual_proxy_partition_info")) {
            return new ScriptedServer.Answer.Rows(
                    List.of(
                            "part_level",
                            "part_type",
                            "part_expr",
                            "part_key_name",
                            "part_key_type",
                            "part_key_idx",
                            "part_key_level",
                            "part_key_collation_type"),
                    List.of(row("1", "1", "id", "id", "5", "0", "1", "63")));
        }
        return new ScriptedServer.Answer.Rows(
                List.of("tablet_id", "ls_id", "part_id", "part_name", "high_bound_val_bin", "sub_part_num"),
                List.of(
                        row("200048", "1", "500072", "p0", null, "0"),
                        row("200049", "1", "500073", "p1", null, "0"),
                        row("200050", "1", "500074", "p2", null, "0"),
                        row("200051", "1", "500075", "p3", null, "0")));
    }

    private ScriptedServer.Answer zones() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        servers.stream()
                .map(Listed::zone)
                .distinct()
                .forEach(zone -> rows.add(row(
                        zone,
                        zone.equals(stoppedZone) ? "INACTIVE" : "ACTIVE",
                        "0",
                        "r1",
                        "idc-" + zone,
                        "ReadWrite")));
        return new ScriptedServer.Answer.Rows(
                List.of("zone", "status", "is_merging", "region", "spare4", "spare5"), rows);
    }

    private ScriptedServer.Answer serverList() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (Listed server : servers) {
            rows.add(row(
                    server.address().host(),
                    "2882",
                    Integer.toString(server.address().port()),
                    server.zone(),
                    server.status(),
                    server.inService() ? "1" : "0",
                    server.stopped() ? "1" : "0"));
        }
        return new ScriptedServer.Answer.Rows(
                List.of("svr_ip", "rpc_port", "svr_port", "zone", "status", "start_service_time", "stop_time"), rows);
    }

    /** The second server leads. */
    private ScriptedServer.Answer locations(String tenant, String table, int partitions) {
        return rows(partitions == 0 ? List.of() : locations(tenant, table, partitions, "0", 1));
    }

    /** The servers lead the tablets in turn. */
    private ScriptedServer.Answer locations(List<String> tablets) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < tablets.size(); i++) {
            rows.addAll(locations("sys", "parts", tablets.size(), tablets.get(i), i % servers.size()));
        }
        return rows(rows);
    }

    private List<List<@Nullable String>> locations(
            String tenant, String table, int partitions, String tablet, int leader) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            ServerAddress address = servers.get(i).address();
            rows.add(row(
                    tenant,
                    "db1",
                    table,
                    tablet,
                    address.host(),
                    Integer.toString(address.port()),
                    "500071",
                    i == leader ? "1" : "2",
                    Integer.toString(partitions),
                    "2",
                    "3",
                    "1795233466133984",
                    "0",
                    "0",
                    "2882"));
        }
        return rows;
    }

    private static ScriptedServer.Answer rows(List<List<@Nullable String>> rows) {
        return new ScriptedServer.Answer.Rows(
                List.of(
                        "tenant_name",
                        "database_name",
                        "table_name",
                        "tablet_id",
                        "svr_ip",
                        "sql_port",
                        "table_id",
                        "role",
                        "part_num",
                        "replica_num",
                        "table_type",
                        "schema_version",
                        "replica_type",
                        "dup_replica_type",
                        "svr_port"),
                rows);
    }

    private static List<@Nullable String> row(@Nullable String... cells) {
        return Arrays.asList(cells);
    }
}
