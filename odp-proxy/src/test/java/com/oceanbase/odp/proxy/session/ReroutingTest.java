package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Servers that name a better one for a request. */
class ReroutingTest {
    private static final int REROUTE = 5727;
    private static final String INSERT = "insert into t0 values (1)";
    private static final Map<String, String> ON = Map.of("enable_reroute", "true");

    static String info(ServerAddress server, int role, String table, long version) {
        ByteBuf content = Unpooled.buffer();
        Wire.writeLenencInt(content, 4);
        Wire.writeLenencInt(content, 0x7F000001);
        Wire.writeLenencInt(content, server.port());
        Wire.writeLenencInt(content, role);
        Wire.writeLenencInt(content, 0);
        Wire.writeLenencBytes(content, table.getBytes(StandardCharsets.UTF_8));
        Wire.writeLenencInt(content, version);
        ByteBuf whole = Unpooled.buffer();
        Wire.writeLenencBytes(whole, ByteBufUtil.getBytes(content));
        return LosslessText.decode(ByteBufUtil.getBytes(whole));
    }

    static ScriptedServer.Answer reroute(String info) {
        return session -> {
            session.packet(new ErrPacket(REROUTE, "HY000", "SQL request should be rerouted"));
            session.ok(new SessionChanges(
                    List.of(new SessionChanges.Variable("ob_client_reroute_info", info)),
                    List.of(),
                    null,
                    false,
                    List.of()));
        };
    }

    @Test
    void readsAnAddress() {
        ServerAddress server = new ServerAddress("127.0.0.1", 2881);
        assertThat(RerouteInfo.decode(info(server, 1, "t", 77))).isEqualTo(new RerouteInfo(server, true, "t", 77));
        assertThat(RerouteInfo.decode("")).isNull();
        assertThat(RerouteInfo.decode("\u0003\u0009aa")).isNull();
    }

    @Test
    void requestGoesToTheNamedServer() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(3, ON);
                WireClient client = proxy.connect("u@t#c")) {
            ServerAddress named = proxy.server(2).address();
            proxy.server(0).when("insert", reroute(info(named, 1, "T0", 77)));
            assertThat(client.query(INSERT).isSuccess()).isTrue();
            assertThat(proxy.server(2).journal()).contains(INSERT);
            assertThat(proxy.server(1).journal()).doesNotContain(INSERT);
            assertThat(proxy.toldOfLocations())
                    .containsExactly("leader of c:t:d.t0 is " + named, "version 77 of c:t:d.t0");
        }
    }

    @Test
    void nothingIsLearntOfAnotherTableOrAFollower() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("insert", reroute(info(proxy.server(1).address(), 1, "an_index", 77)));
            assertThat(client.query(INSERT).isSuccess()).isTrue();
            proxy.server(0).when("insert", reroute(info(proxy.server(1).address(), 2, "t0", 0)));
            assertThat(client.query(INSERT).isSuccess()).isTrue();
            assertThat(proxy.server(1).journal().stream().filter(INSERT::equals))
                    .hasSize(2);
            assertThat(proxy.toldOfLocations()).isEmpty();
        }
    }

    @Test
    void aRequestIsSentElsewhereOnlyOnce() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(3, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("insert", reroute(info(proxy.server(1).address(), 1, "t0", 77)));
            proxy.server(1).when("insert", reroute(info(proxy.server(2).address(), 1, "t0", 77)));
            assertThat(client.query(INSERT).errno()).isEqualTo(REROUTE);
            assertThat(proxy.server(2).journal()).doesNotContain(INSERT);
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void theClientGetsTheErrorWhenItIsOff() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, Map.of());
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("insert", reroute(info(proxy.server(1).address(), 1, "t0", 77)));
            assertThat(client.query(INSERT).errno()).isEqualTo(REROUTE);
            assertThat(proxy.server(1).journal()).doesNotContain(INSERT);
        }
    }

    @Test
    void theFirstStatementOfATransactionTakesItsBeginAlong() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("insert", reroute(info(proxy.server(1).address(), 1, "t0", 77)));
            proxy.server(1).when("insert", inTransaction());
            assertThat(client.query("begin").isSuccess()).isTrue();
            assertThat(client.query(INSERT).isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).containsSubsequence("begin", INSERT);
        }
    }

    @Test
    void aLaterStatementOfATransactionStaysWhereItIs() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, ON);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("insert", reroute(info(proxy.server(1).address(), 1, "t0", 77)));
            proxy.server(0).when("update", inTransaction());
            assertThat(client.query("begin").isSuccess()).isTrue();
            assertThat(client.query("update t0 set a = 1").isSuccess()).isTrue();
            assertThat(client.query(INSERT).errno()).isEqualTo(REROUTE);
            assertThat(proxy.server(1).journal()).doesNotContain(INSERT);
        }
    }

    private static ScriptedServer.Answer inTransaction() {
        int status = ServerStatus.AUTOCOMMIT | ServerStatus.IN_TRANS;
        return session -> session.packet(new OkPacket(0, 0, 0, status, 0, new byte[0], SessionChanges.NONE));
    }
}
