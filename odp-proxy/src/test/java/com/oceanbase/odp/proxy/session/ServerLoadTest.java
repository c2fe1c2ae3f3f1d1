package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.protocol.command.CommandCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How busy the router believes a server to be. */
class ServerLoadTest {
    private ProxyHarness proxy;
    private final CountDownLatch gate = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of());
        proxy.server(1).when("select * from t1", ScriptedServer.afterwards(gate));
    }

    @AfterEach
    void stop() throws IOException {
        gate.countDown();
        proxy.close();
    }

    private static void ask(WireClient client) throws IOException {
        client.send(CommandCode.COM_QUERY.code(), "select * from t1".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsWhatIsNotAnsweredYet() throws IOException {
        try (WireClient first = proxy.connect("u@t#c");
                WireClient second = proxy.connect("u@t#c")) {
            assertThat(proxy.load(1)).isZero();
            ask(first);
            ask(second);
            await().untilAsserted(() -> assertThat(proxy.load(1)).isEqualTo(2));
            assertThat(proxy.load(0)).isZero();
            gate.countDown();
            first.packet();
            second.packet();
            await().untilAsserted(() -> assertThat(proxy.load(1)).isZero());
        }
    }

    @Test
    void replaysAndTheirStatementAreOneRequest() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("begin").isSuccess()).isTrue();
            ask(client);
            await().untilAsserted(() -> assertThat(proxy.server(1).journal()).contains("select * from t1"));
            assertThat(proxy.load(1)).isEqualTo(1);
        }
        await().untilAsserted(() -> assertThat(proxy.load(1)).isZero());
    }

    @Test
    void aServerThatIsGoneIsNotBusy() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            ask(client);
            await().untilAsserted(() -> assertThat(proxy.load(1)).isEqualTo(1));
            proxy.server(1).close();
            await().untilAsserted(() -> assertThat(proxy.load(1)).isZero());
        }
    }
}
