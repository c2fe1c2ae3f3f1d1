package com.oceanbase.odp.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The start options, by the names of the original (ob_proxy_main.cpp:86-108). Filled by the command-line parser. */
final class StartArguments {
    /** Parameters that the environment may set, so that no password stands on a command line (ob_proxy.cpp:321-350). */
    private static final List<String> FROM_ENVIRONMENT = List.of("observer_sys_password", "observer_sys_password1");

    @Mixin
    private final InstanceArguments instance = new InstanceArguments();

    @Option(
            names = {"-l", "--prometheus_listen_port"},
            paramLabel = "PLPORT",
            converter = PortConverter.class,
            description = "port of the Prometheus end point")
    private int prometheusPort;

    @Option(
            names = {"-s", "--rpc_listen_port"},
            paramLabel = "RLPORT",
            converter = PortConverter.class,
            description = "port of the RPC service")
    private int rpcPort;

    @Option(
            names = {"-o", "--optstr"},
            paramLabel = "NAME=VALUE,...",
            description = "parameters, separated by commas")
    private String optionList = "";

    @Option(
            names = {"-n", "--appname"},
            paramLabel = "APPNAME",
            description = "application name")
    private @Nullable String appName;

    @Option(
            names = {"-r", "--rs_list"},
            paramLabel = "IP:PORT;...",
            description = "root servers, ip:sql_port separated by semicolons")
    private @Nullable String rsList;

    @Option(
            names = {"-c", "--cluster_name"},
            paramLabel = "CLUSTER",
            description = "cluster of the root servers")
    private @Nullable String clusterName;

    @Option(
            names = {"-e", "--execute_config_sql"},
            description = "accepted without effect: there is no metadata database yet")
    private boolean executeConfigSql;

    @Option(
            names = {"-d", "--dump_config_sql"},
            description = "accepted without effect: there is no metadata database yet; the start goes on")
    private boolean dumpConfigSql;

    @Option(
            names = {"-N", "--nodaemon"},
            description = "stay in the foreground")
    private boolean foreground;

    @Option(
            names = {"-u", "--upgrade_ver"},
            paramLabel = "N",
            description = "generation of the process in connection ids")
    private long upgradeVersion;

    @Option(
            names = {"-V", "--version"},
            description = "print the version and end")
    private boolean version;

    @Option(
            names = {"-R", "--releaseid"},
            description = "print the release id and end")
    private boolean release;

    /** Options that the original accepts without effect outside its test builds. */
    @Option(
            names = {"-t", "--regression_test", "-P", "--test_mysql_port", "-H", "--test_mysql_ip"},
            hidden = true)
    private @Nullable String withoutEffect;

    InstanceArguments instance() {
        return instance;
    }

    boolean foreground() {
        return foreground;
    }

    boolean version() {
        return version;
    }

    boolean release() {
        return release;
    }

    /** Whether nothing was said except which instance is meant. */
    boolean namesOnlyTheInstance() {
        return optionList.isEmpty()
                && appName == null
                && rsList == null
                && clusterName == null
                && prometheusPort == 0
                && rpcPort == 0
                && !executeConfigSql
                && !dumpConfigSql;
    }

    /**
     * @throws IllegalArgumentException a wrong option; the message says which
     */
    ServerOptions toOptions(Map<String, String> environment) {
        if (upgradeVersion < 0) {
            throw new IllegalArgumentException("-u must not be negative: " + upgradeVersion);
        }
        var overrides = new LinkedHashMap<String, String>();
        for (String name : FROM_ENVIRONMENT) {
            String value = environment.get(name);
            if (value != null) {
                overrides.put(name, value);
            }
        }
        overrides.putAll(OptionList.parse(optionList));
        return new ServerOptions(
                instance.home().path(),
                null,
                instance.listenPort(),
                overrides,
                appName,
                clusterName,
                rsList,
                prometheusPort,
                rpcPort,
                upgradeVersion,
                executeConfigSql,
                dumpConfigSql);
    }
}
