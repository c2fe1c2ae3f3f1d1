package com.oceanbase.odp.it.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.LeakCheck;
import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.script.PacketSocket;
import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go in the middle of something: their sessions and server sessions end, and nothing stays. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class DisappearingClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** About 300 MB of rows. */
    private static final String LONG_RESULT = "select repeat('r', 1000) from table(generator(300000))";

    private final Environment environment;
    private OdpInstance proxy;
    private int before;

    DisappearingClientTest(Environment environment) {
        this.environment = environment;
        this.proxy = environment.proxy();
    }

    @BeforeEach
    void noClientIsThere() {
        proxy = environment.proxy();
        LeakCheck.assertQuiet(proxy);
        before = nodeSessions();
    }

    @AfterEach
    void nothingOfTheClientIsLeft() {
        LeakCheck.assertQuiet(proxy);
        await("end of the server sessions")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(nodeSessions()).isLessThanOrEqualTo(before));
    }

    private int nodeSessions() {
        return environment.cluster().nodes().stream()
                .mapToInt(Node::sessionCount)
                .sum();
    }

    private static void leave(RawClient client, boolean reset) throws IOException {
        if (reset) {
            client.socket().reset();
        } else {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void betweenRequests(boolean reset) throws IOException {
        RawClient client = environment.raw();
        assertThat(client.query("select 1").cell()).isEqualTo("1");
        assertThat(nodeSessions()).isGreaterThan(before);
        leave(client, reset);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inTheMiddleOfAResult(boolean reset) throws IOException {
        RawClient client = environment.raw();
        client.send(RawClient.payload(RawClient.COM_QUERY, LONG_RESULT));
        assertThat(client.socket().read().first()).isEqualTo(1);
        leave(client, reset);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whileTheServerThinks(boolean reset) throws IOException {
        RawClient client = environment.raw();
        String marker = OdpFixture.newName("thinking");
        client.send(RawClient.payload(RawClient.COM_QUERY, "select sleep(3) as " + marker));
        await().atMost(LIMIT)
                .until(() -> !environment
                        .cluster()
                        .journal()
                        .all()
                        .containing(marker)
                        .isEmpty());
        leave(client, reset);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 100, 5_000, 10_000, 999_999})
    void inTheMiddleOfARequest(int sent) throws IOException {
        RawClient client = environment.raw();
        byte[] request = PacketSocket.frames(
                0, RawClient.payload(RawClient.COM_QUERY, "select '" + "q".repeat(1_000_000) + "'"));
        client.socket().writeRaw(Arrays.copyOf(request, sent));
        leave(client, false);
    }

    @Test
    void inTheMiddleOfAFile() throws IOException {
        String database = environment.newDatabase();
        environment.cluster().sql(database, "create table f(a int primary key)");
        RawClient client = proxy.raw(RawClient.Login.of(environment.user(), "")
                .withCapabilities(
                        RawClient.USUAL_CAPABILITIES | com.oceanbase.odp.protocol.packet.Capabilities.LOCAL_FILES)
                .withDatabase(database));
        assertThat(client.query("load data local infile 'x' into table f").packets())
                .hasSize(1);
        client.socket().write(2, "1\n2\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        leave(client, true);
    }

    @Test
    void inATransactionWhichIsRolledBack() throws IOException {
        String database = environment.newDatabase();
        environment.cluster().sql(database, "create table t(a int primary key)");
        RawClient client = environment.raw(database);
        client.query("begin");
        assertThat(client.query("insert into t values(1)").isOk()).isTrue();
        leave(client, true);
        // The row's lock is free again.
        await().atMost(LIMIT)
                .until(() -> environment
                        .cluster()
                        .sql(database, "select a from t for update")
                        .rows()
                        .isEmpty());
    }
}
