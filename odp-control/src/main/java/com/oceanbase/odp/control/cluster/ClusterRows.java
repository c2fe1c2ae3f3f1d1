package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.SystemVariable;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantProperties;
import com.oceanbase.odp.topology.ZoneView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Turns rows of inner statements into views. Pure functions. */
final class ClusterRows {
    private static final int MAX_PORT = 65_535;
    private static final String DEFAULT_ZONE_TYPE = "ReadWrite";

    private ClusterRows() {}

    static Map<String, ZoneView> zones(ResultTable table) {
        Map<String, ZoneView> zones = new HashMap<>();
        for (ResultTable.Row row : table.rows()) {
            String name = row.text("zone");
            String region = row.text("region");
            String type = row.text("spare5");
            zones.put(
                    name,
                    new ZoneView(
                            name,
                            row.text("status").equalsIgnoreCase("ACTIVE"),
                            row.number("is_merging", 0) != 0,
                            region.isEmpty() ? ZoneView.DEFAULT_REGION : region,
                            row.text("spare4"),
                            type.isEmpty() ? DEFAULT_ZONE_TYPE : type));
        }
        return zones;
    }

    /**
     * Servers in the order of the rows; a server of a stopped zone is stopped. Null if a row is invalid: then nothing
     * of the round may be used (original: src/obproxy/obutils/ob_server_state_processor.cpp:1142-1345).
     */
    static @Nullable List<ServerView> servers(ResultTable table, Map<String, ZoneView> zones) {
        List<ServerView> servers = new ArrayList<>();
        for (ResultTable.Row row : table.rows()) {
            ServerAddress address = address(row, "svr_port");
            if (address == null) {
                return null;
            }
            ZoneView zone = zones.get(row.text("zone"));
            boolean stopped = row.number("stop_time", 0) > 0 || (zone != null && !zone.active());
            servers.add(new ServerView(
                    address,
                    row.text("zone"),
                    ServerState.of(row.text("status"), row.number("start_service_time", 0) > 0, stopped)));
        }
        return servers;
    }

    static Map<String, TenantProperties> tenants(ResultTable table) {
        Map<String, TenantProperties> tenants = new HashMap<>();
        for (ResultTable.Row row : table.rows()) {
            String name = row.text("tenant_name");
            tenants.put(
                    name,
                    new TenantProperties(
                            row.number("tenant_id", 0),
                            name,
                            row.text("locality"),
                            row.text("primary_zone"),
                            null,
                            isOracle(row.text("compatibility_mode"))));
        }
        return tenants;
    }

    /** A word from version 4 on, a number before. */
    private static boolean isOracle(String mode) {
        return mode.equalsIgnoreCase("ORACLE") || mode.equals("1");
    }

    /** Names of the tenants whose leaders are all on one server, with that server. */
    static Map<String, ServerAddress> singleLeaders(ResultTable table) {
        Map<String, ServerAddress> leaders = new HashMap<>();
        for (ResultTable.Row row : table.rows()) {
            String text = row.text("leader_addr");
            int colon = text.lastIndexOf(':');
            if (row.number("is_single_leader", 0) != 0 && colon > 0) {
                String port = text.substring(colon + 1);
                ServerAddress leader =
                        port.matches("[0-9]{1,5}") ? address(text.substring(0, colon), Integer.parseInt(port)) : null;
                if (leader != null) {
                    leaders.put(row.text("tenant_name"), leader);
                }
            }
        }
        return leaders;
    }

    /** Servers of a tenant, each once, in the order of the rows; not those that have the log only. */
    static List<ServerAddress> tenantServers(ResultTable table) {
        SequencedSet<ServerAddress> servers = new LinkedHashSet<>();
        for (ResultTable.Row row : table.rows()) {
            ServerAddress address = address(row, "sql_port");
            if (address != null && LocationRows.replicaType(row).hasData()) {
                servers.add(address);
            }
        }
        return List.copyOf(servers);
    }

    static SystemVariableCatalog variables(ResultTable table) {
        List<SystemVariable> variables = new ArrayList<>();
        long version = 0;
        for (ResultTable.Row row : table.rows()) {
            version = Math.max(version, row.number("modified_time", 0));
            variables.add(new SystemVariable(
                    row.text("name"), (int) row.number("data_type", 0), row.text("value"), row.number("flags", 0)));
        }
        return new SystemVariableCatalog(version, variables);
    }

    /** Address in a row, or null for the fake address 0.0.0.0:0, an empty one and a port that is none. */
    static @Nullable ServerAddress address(ResultTable.Row row, String portColumn) {
        return address(row.text("svr_ip"), row.number(portColumn, 0));
    }

    private static @Nullable ServerAddress address(String host, long port) {
        return host.isEmpty() || port < 1 || port > MAX_PORT ? null : new ServerAddress(host, (int) port);
    }
}
