package com.oceanbase.odp.control.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.control.ScriptedServer;
import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InnerConnectionTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final InnerIdentity IDENTITY = new InnerIdentity("proxyro@sys", List.of(""), "demo", "4.3.1.0");

    private final ScriptedServer server = new ScriptedServer(InnerConnectionTest::script);

    private static ScriptedServer.@Nullable Answer script(String sql) {
        return switch (sql) {
            case "never" -> null;
            case "close" -> new ScriptedServer.Answer.Close();
            case "error" -> new ScriptedServer.Answer.Error(1146, "no table");
            case "large" -> new ScriptedServer.Answer.Rows(List.of("x"), List.of(List.of("y".repeat(17 << 20))));
            default ->
                new ScriptedServer.Answer.Rows(
                        List.of("Name", "value"), List.of(Arrays.asList(sql, null), Arrays.asList("ü", "12")));
        };
    }

    private InnerConnection connect() throws IOException {
        return switch (InnerConnection.open(server.address(), IDENTITY, "", LIMIT)) {
            case InnerConnection.Opened.Connected(InnerConnection connection) -> connection;
            case InnerConnection.Opened.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private static ResultTable rows(InnerAnswer answer) {
        return switch (answer) {
            case InnerAnswer.Rows(ResultTable table) -> table;
            case InnerAnswer.Done done -> throw new AssertionError("no rows");
            case InnerAnswer.Failed failed -> throw new AssertionError(failed.toString());
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tellsTheServerWhoItIs() throws IOException {
        connect().close();
        HandshakeResponse41 login = server.logins.element();
        assertThat(login.user()).isEqualTo("proxyro@sys");
        assertThat(login.database()).isEqualTo("oceanbase");
        ConnectionAttributes attributes = login.attributes();
        assertThat(attributes.attributes())
                .extracting(ConnectionAttributes.Attribute::keyText)
                .containsExactly(
                        "__mysql_client_type",
                        "__connection_id",
                        "__proxy_connection_id",
                        "__cluster_name",
                        "__global_vars_version",
                        "__proxy_capability_flag",
                        "__client_ip",
                        "__proxy_version",
                        "__client_addr_port",
                        "__client_session_id",
                        "__client_connect_time");
        assertThat(attributes.text("__mysql_client_type")).isEqualTo("__ob_proxy");
        assertThat(attributes.text("__connection_id")).isEqualTo("77");
        assertThat(attributes.text("__cluster_name")).isEqualTo("demo");
        assertThat(Long.parseLong(String.valueOf(attributes.text("__client_session_id"))) & 1L << 31)
                .isNotZero();
    }

    @Test
    void provesAPasswordAgainstAScrambleOfItsOwn() throws IOException {
        String hash = NativePassword.stage1Hex("secret".getBytes(StandardCharsets.UTF_8));
        server.passwordHash = hash;
        InnerConnection.Opened opened = InnerConnection.open(server.address(), IDENTITY, hash, LIMIT);
        assertThat(opened)
                .isInstanceOfSatisfying(
                        InnerConnection.Opened.Connected.class,
                        connected -> connected.connection().close());
        assertThat(InnerConnection.open(server.address(), IDENTITY, "", LIMIT))
                .isEqualTo(new InnerConnection.Opened.Refused(1045, "Access denied"));
    }

    @Test
    void readsRowsByColumnName() throws IOException {
        try (InnerConnection connection = connect()) {
            ResultTable table = rows(connection.query("select 'a'", LIMIT));
            assertThat(table.rows()).hasSize(2);
            assertThat(table.rows().get(0).text("NAME")).isEqualTo("select 'a'");
            assertThat(table.rows().get(0).find("value")).isNull();
            assertThat(table.rows().get(0).number("value", -1)).isEqualTo(-1);
            assertThat(table.rows().get(1).text("name")).isEqualTo("ü");
            assertThat(table.rows().get(1).number("value", -1)).isEqualTo(12);
            assertThat(table.rows().get(1).text("missing")).isEmpty();
        }
    }

    @Test
    void staysUsableAfterAnErrorAndIgnoresTrailingOkPackets() throws IOException {
        server.trailingOk = true;
        try (InnerConnection connection = connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(connection.query("error", LIMIT)).isEqualTo(new InnerAnswer.Failed(1146, "no table"));
                assertThat(rows(connection.query("q" + i, LIMIT))
                                .rows()
                                .getFirst()
                                .text("name"))
                        .isEqualTo("q" + i);
            }
        }
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void readsARowLargerThanAFrame() throws IOException {
        try (InnerConnection connection = connect()) {
            assertThat(rows(connection.query("large", LIMIT)).rows().getFirst().text("x"))
                    .hasSize(17 << 20);
        }
    }

    @Test
    void givesUpInTime() throws IOException {
        try (InnerConnection connection = connect()) {
            assertThatThrownBy(() -> connection.query("never", Duration.ofMillis(50)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void reportsAClosedConnection() throws IOException {
        try (InnerConnection connection = connect()) {
            assertThatThrownBy(() -> connection.query("close", LIMIT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed by the server");
        }
    }
}
