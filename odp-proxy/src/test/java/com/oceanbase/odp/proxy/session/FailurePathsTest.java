package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that do not go straight: servers that answer early, die or are slow, and clients that do. */
class FailurePathsTest {
    private static final int LARGE = 3 << 20;

    /** Payload of a packet that is not a statement's last one. */
    private static final int FULL_PACKET = 0xFFFFFF;

    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("condition in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static String padded(String statement, int length) {
        return statement + " /* " + "x".repeat(length) + " */";
    }

    /** An OK with these status flags. */
    private static ScriptedServer.Answer status(int flags) {
        return session -> session.packet(new OkPacket(0, 0, 0, flags, 0, new byte[0], SessionChanges.NONE));
    }

    @Test
    void largeRequestWaitsForItsLink() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            String large = padded("insert into t1 values (1)", LARGE);
            assertThat(client.query(large).isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).contains(large);
        }
    }

    @Test
    void largeRequestThatNoServerTakesIsAnsweredWhenItHasBeenSent() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            proxy.server(1).close();
            Result refused = client.query(padded("insert into t1 values (1)", LARGE));
            assertThat(refused.error()).isNotNull();
            assertThat(client.sequence()).isEqualTo(1);
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    /** Server 0 does not answer such a statement before it has all of its packets, which it never gets. */
    private void refuseBeyond17Megabytes(String beginning) {
        proxy.loginVariables("u@t", Map.of("max_allowed_packet", Integer.toString(17 << 20)));
        proxy.server(0).when(beginning, session -> {
            while (session.readMore() == FULL_PACKET) {
                // More packets belong to the statement.
            }
            session.ok(SessionChanges.NONE);
        });
    }

    @Test
    void requestBeyondTheLimitIsRefusedBehindItsLastPacket() throws IOException {
        refuseBeyond17Megabytes("insert into t0 values (1)");
        try (WireClient client = proxy.connect("u@t#c")) {
            byte[] statement = padded("insert into t0 values (1)", 40 << 20).getBytes(StandardCharsets.UTF_8);
            client.sendInPackets(CommandCode.COM_QUERY.code(), statement);
            Result refused = client.receive();
            assertThat(refused.errno()).isEqualTo(1153);
            assertThat(client.sequence()).isEqualTo(3);
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void oversizedFirstStatementDoesNotEndTheTransaction() throws IOException {
        refuseBeyond17Megabytes("insert into t0 values (1)");
        proxy.server(0).when("begin", status(ServerStatus.IN_TRANS | ServerStatus.AUTOCOMMIT));
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("begin").isSuccess()).isTrue();
            byte[] statement = padded("insert into t0 values (1)", 40 << 20).getBytes(StandardCharsets.UTF_8);
            client.sendInPackets(CommandCode.COM_QUERY.code(), statement);
            assertThat(client.receive().errno()).isEqualTo(1153);
            assertThat(client.query("insert into t0 values (2)").isSuccess()).isTrue();
            List<String> journal = proxy.server(0).journal();
            assertThat(journal.subList(journal.size() - 2, journal.size()))
                    .containsExactly("begin", "insert into t0 values (2)");
        }
    }

    @Test
    void secondStatementsRefusalDoesNotRepeatTheFirst() throws IOException {
        proxy.server(0).when("insert into t0 values (1); insert", session -> {
            session.packet(new OkPacket(
                    0, 1, 0, ServerStatus.AUTOCOMMIT | ServerStatus.MORE_RESULTS, 0, new byte[0], SessionChanges.NONE));
            session.error(new ErrPacket(8002, "HY000", "server is stopping"));
        });
        try (WireClient client = proxy.connect("u@t#c")) {
            Result first = client.query("insert into t0 values (1); insert into t0 values (2)");
            assertThat(first.status() & ServerStatus.MORE_RESULTS).isNotZero();
            assertThat(client.receive().errno()).isEqualTo(8002);
            assertThat(proxy.server(1).journal()).noneMatch(statement -> statement.startsWith("insert"));
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void refusalIsFollowedThoughTheServerHangsUpBehindIt() throws IOException {
        proxy.server(0).when("update", session -> {
            session.packet(new ErrPacket(8002, "HY000", "server is stopping"));
            session.close();
        });
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("update x set a = 1").isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).contains("update x set a = 1");
        }
    }

    @Test
    void sessionGoesOnWhenOnlyTheTrailingOkIsMissing() throws IOException {
        proxy.server(0).when("update", session -> {
            session.packet(new ErrPacket(1062, "23000", "Duplicate entry"));
            session.close();
        });
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("update x set a = 1").errno()).isEqualTo(1062);
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void changeOfUserByAnotherPluginIsAskedForThisOne() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            client.send(CommandCode.COM_CHANGE_USER.code(), changeUser("v@t2#c", "caching_sha2_password"));
            assertThat(client.packet().getUnsignedByte(0)).isEqualTo((short) 0xFE);
            client.answer(new byte[0]);
            assertThat(client.receive().isSuccess()).isTrue();
            assertThat(client.query("select 1").isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).contains("login v@t2");
        }
    }

    private static byte[] changeUser(String user, String plugin) {
        return (user + "\0\0\0\u002d\0" + plugin + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void fileIsPassedOn() throws IOException {
        proxy.server(0).when("load data", session -> {
            session.raw(out -> out.writeByte(0xFB).writeBytes("f".getBytes(StandardCharsets.UTF_8)));
            session.readFile();
            session.ok(SessionChanges.NONE);
        });
        try (WireClient client = proxy.connect("u@t#c", "", Capabilities.LOCAL_FILES)) {
            client.send(
                    CommandCode.COM_QUERY.code(),
                    "load data local infile 'f' into table x".getBytes(StandardCharsets.UTF_8));
            assertThat(client.packet().getUnsignedByte(0)).isEqualTo((short) 0xFB);
            client.answer("1\n2\n".getBytes(StandardCharsets.UTF_8));
            client.answer(new byte[0]);
            assertThat(client.receive().isSuccess()).isTrue();
        }
    }

    @Test
    void serverGoneWithinAFileIsToldBehindTheFile() throws IOException {
        proxy.server(0).when("load data", session -> {
            session.raw(out -> out.writeByte(0xFB).writeBytes("f".getBytes(StandardCharsets.UTF_8)));
            session.close();
        });
        try (WireClient client = proxy.connect("u@t#c", "", Capabilities.LOCAL_FILES)) {
            client.send(
                    CommandCode.COM_QUERY.code(),
                    "load data local infile 'f' into table x".getBytes(StandardCharsets.UTF_8));
            assertThat(client.packet().getUnsignedByte(0)).isEqualTo((short) 0xFB);
            await(() -> proxy.server(0).sessionCount() == 0);
            client.answer("1\n2\n".getBytes(StandardCharsets.UTF_8));
            client.answer(new byte[0]);
            assertThat(client.receive().error()).isNotNull();
            assertThat(client.sequence()).isEqualTo(4);
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void killQueryEndsARequestThatWaitsForItsServer() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        proxy.server(1).holdLogins(gate);
        try (WireClient client = proxy.connect("u@t#c");
                WireClient killer = proxy.connect("u@t#c")) {
            client.send(CommandCode.COM_QUERY.code(), "update t1 set a = 1".getBytes(StandardCharsets.UTF_8));
            await(() -> proxy.server(1).journal().contains("login u@t"));
            assertThat(killer.query("kill query " + client.connectionId()).isSuccess())
                    .isTrue();
            assertThat(client.receive().errno()).isEqualTo(1317);
            gate.countDown();
            await(() -> proxy.server(1).sessionCount() == 0);
            assertThat(client.query("update t1 set a = 2").isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).doesNotContain("update t1 set a = 1");
        }
    }

    @Test
    void noSessionIsLeftBehindByClientsThatLeave() throws IOException {
        proxy.server(0).when("select sleep", ScriptedServer.untilKilled());
        WireClient client = proxy.connect("u@t#c");
        client.send(CommandCode.COM_QUERY.code(), "select sleep(9)".getBytes(StandardCharsets.UTF_8));
        await(() -> proxy.server(0).journal().contains("select sleep(9)"));
        client.close();
        await(() -> proxy.sessions().count() == 0);
    }
}
