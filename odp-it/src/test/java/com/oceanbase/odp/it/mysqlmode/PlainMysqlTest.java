package com.oceanbase.odp.it.mysqlmode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.LeakCheck;
import com.oceanbase.odp.it.mysqlmode.MariaDbFixture.Environment;
import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the kernel cannot: temporary tables, old character sets, packets over 16 MB, results larger than memory. */
@Tag("kernel")
@ExtendWith(MariaDbFixture.class)
class PlainMysqlTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long CAPABILITIES = RawClient.USUAL_CAPABILITIES | Capabilities.DEPRECATE_EOF;
    private static final int LARGE = 64 << 20;
    /** Bytes that a session in flow may hold: both water marks, socket reads and what the pool rounds up. */
    private static final long BOUND = 24 << 20;

    @Test
    void wrongPasswordIsRefusedByTheServer(Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            Response answer = client.login(Login.of(MariaDb.USER, "wrong"));
            assertThat(answer.error().errno()).isEqualTo(1045);
            assertThat(answer.error().message()).startsWith("Access denied for user 'test'@");
        }
    }

    @Test
    void temporaryTablesLiveWithTheSession(Environment environment) throws IOException {
        try (RawClient one = environment.raw(CAPABILITIES);
                RawClient other = environment.raw(CAPABILITIES)) {
            assertThat(one.query("create temporary table only_here(a int)").isOk())
                    .isTrue();
            assertThat(one.query("insert into only_here values(1), (2)").isOk()).isTrue();
            assertThat(one.query("select count(*) from only_here").cell()).isEqualTo("2");
            assertThat(other.query("select count(*) from only_here").error().errno())
                    .isEqualTo(1146);
        }
    }

    @Test
    void oldCharacterSetsPassUntouched(Environment environment) throws IOException {
        try (RawClient client = environment.raw(CAPABILITIES)) {
            for (String charset : new String[] {"latin1", "gbk", "big5", "sjis"}) {
                assertThat(client.query("set names " + charset).isOk()).isTrue();
                // 0x5C is the second byte of characters in gbk, big5 and sjis: the server decides where a literal ends.
                byte[] text = {(byte) (charset.equals("sjis") ? 0x95 : 0xB5), 0x5C};
                ByteArrayOutputStream statement = new ByteArrayOutputStream();
                statement.writeBytes("\3select hex('".getBytes(StandardCharsets.ISO_8859_1));
                statement.writeBytes(charset.equals("latin1") ? new byte[] {(byte) 0xE4} : text);
                statement.writeBytes("'), 'x'".getBytes(StandardCharsets.ISO_8859_1));
                Response response = client.command(statement.toByteArray());
                assertThat(response.isError()).as("%s %s", charset, response).isFalse();
            }
        }
    }

    @Test
    void statementAndValueOf64MegabytesPass(Environment environment) throws IOException {
        try (RawClient client = environment.raw(CAPABILITIES)) {
            client.query("create or replace table large_value(a int primary key, b longblob) engine=innodb");
            byte[] statement = new byte[LARGE];
            Arrays.fill(statement, (byte) 'x');
            byte[] head = "\3insert into large_value values(1, '".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(head, 0, statement, 0, head.length);
            statement[LARGE - 2] = '\'';
            statement[LARGE - 1] = ')';
            Response inserted = client.command(statement);
            assertThat(inserted.isOk()).as("%s", inserted).isTrue();
            int length = LARGE - head.length - 2;
            assertThat(client.query("select length(b) from large_value").cell()).isEqualTo(Integer.toString(length));
            client.send(RawClient.payload(RawClient.COM_QUERY, "select b, 'end' from large_value"));
            long bytes = 0;
            Packet packet = client.socket().read();
            while (!(packet.first() == 0xFE && packet.payload().length < 100)) {
                bytes += packet.payload().length;
                packet = client.socket().read();
            }
            assertThat(bytes).isGreaterThan(length);
            assertThat(client.query("select 1").cell()).isEqualTo("1");
        }
    }

    @Test
    void requestBeyondTheServersLimitIsTheServersError(Environment environment) throws IOException {
        try (RawClient admin = environment.direct(CAPABILITIES)) {
            admin.query("set global max_allowed_packet = 1048576");
            try (RawClient client = environment.raw(CAPABILITIES)) {
                client.send(RawClient.payload(RawClient.COM_QUERY, "select length('" + "y".repeat(2_000_000) + "')"));
                Packet answer = client.socket().readOrEnd();
                assertThat(answer == null || answer.first() == 0xFF).isTrue();
            } catch (IOException closed) {
                assertThat(closed)
                        .as("MariaDB may close in the middle of the request")
                        .isNotNull();
            } finally {
                admin.query("set global max_allowed_packet = 1073741824");
            }
        }
    }

    /** 300 MB of rows: neither the pool nor the heap may grow with the result. */
    @Test
    void longResultsPassThroughLittleMemory(Environment environment) throws IOException {
        try (RawClient client = environment.raw(CAPABILITIES)) {
            long before = LeakCheck.pinnedBytes();
            client.send(RawClient.payload(RawClient.COM_QUERY, "select repeat('r', 100000), seq from seq_1_to_3000"));
            long rows = 0;
            long greatest = 0;
            Packet packet = client.socket().read();
            while (!(packet.first() == 0xFE && packet.payload().length < 100)) {
                if (packet.payload().length > 100_000) {
                    rows++;
                }
                greatest = Math.max(greatest, LeakCheck.pinnedBytes());
                packet = client.socket().read();
            }
            assertThat(rows).isEqualTo(3_000);
            assertThat(greatest - before).isLessThan(BOUND);
            assertThat(client.query("select 1").cell()).isEqualTo("1");
        }
    }

    /** The client stops reading: soon the server cannot send either, and the proxy holds no more than its water marks. */
    @Test
    void clientThatDoesNotReadStopsTheServer(Environment environment) throws IOException {
        try (RawClient client = environment.raw(CAPABILITIES);
                RawClient observer = environment.direct(CAPABILITIES)) {
            long before = LeakCheck.pinnedBytes();
            String id = client.query("select connection_id()").cell();
            client.send(RawClient.payload(RawClient.COM_QUERY, "select repeat('s', 100000), seq from seq_1_to_2000"));
            // Its socket buffers and the proxy's water marks are full long before 200 MB; then it waits.
            await("the server waits for the proxy")
                    .during(Duration.ofSeconds(1))
                    .atMost(LIMIT)
                    .until(() -> "Writing to net".equals(state(observer, id)));
            assertThat(LeakCheck.pinnedBytes() - before).isLessThan(BOUND);
            // It reads on: the rest comes.
            int rows = 0;
            Packet packet = client.socket().read();
            while (!(packet.first() == 0xFE && packet.payload().length < 100)) {
                rows += packet.payload().length > 100_000 ? 1 : 0;
                packet = client.socket().read();
            }
            assertThat(rows).isEqualTo(2_000);
            assertThat(client.query("select 1").cell()).isEqualTo("1");
        }
    }

    private static String state(RawClient observer, String id) throws IOException {
        return String.valueOf(observer.query("select state from information_schema.processlist where id = " + id)
                .cell());
    }

    @Test
    void userIsChangedByTheServerItself(Environment environment) throws IOException {
        try (RawClient client = environment.raw(CAPABILITIES)) {
            client.query("set @a = 1");
            ByteArrayOutputStream change = new ByteArrayOutputStream();
            change.write(0x11);
            change.writeBytes("other\0".getBytes(StandardCharsets.UTF_8));
            byte[] answer = NativePassword.answer(
                    "other pw".getBytes(StandardCharsets.UTF_8),
                    client.greeting().scramble());
            change.write(answer.length);
            change.writeBytes(answer);
            change.writeBytes("it\0".getBytes(StandardCharsets.UTF_8));
            change.write(45);
            change.write(0);
            change.writeBytes("mysql_native_password\0".getBytes(StandardCharsets.UTF_8));
            change.write(0);
            client.send(change.toByteArray());
            Packet packet = client.socket().read();
            if (packet.first() == 0xFE) {
                byte[] scramble = scrambleOf(packet.payload());
                client.socket()
                        .write(
                                packet.sequence() + 1,
                                NativePassword.answer("other pw".getBytes(StandardCharsets.UTF_8), scramble));
                packet = client.socket().read();
            }
            assertThat(packet.first()).isZero();
            assertThat(client.query("select current_user()").cell()).isEqualTo("other@%");
            assertThat(client.query("select @a").cell()).isNull();
        }
    }

    private static byte[] scrambleOf(byte[] authSwitch) {
        int at = 1;
        while (authSwitch[at] != 0) {
            at++;
        }
        return Arrays.copyOfRange(authSwitch, at + 1, at + 21);
    }

    @Test
    void preparedStatementsAndCursorsPass(Environment environment) throws IOException {
        for (long capabilities : new long[] {RawClient.USUAL_CAPABILITIES, CAPABILITIES}) {
            try (RawClient client = environment.raw(capabilities)) {
                Response prepared = client.command(RawClient.COM_STMT_PREPARE, "select seq from seq_1_to_10");
                byte[] ok = prepared.packets().getFirst().payload();
                byte[] execute = {0x17, ok[1], ok[2], ok[3], ok[4], 1, 1, 0, 0, 0};
                Response opened = client.command(execute);
                assertThat(opened.isError()).as("%s", opened).isFalse();
                byte[] fetch = {0x1C, ok[1], ok[2], ok[3], ok[4], 4, 0, 0, 0};
                int rows = 0;
                for (int i = 0; i < 3; i++) {
                    Response fetched = client.command(fetch);
                    assertThat(fetched.isError()).as("%s", fetched).isFalse();
                    rows += fetched.packets().size() - 1;
                }
                assertThat(rows).isEqualTo(10);
                assertThat(client.query("select 1").cell()).isEqualTo("1");
            }
        }
    }

    @Test
    void clientsOfADeadServerAreTold(Environment environment) throws IOException {
        try (RawClient client = environment.raw(CAPABILITIES);
                RawClient killer = environment.direct(CAPABILITIES)) {
            String id = client.query("select connection_id()").cell();
            assertThat(killer.query("kill " + id).isError()).isFalse();
            client.send(RawClient.payload(RawClient.COM_QUERY, "select 1"));
            Packet answer = client.socket().readOrEnd();
            assertThat(answer == null || answer.first() == 0xFF).isTrue();
        } catch (java.net.SocketException closedAlready) {
            assertThat(closedAlready).isNotNull();
        }
    }
}
