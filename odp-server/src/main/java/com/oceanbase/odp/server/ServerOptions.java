package com.oceanbase.odp.server;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the command line says about a start. What it does not say comes from the saved configuration or the
 * built-in defaults, which is for {@link ProxyServer} to look up.
 *
 * @param home directory with {@code etc/ log/ run/}; exists
 * @param listenAddress address to listen on, or null when not given
 * @param listenPort port of the SQL service, or 0 when not given
 * @param overrides parameters of the {@code -o} list in the order given; names and values as typed, unchecked
 * @param appName value of {@code -n}, or null
 * @param clusterName value of {@code -c}, or null
 * @param rsList value of {@code -r}, {@code host:port;host:port}, or null
 * @param prometheusPort value of {@code -l}, or 0
 * @param rpcPort value of {@code -s}, or 0
 * @param upgradeVersion value of {@code -u}: generation of the process in connection ids
 * @param executeConfigSql {@code -e} was given
 * @param dumpConfigSql {@code -d} was given
 */
public record ServerOptions(
        Path home,
        @Nullable String listenAddress,
        int listenPort,
        Map<String, String> overrides,
        @Nullable String appName,
        @Nullable String clusterName,
        @Nullable String rsList,
        int prometheusPort,
        int rpcPort,
        long upgradeVersion,
        boolean executeConfigSql,
        boolean dumpConfigSql) {

    public ServerOptions {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    }

    /**
     * The options of a plain start on one port.
     *
     * @param home directory with {@code etc/ log/ run/}
     * @param listenPort port of the SQL service, 0 for the configured one
     * @param rsList {@code host:port;host:port}
     * @param clusterName cluster of the list
     * @param overrides further parameters
     */
    public static ServerOptions of(
            Path home, int listenPort, String rsList, String clusterName, Map<String, String> overrides) {
        return new ServerOptions(home, null, listenPort, overrides, null, clusterName, rsList, 0, 0, 0, false, false);
    }

    /**
     * All parameters that the command line sets, in the order in which they apply (later wins): the {@code -o} list,
     * then {@code -r}, {@code -c}, {@code -n}, then {@code -p}, {@code -l}, {@code -s}. Order: ob_proxy.cpp:494-560.
     */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>(overrides);
        put(parameters, "rootservice_list", rsList);
        put(parameters, "rootservice_cluster_name", clusterName);
        put(parameters, "app_name", appName);
        put(parameters, "local_bound_ip", listenAddress);
        put(parameters, "listen_port", port(listenPort));
        put(parameters, "prometheus_listen_port", port(prometheusPort));
        put(parameters, "rpc_listen_port", port(rpcPort));
        return parameters;
    }

    /** The value that the command line gives to a parameter, if it gives one. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters().get(name));
    }

    private static @Nullable String port(int port) {
        return port == 0 ? null : Integer.toString(port);
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
