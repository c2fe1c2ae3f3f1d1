package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that do nothing are looked at when their time is over, and as soon as they have moved. */
class SessionTimersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void timersOfAClientThatWaitedGoByWhatItSetSince() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, Map.of());
                WireClient first = proxy.connect("u@t#c");
                WireClient second = proxy.connect("u@t#c");
                WireClient third = proxy.connect("u@t#c")) {
            proxy.server(0)
                    .when(
                            "set wait_timeout",
                            ScriptedServer.ok(new SessionChanges(
                                    List.of(new SessionChanges.Variable("wait_timeout", "1")),
                                    List.of(),
                                    null,
                                    false,
                                    List.of())));
            awaitIdle(proxy, 3);
            assertThat(second.query("set wait_timeout = 1").isSuccess()).isTrue();
            assertThat(second.isClosedByPeer()).isTrue();
            awaitIdle(proxy, 2);
            assertThat(first.query("select 1").isSuccess()).isTrue();
            assertThat(third.query("set wait_timeout = 1").isSuccess()).isTrue();
            assertThat(third.isClosedByPeer()).isTrue();
            assertThat(first.query("set wait_timeout = 1").isSuccess()).isTrue();
            assertThat(first.isClosedByPeer()).isTrue();
            await().atMost(LIMIT).until(() -> proxy.sessions().count() == 0);
        }
    }

    /** The timers of all have been looked at and none is due for hours. */
    private static void awaitIdle(ProxyHarness proxy, int count) {
        await().atMost(LIMIT)
                .until(() -> proxy.sessions().count() == count
                        && proxy.sessions().all().stream()
                                .allMatch(session -> session.clock().idleNanos(System.nanoTime()) >= 0));
    }
}
