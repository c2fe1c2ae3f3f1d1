package com.oceanbase.odp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {

    @Test
    void letsNamedOptionsWinOverTheList() {
        var options = ServerOptions.of(
                Path.of("h"), 2883, "127.0.0.1:2881", "demo", Map.of("listen_port", "9999", "cluster", "x"));

        assertThat(options.parameters())
                .containsEntry("listen_port", "2883")
                .containsEntry("cluster", "x")
                .containsEntry("rootservice_list", "127.0.0.1:2881")
                .containsEntry("rootservice_cluster_name", "demo")
                .doesNotContainKeys("app_name", "local_bound_ip", "prometheus_listen_port", "rpc_listen_port");
    }

    @Test
    void leavesTheListInForceWhereNoOptionIsGiven() {
        var options = ServerOptions.of(Path.of("h"), 0, "a:1", "c", Map.of("listen_port", "9999"));

        assertThat(options.parameter("listen_port")).contains("9999");
        assertThat(options.parameter("app_name")).isEmpty();
    }
}
