package com.oceanbase.odp.proxy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.proxy.session.ProxyHarness;
import com.oceanbase.odp.proxy.session.ScriptedServer;
import com.oceanbase.odp.proxy.session.WireClient;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SHOW PROXYTRACE tells the servers that the last request was tried on. */
class ShowProxyTraceTest {
    @Test
    void everyAttemptIsARow() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, Map.of("enable_trace_stats", "true"));
                WireClient client = proxy.connect("root@sys#c")) {
            proxy.server(0).when("select 5", ScriptedServer.error(8001, "08004", "Server is initializing"));
            assertThat(client.query("select 4").isSuccess()).isTrue();
            assertThat(client.query("select 5").isSuccess()).isTrue();
            Result shown = client.query("show proxytrace");
            assertThat(shown.titles())
                    .containsExactly(
                            "attempts",
                            "pl_attempts",
                            "ip",
                            "port",
                            "server_state",
                            "send_action",
                            "resp_error",
                            "cost_time_us");
            assertThat(shown.column("attempts")).containsExactly("1", "2");
            assertThat(shown.column("port"))
                    .containsExactly(
                            Integer.toString(proxy.server(0).address().port()),
                            Integer.toString(proxy.server(1).address().port()));
            assertThat(shown.column("server_state")).containsExactly("RESPONSE_ERROR", "TRANSACTION_COMPLETE");
            assertThat(shown.column("resp_error")).containsExactly("8001 Server is initializing", "");
            assertThat(client.query("show proxytrace " + client.connectionId() + " 2")
                            .column("attempts"))
                    .containsExactly("2");
            assertThat(client.query("show proxytrace 999999").errno()).isEqualTo(1094);
            assertThat(client.query("show proxytrace of all").errno()).isEqualTo(5010);
            assertThat(client.query("select 4").isSuccess()).isTrue();
            assertThat(client.query("show proxytrace").rows()).hasSize(1);
        }
    }

    @Test
    void nothingIsKeptByDefault() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, Map.of());
                WireClient client = proxy.connect("root@sys#c")) {
            assertThat(client.query("select 4").isSuccess()).isTrue();
            assertThat(client.query("show proxytrace").rows()).isEmpty();
        }
    }
}
