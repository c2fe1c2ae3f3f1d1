package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.auth.NativePassword;
import com.oceanbase.odp.protocol.packet.AuthSwitchRequest;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.testkit.script.PacketSocket.Packet;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.Response;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, packet by packet: every way that clients may choose, and those that are no login. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class LoginWireTest {
    private static final String ACCOUNT = "it_login";
    private static final String PASSWORD = "Sécret 4711";
    private static final int UTF8MB4 = 45;

    @BeforeAll
    static void makeAccount(Environment environment) {
        environment.cluster().sql("drop user if exists " + ACCOUNT);
        environment.cluster().sql("create user " + ACCOUNT + " identified by '" + PASSWORD + "'");
        environment.cluster().sql("grant all on *.* to " + ACCOUNT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s@sys#demo",
                "%s@sys",
                "%s",
                "%s#demo",
                "%s@app#demo",
                "demo:sys:%s",
                "demo:app:%s",
                "%s@sys#demo:1",
                "%s@SYS#demo"
            })
    void everyNameFormIsAccepted(String form, Environment environment) throws IOException {
        String name = form.formatted(ACCOUNT);
        try (RawClient client = environment.proxy().greeted()) {
            Response answer = client.login(Login.of(name, PASSWORD));
            if (form.contains("SYS")) {
                // Tenant names are what they are: the server decides.
                assertThat(answer.isOk() || answer.error().errno() == 1045).isTrue();
                return;
            }
            assertThat(answer.isOk()).as("%s: %s", name, answer).isTrue();
            assertThat(client.query("select current_user()").cell()).startsWith(ACCOUNT);
        }
    }

    @Test
    void wrongPasswordIsRefusedInTheServersWords(Environment environment) throws IOException {
        ErrPacket direct = error("127.0.0.1", environment.cluster().node(1).port(), ACCOUNT + "@sys", "wrong");
        ErrPacket proxied =
                error(environment.proxy().host(), environment.proxy().port(), ACCOUNT + "@sys#demo", "wrong");
        assertThat(proxied.errno()).isEqualTo(1045).isEqualTo(direct.errno());
        assertThat(proxied.sqlState()).isEqualTo(direct.sqlState());
        assertThat(proxied.message())
                .startsWith("Access denied for user '" + ACCOUNT + "'@'")
                .isEqualTo(direct.message());
    }

    @Test
    void missingPasswordIsRefused(Environment environment) throws IOException {
        assertThat(error(environment.proxy().host(), environment.proxy().port(), ACCOUNT + "@sys#demo", "")
                        .errno())
                .isEqualTo(1045);
    }

    @Test
    void unknownUserIsRefused(Environment environment) throws IOException {
        assertThat(error(environment.proxy().host(), environment.proxy().port(), "nobody@sys#demo", "x")
                        .errno())
                .isEqualTo(1045);
    }

    @Test
    void unknownTenantAndClusterAreRefused(Environment environment) throws IOException {
        assertThat(error(environment.proxy().host(), environment.proxy().port(), "root@nowhere#demo", "")
                        .errno())
                .isEqualTo(1045);
        assertThat(error(environment.proxy().host(), environment.proxy().port(), "root@sys#nowhere", "")
                        .errno())
                .isEqualTo(4669);
    }

    private static ErrPacket error(String host, int port, String user, String password) throws IOException {
        try (RawClient client = RawClient.connect(host, port, 30_000)) {
            ErrPacket error = client.login(Login.of(user, password)).error();
            assertThat(client.socket().readOrEnd()).as("the connection ends").isNull();
            return error;
        }
    }

    @Test
    void databaseOfTheLoginIsCurrent(Environment environment) throws IOException {
        String database = environment.newDatabase();
        try (RawClient client = environment.raw(database)) {
            assertThat(client.query("select database()").cell()).isEqualTo(database);
        }
    }

    @Test
    void unknownDatabaseIsRefused(Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            Response answer = client.login(Login.of(environment.user(), "").withDatabase("no_such_database"));
            assertThat(answer.error().errno()).isEqualTo(1049);
        }
    }

    @Test
    void greetingTellsTheNumberOfTheSession(Environment environment) throws IOException {
        try (RawClient client = environment.raw()) {
            long id = client.greeting().connectionId();
            assertThat(environment.proxy().server().sessions().find(id)).isNotNull();
            assertThat(client.query("show processlist").rows())
                    .anySatisfy(row -> assertThat(row.getFirst()).isEqualTo(Long.toString(id)));
        }
    }

    @Test
    void everyGreetingHasAScrambleOfItsOwn(Environment environment) throws IOException {
        try (RawClient one = environment.proxy().greeted();
                RawClient other = environment.proxy().greeted()) {
            assertThat(one.greeting().scramble()).isNotEqualTo(other.greeting().scramble());
        }
    }

    /** MySQL 8 clients send an answer for caching_sha2_password unless the greeting makes them think again. */
    @ParameterizedTest
    @ValueSource(strings = {"caching_sha2_password", "sha256_password", "mysql_clear_password", "dialog"})
    void otherPluginsAreSwitched(String plugin, Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            byte[] login = login(client, ACCOUNT + "@sys#demo", new byte[32], plugin);
            client.socket().write(1, login);
            Packet packet = client.socket().read();
            assertThat(packet.first()).isEqualTo(0xFE);
            assertThat(packet.sequence()).isEqualTo(2);
            AuthSwitchRequest request = AuthSwitchRequest.decode(Unpooled.wrappedBuffer(packet.payload()));
            assertThat(request.plugin()).isEqualTo("mysql_native_password");
            byte[] scramble = java.util.Arrays.copyOf(request.data(), 20);
            client.socket().write(3, NativePassword.answer(PASSWORD.getBytes(StandardCharsets.UTF_8), scramble));
            Packet answer = client.socket().read();
            assertThat(answer.first()).isZero();
            assertThat(answer.sequence()).isEqualTo(4);
            Wire.assertUsable(client);
        }
    }

    @Test
    void switchedClientWithWrongPasswordIsRefused(Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            client.socket().write(1, login(client, ACCOUNT + "@sys#demo", new byte[32], "caching_sha2_password"));
            assertThat(client.socket().read().first()).isEqualTo(0xFE);
            client.socket().write(3, new byte[20]);
            Packet answer = client.socket().read();
            assertThat(answer.first()).isEqualTo(0xFF);
            assertThat(answer.sequence()).isEqualTo(4);
        }
    }

    private static byte[] login(RawClient client, String user, byte[] answer, String plugin) {
        return header(RawClient.USUAL_CAPABILITIES)
                .nulText(user)
                .int1(answer.length)
                .raw(answer)
                .nulText(plugin)
                .int1(0)
                .toBytes();
    }

    private static Payloads header(long capabilities) {
        return Payloads.command((int) capabilities & 0xFF)
                .int1((int) (capabilities >> 8))
                .int2((int) (capabilities >> 16))
                .int4(1 << 24)
                .int1(UTF8MB4)
                .raw(new byte[23]);
    }

    @Test
    void answerWithoutPluginNameIsNative(Environment environment) throws IOException {
        long capabilities = Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION | Capabilities.TRANSACTIONS;
        try (RawClient client = environment.proxy().greeted()) {
            byte[] answer = NativePassword.answer(
                    PASSWORD.getBytes(StandardCharsets.UTF_8), client.greeting().scramble());
            client.socket()
                    .write(
                            1,
                            header(capabilities)
                                    .nulText(ACCOUNT + "@sys#demo")
                                    .int1(answer.length)
                                    .raw(answer)
                                    .toBytes());
            assertThat(client.socket().read().first()).isZero();
            Wire.assertUsable(client);
        }
    }

    @Test
    void loginsOfTheOldProtocolAreRefused(Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            client.socket()
                    .write(
                            1,
                            Payloads.command(0x05)
                                    .int1(0)
                                    .int2(0xFFFF)
                                    .int1(0)
                                    .nulText("root")
                                    .toBytes());
            assertThat(client.socket().read().first()).isEqualTo(0xFF);
            assertThat(client.socket().readOrEnd()).isNull();
        }
    }

    @Test
    void requestForEncryptionThatWasNotOfferedIsRefused(Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            assertThat(Capabilities.has(client.greeting().capabilities(), Capabilities.SSL))
                    .isFalse();
            client.socket()
                    .write(
                            1,
                            header(RawClient.USUAL_CAPABILITIES | Capabilities.SSL)
                                    .toBytes());
            Packet answer = client.socket().read();
            assertThat(answer.first()).isEqualTo(0xFF);
            assertThat(client.socket().readOrEnd()).isNull();
        }
    }

    @Test
    void loginWithTheBitForEncryptionButNoEncryptionIsALogin(Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            Response answer = client.login(
                    Login.of(environment.user(), "").withCapabilities(RawClient.USUAL_CAPABILITIES | Capabilities.SSL));
            assertThat(answer.isOk()).as("%s", answer).isTrue();
            Wire.assertUsable(client);
        }
    }

    @Test
    void bitsThatWereNotOfferedAreIgnored(Environment environment) throws IOException {
        long everything = 0xFFFFFFFFL
                & ~Capabilities.COMPRESS
                & ~Capabilities.ZSTD_COMPRESSION_ALGORITHM
                & ~Capabilities.CONNECT_WITH_DB
                & ~Capabilities.SSL;
        try (RawClient client = environment.proxy().greeted()) {
            Response answer = client.login(Login.of(environment.user(), "").withCapabilities(everything));
            assertThat(answer.isOk()).as("%s", answer).isTrue();
            Wire.assertUsable(client);
        }
    }

    @Test
    void attributesOfTheClientReachNoFurtherThanAllowed(Environment environment) throws IOException {
        ConnectionAttributes attributes = ConnectionAttributes.builder()
                .add("program_name", "it")
                .add("__proxy_capability_flag", "1")
                .add("__mysql_client_type", "__ob_libobclient")
                .add("long", "x".repeat(20_000))
                .build();
        try (RawClient client = environment.proxy().greeted()) {
            Response answer = client.login(Login.of(environment.user(), "").withAttributes(attributes));
            assertThat(answer.isOk()).as("%s", answer).isTrue();
            Wire.assertUsable(client);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 20, 33, 40})
    void garbageOfAnyLengthEndsTheConnection(int length, Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            byte[] garbage = new byte[length];
            java.util.Arrays.fill(garbage, (byte) 0xFF);
            client.socket().write(1, garbage);
            Packet answer = client.socket().readOrEnd();
            if (answer != null) {
                assertThat(answer.first()).isEqualTo(0xFF);
                assertThat(client.socket().readOrEnd()).isNull();
            }
        }
    }

    @Test
    void hugeLoginEndsTheConnection(Environment environment) throws IOException {
        try (RawClient client = environment.proxy().greeted()) {
            client.socket().writeRaw(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1});
            Packet answer = client.socket().readOrEnd();
            if (answer != null) {
                assertThat(answer.first()).isEqualTo(0xFF);
                assertThat(client.socket().readOrEnd()).isNull();
            }
        }
    }

    @Test
    void clientThatLeavesBeforeTheLoginLeavesNothing(Environment environment) throws IOException {
        long id;
        try (RawClient client = environment.proxy().greeted()) {
            id = client.greeting().connectionId();
            assertThat(environment.proxy().server().sessions().find(id)).isNotNull();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> environment.proxy().server().sessions().find(id) == null);
    }
}
