package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.proxy.session.ClientSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The system variables that a session of the proxy's own accounts seems to have: the original's list
 * (SHOW VARIABLES of {@code root@proxysys}) and what drivers ask for besides. They cannot be changed.
 */
final class ServerVariables {
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("auto_increment_increment", "1"),
            Map.entry("auto_increment_offset", "1"),
            Map.entry("autocommit", "1"),
            Map.entry("character_set_client", "utf8mb4"),
            Map.entry("character_set_connection", "utf8mb4"),
            Map.entry("character_set_database", "utf8mb4"),
            Map.entry("character_set_results", "utf8mb4"),
            Map.entry("character_set_server", "utf8mb4"),
            Map.entry("collation_connection", "utf8mb4_general_ci"),
            Map.entry("collation_database", "utf8mb4_general_ci"),
            Map.entry("collation_server", "utf8mb4_general_ci"),
            Map.entry("init_connect", ""),
            Map.entry("interactive_timeout", "28800"),
            Map.entry("license", "Apache License 2.0"),
            Map.entry("lower_case_table_names", "2"),
            Map.entry("max_allowed_packet", "4194304"),
            Map.entry("net_buffer_length", "16384"),
            Map.entry("net_write_timeout", "60"),
            Map.entry("performance_schema", "0"),
            Map.entry("query_cache_size", "0"),
            Map.entry("query_cache_type", "OFF"),
            Map.entry("sql_mode", "STRICT_ALL_TABLES"),
            Map.entry("system_time_zone", "+08:00"),
            Map.entry("time_zone", "+08:00"),
            Map.entry("transaction_isolation", "READ-COMMITTED"),
            Map.entry("transaction_read_only", "0"),
            Map.entry("tx_isolation", "READ-COMMITTED"),
            Map.entry("tx_read_only", "0"),
            Map.entry("wait_timeout", "28800"));

    private final ClientSession session;
    private final Map<String, String> values = new TreeMap<>(FIXED);

    ServerVariables(ClientSession session) {
        this.session = session;
        values.put("version", session.context().config().get().get(Parameters.MYSQL_VERSION));
        values.put(
                "version_comment",
                "OceanBase Database Proxy " + session.context().version());
    }

    boolean contains(String name) {
        return values.containsKey(name);
    }

    @Nullable
    String value(String name) {
        return values.get(name);
    }

    /** Value of a function or literal. */
    @Nullable
    String value(SelectWithoutTable.Item item) {
        return switch (item.function()) {
            case "database", "schema" -> session.state().database();
            case "version" -> values.get("version");
            case "connection_id" -> Long.toString(session.id());
            case null -> item.literal();
            default -> session.accountName();
        };
    }

    /** Names and values of the variables whose names fit. */
    List<String[]> rows(LikePattern names) {
        List<String[]> rows = new ArrayList<>();
        values.forEach((name, value) -> {
            if (names.matches(name)) {
                rows.add(new String[] {name, value});
            }
        });
        return rows;
    }
}
