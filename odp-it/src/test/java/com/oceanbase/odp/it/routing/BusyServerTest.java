package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.script.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Among servers that are equal the one with fewer requests under way is taken. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusyServerTest {
    private static final String READ = "select /*+ read_consistency(weak) */ v from t1 where id = ";

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @AfterEach
    void heal() {
        nodes.cluster().nodes().forEach(Node::heal);
    }

    @Test
    void aSlowNodeGetsNoMoreWhileItOwesAnAnswer() throws IOException {
        try (OdpInstance proxy = nodes.environment().start(Map.of("proxy_route_policy", "FOLLOWER_FIRST"));
                JournaledClient waiting = nodes.client(proxy);
                JournaledClient other = nodes.client(proxy)) {
            for (JournaledClient client : new JournaledClient[] {waiting, other}) {
                for (int i = 0; i < 40; i++) {
                    client.ok(READ + i);
                }
            }
            nodes.cluster().node(2).faults().freeze();
            int asked = 0;
            boolean stuck = false;
            while (!stuck && asked < 60) {
                // Equal servers are taken in turn by chance: sooner or later one read is on the frozen node.
                other.forget();
                waiting.raw().send(RawClient.payload(RawClient.COM_QUERY, READ + asked++));
                stuck = !arrives(waiting);
            }
            assertThat(stuck).isTrue();
            other.forget();
            for (int i = 0; i < 25; i++) {
                other.ok(READ + i);
            }
            assertThat(other.sent(3)).hasSize(25);
            nodes.cluster().node(2).faults().thaw();
            waiting.raw().readResponse(RawClient.COM_QUERY);
        }
    }

    /** Whether an answer comes within half a second; it is read then. */
    private static boolean arrives(JournaledClient client) throws IOException {
        try {
            await().atMost(Duration.ofMillis(500)).until(client.raw().socket()::hasInput);
        } catch (ConditionTimeoutException silent) {
            return false;
        }
        return !client.raw().readResponse(RawClient.COM_QUERY).isError();
    }
}
