package com.oceanbase.odp.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client goes without a word: its sessions on all nodes end, and with them what they had not committed. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientGoneTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @AfterEach
    void heal() {
        nodes.cluster().nodes().forEach(Node::heal);
    }

    private static void awaitEnd(JournaledClient client, int... numbers) {
        for (int number : numbers) {
            await().atMost(LIMIT)
                    .until(() -> client.entries(number).command("CLOSE").count() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void betweenRequests(boolean reset) throws IOException {
        JournaledClient client = nodes.clientOn(1, 2);
        client.ok("begin");
        client.ok("insert into t2(v) values('gone')");
        if (reset) {
            client.raw().socket().reset();
        } else {
            client.close();
        }
        awaitEnd(client, 1, 2);
        await().atMost(LIMIT).until(() -> nodes.rows("t2", "gone") == 0);
    }

    @Test
    void byCommand() throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.raw().send(new byte[] {RawClient.COM_QUIT});
            assertThat(client.raw().socket().readOrEnd()).isNull();
            awaitEnd(client, 1, 2);
        }
    }

    @Test
    void whileAServerWorks() throws IOException {
        JournaledClient client = nodes.clientOn(1, 2);
        nodes.cluster().node(2).faults().delay(Duration.ofSeconds(2));
        client.raw().send(RawClient.payload(RawClient.COM_QUERY, "select v from t2"));
        client.await(2, "select v from t2"::equals);
        client.close();
        awaitEnd(client, 1, 2);
    }

    @Test
    void inTheMiddleOfAResult() throws IOException {
        JournaledClient client = nodes.clientOn(1, 2);
        client.raw()
                .send(
                        RawClient.payload(
                                RawClient.COM_QUERY,
                                "select repeat('x', 1000000) from t2 a, t2 b, oceanbase.__all_virtual_proxy_sys_variable limit 100"));
        assertThat(client.raw().socket().read().payload()).hasSize(1);
        client.close();
        awaitEnd(client, 1, 2);
    }

    @Test
    void inTheMiddleOfARequest() throws IOException {
        JournaledClient client = nodes.clientOn(1, 2);
        byte[] sql = ("insert into t2(v) values('half') /* " + "x".repeat(2_000_000) + " */").getBytes();
        byte[] frame = new byte[1_000_004];
        frame[0] = (byte) (sql.length + 1);
        frame[1] = (byte) ((sql.length + 1) >> 8);
        frame[2] = (byte) ((sql.length + 1) >> 16);
        frame[4] = RawClient.COM_QUERY;
        System.arraycopy(sql, 0, frame, 5, frame.length - 5);
        client.raw().socket().writeRaw(frame);
        client.close();
        awaitEnd(client, 1, 2);
        assertThat(nodes.rows("t2", "half")).isZero();
    }

    @Test
    void duringItsLogin() throws IOException {
        for (Node node : nodes.cluster().nodes()) {
            node.faults().freeze();
        }
        int before = nodes.environment().proxy().sessions().size();
        RawClient client = nodes.environment().proxy().greeted();
        client.close();
        await().atMost(LIMIT).until(() -> nodes.environment().proxy().sessions().size() <= before);
    }
}
