package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers of the kind that tells how new the data of weak reads were are told how new they have to be elsewhere. */
class SafeSnapshotTest {
    private static final String SET = "SET @@ob_safe_weak_read_snapshot = 42;";

    private static ScriptedServer.Answer seen(String snapshot) {
        return ScriptedServer.ok(new SessionChanges(
                List.of(new Variable("ob_safe_weak_read_snapshot", snapshot)), List.of(), null, false, List.of()));
    }

    private static ProxyHarness proxy(long capabilities) throws IOException {
        ProxyHarness proxy = new ProxyHarness(2, Map.of());
        proxy.loginVariables("u@t", Map.of("ob_capability_flag", Long.toString(capabilities)));
        proxy.server(0).when("select 1", seen("42"));
        return proxy;
    }

    @Test
    void anotherServerIsToldWhatWasSeen() throws IOException {
        try (ProxyHarness proxy = proxy(ObCapabilities.SAFE_WEAK_READ);
                WireClient client = proxy.connect("u@t#c")) {
            client.query("select 1 from t0");
            client.query("select 2 from t0");
            client.query("select 3 from t1");
            client.query("select 4 from t1");
            assertThat(proxy.server(0).journal()).doesNotContain(SET);
            assertThat(proxy.server(1).journal()).containsOnlyOnce(SET).containsSubsequence(SET, "select 3 from t1");
        }
    }

    @Test
    void serversThatKnowNoSnapshotsAreToldNothing() throws IOException {
        try (ProxyHarness proxy = proxy(0);
                WireClient client = proxy.connect("u@t#c")) {
            client.query("select 1 from t0");
            client.query("select 3 from t1");
            assertThat(proxy.server(1).journal())
                    .contains("select 3 from t1")
                    .noneMatch(line -> line.contains("snapshot"));
        }
    }

    @Test
    void aRefusalCostsNoAnswer() throws IOException {
        try (ProxyHarness proxy = proxy(ObCapabilities.SAFE_WEAK_READ);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(1).when(SET, ScriptedServer.error(1193, "HY000", "Unknown system variable"));
            client.query("select 1 from t0");
            assertThat(client.query("select row_count()").isSuccess()).isTrue();
            client.query("select 3 from t1");
            assertThat(client.query("select 2 from t0").isSuccess()).isTrue();
        }
    }
}
