package com.oceanbase.odp.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.session.JournaledClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions find back to nodes that recovered and follow leaders that moved. */
class RecoveryTest extends FaultyCluster {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    RecoveryTest() {
        super(Map.of(
                "congestion_failure_threshold", "1",
                "congestion_retry_interval", "1s",
                "min_keep_congestion_interval", "1s",
                "short_async_task_timeout", "1s"));
    }

    private boolean arrivesOn(JournaledClient client, int node, String sql) throws IOException {
        client.forget();
        client.ok(sql);
        return client.sent(node).contains(sql);
    }

    @Test
    void aNodeThatComesBackIsUsedAgain() throws IOException {
        try (JournaledClient client = nodes.client(proxy)) {
            client.ok("set @a = 1");
            await().atMost(LIMIT).until(() -> arrivesOn(client, 2, "select @a from t2 where id = 1"));
            nodes.cluster().node(2).stop();
            for (int i = 0; i < 5; i++) {
                assertThat(client.cell("select @a from t2 where id = 1")).isEqualTo("1");
            }
            nodes.cluster().node(2).start();
            await().atMost(LIMIT).until(() -> arrivesOn(client, 2, "select @a from t2 where id = 1"));
        }
    }

    @Test
    void aBlockedNodeIsNotAskedForEachStatement() throws IOException {
        Map<String, String> slow = Map.of("congestion_failure_threshold", "1", "congestion_retry_interval", "1h");
        try (OdpInstance patient = nodes.environment().start(slow);
                JournaledClient client = nodes.client(patient).visit(1, 2)) {
            nodes.cluster().node(2).stop();
            client.ok("select v from t2");
            nodes.cluster().node(2).start();
            client.forget();
            for (int i = 0; i < 5; i++) {
                client.ok("select v from t2");
            }
            assertThat(client.sent(2)).isEmpty();
        }
    }

    @Test
    void statementsFollowALeaderThatMoved() throws IOException {
        nodes.createTable(nodes.database(), "moving", 2);
        try (JournaledClient client = nodes.client(proxy)) {
            await().atMost(LIMIT).until(() -> arrivesOn(client, 2, "select v from moving"));
            nodes.cluster().leaders().moveTable(nodes.database(), "moving", 3);
            await().atMost(LIMIT).until(() -> arrivesOn(client, 3, "select v from moving"));
            assertThat(arrivesOn(client, 3, "insert into moving(v) values('moved')"))
                    .isTrue();
        }
    }

    @Test
    void theTableOfADeadLeaderIsFoundWhereItMoved() throws IOException {
        nodes.createTable(nodes.database(), "failing", 2);
        try (JournaledClient client = nodes.client(proxy)) {
            await().atMost(LIMIT).until(() -> arrivesOn(client, 2, "select v from failing"));
            nodes.cluster().node(2).stop();
            nodes.cluster().leaders().moveTable(nodes.database(), "failing", 3);
            await().atMost(LIMIT).until(() -> arrivesOn(client, 3, "select v from failing"));
        }
    }
}
