package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ColumnType;
import com.oceanbase.odp.protocol.packet.EofPacket;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that only OceanBase's own drivers send. The kernel has no Oracle mode, so the servers are scripted. */
class DriverCommandsTest {
    private static final int BOTH = CommandCode.COM_STMT_PREPARE_EXECUTE.code();
    private static final int SEND_PIECE = CommandCode.COM_STMT_SEND_PIECE_DATA.code();
    private static final int GET_PIECE = CommandCode.COM_STMT_GET_PIECE_DATA.code();
    private static final int SERVER_ID = 700;

    /** Statement ids as the servers got them. */
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of());
        for (int i = 0; i < 2; i++) {
            int number = i;
            proxy.server(i).when("com_stmt_prepare_execute", session -> answerBoth(session, number));
            proxy.server(i).when("com_stmt_send_piece_data", session -> {
                seen.add("piece on " + number);
                session.ok(SessionChanges.NONE);
            });
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void answerBoth(ScriptedServer.Session session, int server) throws IOException {
        ByteBuf argument = Unpooled.wrappedBuffer(session.argument());
        seen.add(argument.getIntLE(0) + " on " + server);
        String text = argument.toString(StandardCharsets.UTF_8);
        if (text.contains("refused")) {
            session.error(new ErrPacket(1146, "42S02", "no such table"));
            return;
        }
        boolean rows = text.contains("select");
        boolean cursor = argument.getByte(4) != 0;
        session.raw(out -> out.writeByte(0)
                .writeIntLE(SERVER_ID + server)
                .writeShortLE(rows ? 1 : 0)
                .writeShortLE(0)
                .writeByte(0)
                .writeShortLE(0)
                .writeIntLE(0)
                .writeBoolean(rows));
        if (rows) {
            session.raw(ColumnDefinition41.of("a", ColumnType.VAR_STRING, 10, 45, 0)::encode);
            session.raw(new EofPacket(0, ServerStatus.AUTOCOMMIT)::encode);
            session.raw(out -> out.writeBytes(new byte[] {0, 0, 1, '7'}));
            session.raw(new EofPacket(0, ServerStatus.AUTOCOMMIT | (cursor ? ServerStatus.CURSOR_EXISTS : 0))::encode);
        }
        session.packet(new OkPacket(0, 3, 0, ServerStatus.AUTOCOMMIT, 0, new byte[0], SessionChanges.NONE));
    }

    private static byte[] both(int id, int cursor, String sql) {
        ByteBuf out = Unpooled.buffer().writeIntLE(id).writeByte(cursor).writeIntLE(1);
        Wire.writeLenencText(out, sql);
        return ByteBufUtil.getBytes(out.writeIntLE(0));
    }

    private static byte[] piece(int id) {
        ByteBuf out =
                Unpooled.buffer().writeIntLE(id).writeShortLE(0).writeByte(1).writeByte(0);
        return ByteBufUtil.getBytes(out.writeLongLE(4).writeBytes("data".getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] id(int id) {
        return ByteBufUtil.getBytes(Unpooled.buffer().writeIntLE(id));
    }

    private WireClient driver() throws IOException {
        return proxy.connect("u@t#c", "", Capabilities.SUPPORT_ORACLE_MODE);
    }

    /** Sends the command and reads an answer with a row; returns the statement's id. */
    private static int rows(WireClient client, byte[] argument) throws IOException {
        client.send(BOTH, argument);
        int id = client.packet().getIntLE(1);
        for (int definitions = 0; definitions < 2; definitions++) {
            client.packet();
        }
        assertThat(client.packet().getByte(3)).isEqualTo((byte) '7');
        assertThat(client.packet().getUnsignedByte(0)).isEqualTo((short) 0xFE);
        assertThat(client.packet().getUnsignedByte(0)).as("final OK").isZero();
        return id;
    }

    @Test
    void aStatementHasOneIdForTheClientAndOneOnEachServer() throws IOException {
        try (WireClient client = driver()) {
            assertThat(rows(client, both(0, 0, "select * from t1"))).isEqualTo(1);
            assertThat(rows(client, both(1, 0, "select * from t1"))).isEqualTo(1);
            assertThat(rows(client, both(1, 0, "select * from t0"))).isEqualTo(1);
            assertThat(rows(client, both(1, 0, "select * from t0"))).isEqualTo(1);
            assertThat(rows(client, both(0, 0, "select * from t1"))).isEqualTo(2);
            assertThat(seen).containsExactly("0 on 1", "701 on 1", "0 on 0", "700 on 0", "0 on 1");
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void answersWithoutRowsAndErrorsEndWhereTheyEnd() throws IOException {
        try (WireClient client = driver()) {
            client.send(BOTH, both(0, 0, "update t1 set a = 1"));
            assertThat(client.packet().getIntLE(1)).isEqualTo(1);
            assertThat(client.packet().getByte(1)).as("rows").isEqualTo((byte) 3);
            assertThat(client.command(BOTH, both(0, 0, "refused")).errno()).isEqualTo(1146);
            assertThat(client.command(BOTH, both(9, 0, "select * from t1")).errno())
                    .isEqualTo(ErrorCode.PREPARED_STATEMENT_NOT_FOUND.errno());
            assertThat(client.command(BOTH, (byte) 0).errno()).isEqualTo(ErrorCode.MALFORMED_PACKET.errno());
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void theStatementCanBeExecutedOnlyLater() throws IOException {
        try (WireClient client = driver()) {
            int id = rows(client, both(0, 0, "select * from t1"));
            ByteBuf execute = Unpooled.buffer().writeIntLE(id).writeByte(0).writeIntLE(1);
            assertThat(client.command(CommandCode.COM_STMT_EXECUTE.code(), ByteBufUtil.getBytes(execute))
                            .isSuccess())
                    .isTrue();
            assertThat(proxy.server(1).journal()).doesNotContain("COM_STMT_PREPARE");
        }
    }

    @Test
    void piecesGoWhereTheFirstOneWent() throws IOException {
        try (WireClient client = driver()) {
            client.send(BOTH, both(0, 0, "update t1 set a = ?"));
            client.packet();
            client.packet();
            assertThat(client.command(SEND_PIECE, piece(1)).isSuccess()).isTrue();
            assertThat(client.query("insert into t0 values (1)").isSuccess()).isTrue();
            assertThat(client.command(SEND_PIECE, piece(1)).isSuccess()).isTrue();
            assertThat(client.command(SEND_PIECE, piece(8)).errno())
                    .isEqualTo(ErrorCode.PREPARED_STATEMENT_NOT_FOUND.errno());
            client.send(BOTH, both(1, 0, "update t0 set a = ?"));
            client.packet();
            client.packet();
            assertThat(seen).containsExactly("0 on 1", "piece on 1", "piece on 1", "701 on 1");
        }
    }

    @Test
    void aPieceOfAResultComesFromTheServerWithTheCursor() throws IOException {
        proxy.server(1).when("com_stmt_get_piece_data", session -> {
            seen.add(Unpooled.wrappedBuffer(session.argument()).getIntLE(0) + " piece");
            session.raw(out -> out.writeBytes(new byte[] {3, 0, 2, 'x', 'y'}));
            session.ok(SessionChanges.NONE);
        });
        try (WireClient client = driver()) {
            assertThat(client.command(GET_PIECE, id(1)).errno()).isEqualTo(ErrorCode.CURSOR_NOT_EXIST.errno());
            rows(client, both(0, 1, "select * from t1"));
            assertThat(client.query("insert into t0 values (1)").isSuccess()).isTrue();
            client.send(GET_PIECE, id(1));
            assertThat(client.packet().getByte(3)).isEqualTo((byte) 'x');
            assertThat(client.query("select 1").isSuccess()).isTrue();
            assertThat(seen).containsExactly("0 on 1", "701 piece");
        }
    }

    @Test
    void otherClientsAreRefused() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            for (int command : new int[] {BOTH, SEND_PIECE, GET_PIECE}) {
                assertThat(client.command(command, both(0, 0, "select * from t1"))
                                .errno())
                        .isEqualTo(ErrorCode.NOT_SUPPORTED.errno());
            }
            assertThat(client.query("select 1").isSuccess()).isTrue();
            assertThat(seen).isEmpty();
        }
    }
}
