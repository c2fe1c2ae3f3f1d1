package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that decide where requests go.
 *
 * @param mode {@code server_routing_mode}
 * @param targetServers {@code target_db_server}: groups that are tried in order, the members of one are equal
 * @param testServers {@code test_server_addr}
 * @param idcName {@code proxy_idc_name}, empty if none
 * @param weakReadPolicy {@code proxy_route_policy}; null if it names none
 * @param onlyZones {@code proxy_primary_zone_name}: groups of zones in lower case, the first is preferred; empty if all
 *     zones may be used
 * @param switches what is switched on or off
 * @param staleRetry {@code read_stale_retry_interval}: how long a replica that was too old is avoided
 * @param own addresses of the proxy itself, which it must not connect to
 */
public record RoutingRules(
        Mode mode,
        List<List<ServerAddress>> targetServers,
        List<ServerAddress> testServers,
        String idcName,
        @Nullable RoutingPolicy weakReadPolicy,
        List<List<String>> onlyZones,
        Switches switches,
        Duration staleRetry,
        List<ServerAddress> own) {
    /** Values of {@code server_routing_mode}. */
    public enum Mode {
        OCEANBASE,
        /** Every request goes to any server. */
        RANDOM,
        /** Every request goes to one of {@code test_server_addr}. */
        MOCK,
        /** A plain MySQL server is behind the proxy. */
        MYSQL
    }

    /**
     * Parameters that are true or false.
     *
     * @param primaryZone {@code enable_primary_zone}
     * @param cachedServer {@code enable_cached_server}
     * @param singleLeader {@code enable_single_leader_node_routing}
     * @param partitions {@code enable_partition_table_route}
     * @param routines {@code enable_pl_route}
     * @param split {@code enable_read_write_split}
     * @param splitTransactions {@code enable_transaction_split}
     * @param weakByDefault {@code obproxy_read_consistency} is 1
     * @param causalOrder {@code enable_causal_order_read}
     */
    public record Switches(
            boolean primaryZone,
            boolean cachedServer,
            boolean singleLeader,
            boolean partitions,
            boolean routines,
            boolean split,
            boolean splitTransactions,
            boolean weakByDefault,
            boolean causalOrder) {}

    /** The rules by the parameters of a configuration. What cannot be read in them counts as not given. */
    public static RoutingRules of(ConfigSnapshot config) {
        return new RoutingRules(
                mode(config.get(Parameters.SERVER_ROUTING_MODE)),
                serverGroups(config.get(Parameters.TARGET_DB_SERVER)),
                addresses(Arrays.asList(config.get(Parameters.TEST_SERVER_ADDR).split("[,;]"))),
                config.get(Parameters.PROXY_IDC_NAME).strip(),
                RoutingPolicy.ofWeakReads(config.get(Parameters.PROXY_ROUTE_POLICY)),
                zoneGroups(config.get(Parameters.PROXY_PRIMARY_ZONE_NAME)),
                new Switches(
                        config.get(Parameters.ENABLE_PRIMARY_ZONE),
                        config.get(Parameters.ENABLE_CACHED_SERVER),
                        config.get(Parameters.ENABLE_SINGLE_LEADER_NODE_ROUTING),
                        config.get(Parameters.ENABLE_PARTITION_TABLE_ROUTE),
                        config.get(Parameters.ENABLE_PL_ROUTE),
                        config.get(Parameters.ENABLE_READ_WRITE_SPLIT),
                        config.get(Parameters.ENABLE_TRANSACTION_SPLIT),
                        config.get(Parameters.OBPROXY_READ_CONSISTENCY) == 1,
                        config.get(Parameters.ENABLE_CAUSAL_ORDER_READ)),
                config.get(Parameters.READ_STALE_RETRY_INTERVAL),
                own(config));
    }

    /** The bound addresses, and the loopback ones with the same port (original: src/obproxy/utils/ob_target_db_server.cpp:85). */
    private static List<ServerAddress> own(ConfigSnapshot config) {
        int port = config.get(Parameters.LISTEN_PORT).intValue();
        return Stream.of(
                        config.get(Parameters.LOCAL_BOUND_IP),
                        config.get(Parameters.LOCAL_BOUND_IPV6_IP),
                        "127.0.0.1",
                        "::1")
                .filter(host -> !host.isBlank())
                .map(host -> new ServerAddress(host.strip(), port))
                .distinct()
                .toList();
    }

    /** Whether requests are limited to some zones. */
    boolean limitsZones() {
        return !onlyZones.isEmpty();
    }

    private static Mode mode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "random" -> Mode.RANDOM;
            case "mock" -> Mode.MOCK;
            case "mysql" -> Mode.MYSQL;
            default -> Mode.OCEANBASE;
        };
    }

    /** Zones in the form {@code z1,z2;z3}, lower case; RANDOM, and a text without a zone, give nothing. */
    static List<List<String>> zoneGroups(String text) {
        return text.strip().equalsIgnoreCase("RANDOM") ? List.of() : groups(text.toLowerCase(Locale.ROOT));
    }

    /** Members separated by commas in groups separated by semicolons; empty ones are left out. */
    static List<List<String>> groups(String text) {
        List<List<String>> groups = new ArrayList<>();
        for (String group : text.split(";")) {
            List<String> members = Arrays.stream(group.split(","))
                    .map(String::strip)
                    .filter(member -> !member.isEmpty())
                    .toList();
            if (!members.isEmpty()) {
                groups.add(members);
            }
        }
        return List.copyOf(groups);
    }

    /** Addresses in groups, as in {@code target_db_server}. */
    static List<List<ServerAddress>> serverGroups(String text) {
        return groups(text).stream()
                .map(RoutingRules::addresses)
                .filter(group -> !group.isEmpty())
                .toList();
    }

    private static List<ServerAddress> addresses(List<String> texts) {
        List<ServerAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            ServerAddress address = address(text.strip());
            if (address != null && !addresses.contains(address)) {
                addresses.add(address);
            }
        }
        return List.copyOf(addresses);
    }

    private static @Nullable ServerAddress address(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return ServerAddress.parse(text);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
