package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ColumnType;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on one server only: transactions, cursors, parameter data and types; and servers that never answer. */
class BoundLinksTest {
    private static final int IN_TRANSACTION = ServerStatus.IN_TRANS | ServerStatus.AUTOCOMMIT;

    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of("short_async_task_timeout", "1s"));
        proxy.server(0).when("begin", status(IN_TRANSACTION));
        proxy.server(0).when("insert", status(IN_TRANSACTION));
        proxy.server(1).when("com_stmt_execute", session -> {
            session.raw(out -> Wire.writeLenencInt(out, 1));
            session.raw(ColumnDefinition41.of("a", ColumnType.VAR_STRING, 10, 45, 0)::encode);
            session.raw(new EofPacket(0, ServerStatus.AUTOCOMMIT | ServerStatus.CURSOR_EXISTS)::encode);
            session.ok(SessionChanges.NONE);
        });
        proxy.server(1).when("com_stmt_fetch", session -> {
            session.raw(new EofPacket(0, ServerStatus.AUTOCOMMIT | ServerStatus.LAST_ROW_SENT)::encode);
            session.ok(SessionChanges.NONE);
        });
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static ScriptedServer.Answer status(int flags) {
        return session -> session.packet(new OkPacket(0, 0, 0, flags, 0, new byte[0], SessionChanges.NONE));
    }

    private static byte[] text(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    /** Prepares and returns the statement's id. */
    private static int prepare(WireClient client, String sql, int parameters) throws IOException {
        client.send(CommandCode.COM_STMT_PREPARE.code(), text(sql));
        int id = client.packet().getIntLE(1);
        for (int i = 0; i < parameters; i++) {
            client.packet();
        }
        if (parameters > 0) {
            client.packet();
        }
        return id;
    }

    private static byte[] execute(int id, int cursor, byte... more) {
        ByteBuf out = Unpooled.buffer().writeIntLE(id).writeByte(cursor).writeIntLE(1);
        return ByteBufUtil.getBytes(out.writeBytes(more));
    }

    private static byte[] longData(int id) {
        return ByteBufUtil.getBytes(
                Unpooled.buffer().writeIntLE(id).writeShortLE(0).writeBytes(text("data")));
    }

    @Test
    void cursorElsewhereTellsNothingOfTheTransaction() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            int id = prepare(client, "select * from t1", 0);
            client.send(CommandCode.COM_STMT_EXECUTE.code(), execute(id, 1));
            for (int packets = 0; packets < 3; packets++) {
                client.packet();
            }
            assertThat(client.query("begin").isSuccess()).isTrue();
            assertThat(client.query("insert into t0 values (1)").status()).isEqualTo(IN_TRANSACTION);
            client.send(
                    CommandCode.COM_STMT_FETCH.code(),
                    ByteBufUtil.getBytes(Unpooled.buffer().writeIntLE(id).writeIntLE(5)));
            assertThat(client.packet().getUnsignedByte(0)).isEqualTo((short) 0xFE);
            assertThat(client.query("insert into t1 values (2)").isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).contains("insert into t1 values (2)");
        }
    }

    @Test
    void aCursorThatIsNotThereIsCalledAsTheTenantsModeHasIt() throws IOException {
        byte[] fetch = ByteBufUtil.getBytes(Unpooled.buffer().writeIntLE(77).writeIntLE(5));
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.command(CommandCode.COM_STMT_FETCH.code(), fetch).errno())
                    .isEqualTo(6309);
        }
        proxy.server(0).oracleMode();
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.command(CommandCode.COM_STMT_FETCH.code(), fetch).errno())
                    .isEqualTo(1002);
        }
    }

    @Test
    void textIsReadAsTheTenantsModeHasIt() throws IOException {
        String sql = "select * from \"t1\"";
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query(sql).isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).doesNotContain(sql);
        }
        proxy.server(0).oracleMode();
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query(sql).isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).contains(sql);
        }
    }

    @Test
    void statementIsNotExecutedWithoutItsParameterData() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            int id = prepare(client, "update t1 set a = ?", 1);
            proxy.server(1).close();
            client.send(CommandCode.COM_STMT_SEND_LONG_DATA.code(), longData(id));
            Result executed = client.command(CommandCode.COM_STMT_EXECUTE.code(), execute(id, 0));
            assertThat(executed.message()).contains("parameter data");
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void oversizedParameterDataIsNotAnsweredButItsStatementIs() throws IOException {
        proxy.loginVariables("u@t", Map.of("max_allowed_packet", "1024"));
        try (WireClient client = proxy.connect("u@t#c")) {
            int id = prepare(client, "update t1 set a = ?", 1);
            byte[] data = ByteBufUtil.getBytes(
                    Unpooled.buffer().writeIntLE(id).writeShortLE(0).writeZero(5000));
            client.send(CommandCode.COM_STMT_SEND_LONG_DATA.code(), data);
            assertThat(client.query("select 1").isSuccess()).isTrue();
            Result executed = client.command(CommandCode.COM_STMT_EXECUTE.code(), execute(id, 0));
            assertThat(executed.message()).contains("parameter data");
        }
    }

    @Test
    void parameterDataElsewhereDoesNotTakeTheTransactionAway() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            int id = prepare(client, "update t1 set a = ?", 1);
            client.send(CommandCode.COM_STMT_SEND_LONG_DATA.code(), longData(id));
            assertThat(client.query("begin").isSuccess()).isTrue();
            assertThat(client.query("insert into t0 values (1)").isSuccess()).isTrue();
            Result executed = client.command(CommandCode.COM_STMT_EXECUTE.code(), execute(id, 0));
            assertThat(executed.message()).contains("bound to another");
            assertThat(proxy.server(1).journal()).doesNotContain("COM_STMT_EXECUTE");
            assertThat(client.query("insert into t1 values (2)").status()).isEqualTo(IN_TRANSACTION);
        }
    }

    @Test
    void otherServersAreToldTheTypesThatWereBoundEarlier() throws IOException {
        byte[][] seen = new byte[1][];
        proxy.server(1).when("com_stmt_execute", session -> {
            seen[0] = session.argument();
            session.ok(SessionChanges.NONE);
        });
        proxy.server(0).when("insert", ScriptedServer.ok());
        try (WireClient client = proxy.connect("u@t#c")) {
            int id = prepare(client, "do ?", 1);
            byte[] types = {0, 1, 3, 0, 7, 0, 0, 0};
            assertThat(client.command(CommandCode.COM_STMT_EXECUTE.code(), execute(id, 0, types))
                            .isSuccess())
                    .isTrue();
            assertThat(client.query("insert into t1 values (1)").isSuccess()).isTrue();
            byte[] unbound = {0, 0, 8, 0, 0, 0};
            assertThat(client.command(CommandCode.COM_STMT_EXECUTE.code(), execute(id, 0, unbound))
                            .isSuccess())
                    .isTrue();
            assertThat(seen[0]).endsWith(0, 1, 3, 0, 8, 0, 0, 0);
        }
    }

    @Test
    void serverThatAnswersEarlyStillGetsTheWholeRequest() throws IOException {
        proxy.server(0).when("insert into t0 values (9)", session -> {
            session.error(new ErrPacket(1146, "42S02", "no such table"));
            session.readMore();
            session.readMore();
        });
        try (WireClient client = proxy.connect("u@t#c")) {
            byte[] statement = text("insert into t0 values (9) /*" + "x".repeat(36 << 20) + "*/");
            client.sendInPackets(CommandCode.COM_QUERY.code(), statement);
            assertThat(client.receive().errno()).isEqualTo(1146);
            assertThat(client.query("select 1").isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).contains("select 1");
            assertThat(proxy.server(0).sessionCount()).isEqualTo(1);
        }
    }

    @Test
    void requestGoesOnWithoutALocationThatDoesNotArrive() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("select * from nowhere").isSuccess()).isTrue();
        }
    }

    @Test
    void plainServerIsLeftWhenItsClientHasGone() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ProxyHarness mysql = new ProxyHarness(
                        1,
                        Map.of(
                                "server_routing_mode",
                                "mysql",
                                "test_server_addr",
                                "127.0.0.1:" + silent.getLocalPort()))) {
            Socket client = mysql.open();
            try (Socket server = silent.accept();
                    InputStream in = server.getInputStream()) {
                server.setSoTimeout(5000);
                client.close();
                assertThat(in.read()).isEqualTo(-1);
            }
            assertThat(List.copyOf(mysql.sessions().all())).isEmpty();
        }
    }
}
