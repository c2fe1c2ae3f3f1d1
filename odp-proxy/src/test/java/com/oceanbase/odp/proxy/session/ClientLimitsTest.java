package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What parameters give to clients at their beginning, how many there may be, and what becomes of what they leave. */
class ClientLimitsTest {
    private static final int TOO_MANY_SESSIONS = 1203;
    private static final int INIT_SQL_FAILED = 8006;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static byte[] text(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void initSqlIsSentOnceAndItsChangesGoWithTheSession() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, Map.of("init_sql", "set @@ob_query_timeout = 77000000"))) {
            SessionChanges changed = new SessionChanges(
                    List.of(new SessionChanges.Variable("ob_query_timeout", "77000000")),
                    List.of(),
                    null,
                    false,
                    List.of());
            for (int i = 0; i < 2; i++) {
                proxy.server(i).when("set @@ob_query_timeout = 77000000", ScriptedServer.ok(changed));
            }
            try (WireClient client = proxy.connect("u@t#c")) {
                assertThat(client.query("insert into t0 values (1)").isSuccess())
                        .isTrue();
                assertThat(client.query("insert into t0 values (2)").isSuccess())
                        .isTrue();
                assertThat(client.query("insert into t1 values (3)").isSuccess())
                        .isTrue();
                assertThat(proxy.server(0).journal())
                        .containsSubsequence(
                                "set @@ob_query_timeout = 77000000",
                                "insert into t0 values (1)",
                                "insert into t0 values (2)")
                        .containsOnlyOnce("set @@ob_query_timeout = 77000000");
                assertThat(proxy.server(1).journal())
                        .containsSubsequence("SET @@ob_query_timeout = 77000000;", "insert into t1 values (3)")
                        .doesNotContain("set @@ob_query_timeout = 77000000");
            }
        }
    }

    @Test
    void failingInitSqlEndsTheConnection() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, Map.of("init_sql", "set @@nosuch = 1"))) {
            proxy.server(0)
                    .when("set @@nosuch", ScriptedServer.error(1193, "HY000", "Unknown system variable 'nosuch'"));
            try (WireClient client = proxy.connect("u@t#c")) {
                Result refused = client.query("select 1");
                assertThat(refused.errno()).isEqualTo(INIT_SQL_FAILED);
                assertThat(refused.message()).contains("set @@nosuch = 1");
                assertThat(client.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void tooManyClientsAreRefused() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, Map.of("client_max_connections", "1"));
                WireClient first = proxy.connect("u@t#c")) {
            try (WireClient second = proxy.connect("u@t#c")) {
                assertThat(second.isClosedByPeer()).isTrue();
            } catch (WireClient.Refused refused) {
                assertThat(refused.errno()).isEqualTo(TOO_MANY_SESSIONS);
            }
            assertThat(first.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void aNewClientTakesThePlaceOfTheIdlestOne() throws IOException {
        Map<String, String> parameters =
                Map.of("client_max_connections", "2", "enable_client_connection_lru_disconnect", "true");
        try (ProxyHarness proxy = new ProxyHarness(1, parameters);
                WireClient idlest = proxy.connect("u@t#c")) {
            SessionRegistry sessions = proxy.sessions();
            await().atMost(LIMIT).until(() -> sessions.idlest() != null);
            ClientSession first = sessions.idlest();
            try (WireClient busier = proxy.connect("u@t#c")) {
                await().atMost(LIMIT)
                        .until(() -> sessions.all().stream()
                                .allMatch(session -> session.clock().idleNanos(System.nanoTime()) >= 0));
                assertThat(sessions.idlest()).isSameAs(first);
                try (WireClient newest = proxy.connect("u@t#c")) {
                    assertThat(newest.query("select 1").isSuccess()).isTrue();
                    assertThat(busier.query("select 1").isSuccess()).isTrue();
                    assertThat(idlest.isClosedByPeer()).isTrue();
                }
            }
        }
    }

    @Test
    void plainServersHaveALimitToo() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ProxyHarness proxy = new ProxyHarness(
                        1,
                        Map.of(
                                "server_routing_mode",
                                "mysql",
                                "test_server_addr",
                                "127.0.0.1:" + silent.getLocalPort(),
                                "client_max_connections",
                                "1"));
                Socket first = proxy.open();
                Socket atServer = silent.accept();
                Socket second = proxy.open()) {
            assertThat(first.isConnected() && atServer.isConnected()).isTrue();
            assertThat(firstError(second)).isEqualTo(TOO_MANY_SESSIONS);
        }
    }

    private static int firstError(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        byte[] packet = in.readNBytes(7);
        return packet.length < 7 ? 0 : packet[5] & 0xFF | (packet[6] & 0xFF) << 8;
    }

    @Test
    void aStatementWhoseClientHasGoneIsStopped() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(1, Map.of())) {
            proxy.server(0).when("select sleep", ScriptedServer.untilKilled());
            WireClient client = proxy.connect("u@t#c");
            client.send(CommandCode.COM_QUERY.code(), text("select sleep(100)"));
            await().atMost(LIMIT).until(() -> proxy.server(0).journal().contains("select sleep(100)"));
            client.close();
            await().atMost(LIMIT)
                    .until(() -> proxy.server(0).journal().stream().anyMatch(line -> line.startsWith("KILL QUERY ")));
        }
    }

    @Test
    void aLongTextIsPreparedOnEachServer() throws IOException {
        String sql = "select * from t0 where a = '" + "x".repeat(3 << 20) + "'";
        try (ProxyHarness proxy = new ProxyHarness(2, Map.of());
                WireClient client = proxy.connect("u@t#c")) {
            client.send(CommandCode.COM_STMT_PREPARE.code(), text(sql));
            assertThat(client.packet().getIntLE(1)).isEqualTo(1);
            assertThat(client.query("select 1").isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).contains("COM_STMT_PREPARE");
        }
    }

    @Test
    void statementsOfOneSessionTakeLimitedMemory() throws IOException {
        String sql = "select * from t0 where a = '" + "x".repeat(3 << 20) + "'";
        try (ProxyHarness proxy = new ProxyHarness(1, Map.of());
                WireClient client = proxy.connect("u@t#c")) {
            for (int i = 0; i < 3; i++) {
                client.send(CommandCode.COM_STMT_PREPARE.code(), text(sql));
                assertThat(client.packet().getUnsignedByte(0)).isZero();
            }
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }
}
