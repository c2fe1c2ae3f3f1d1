package com.oceanbase.odp.testkit.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.junit.WithTestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compiled original takes the test cluster for a real one: an outside witness that the cluster is honest. Skipped
 * unless ODP_ORIGINAL names a directory with {@code obproxy.xz}.
 */
@WithTestCluster(name = "original", numericVariables = true)
class OriginalProxyTest {

    private static final int KEYS = 24;

    @TempDir
    private Path home;

    private final TestCluster cluster;
    private Optional<OriginalProxy> proxy = Optional.empty();

    OriginalProxyTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void startProxy() throws IOException, InterruptedException {
        Optional<Path> packed = OriginalProxy.packed();
        assumeTrue(packed.isPresent(), "set ODP_ORIGINAL to a directory with obproxy.xz");
        cluster.sql("create database if not exists o");
        cluster.sql(
                "o", "create table if not exists t(id bigint primary key, v int) partition by key(id) partitions 6");
        for (int id = 0; id < KEYS; id++) {
            cluster.sql("o", "replace into t values(" + id + ", " + 10 * id + ")");
        }
        proxy = Optional.of(OriginalProxy.start(packed.get(), cluster, home));
        cluster.journal().clear();
    }

    @AfterEach
    void stopProxy() {
        proxy.ifPresent(OriginalProxy::close);
    }

    private RawClient connect() throws IOException {
        RawClient client = proxy.orElseThrow().connect();
        assertThat(client.command(RawClient.COM_INIT_DB, "o").isError()).isFalse();
        return client;
    }

    private static void read(RawClient client, int id) throws IOException {
        Response response = client.query("select v from t where id = " + id);
        assertThat(response.isError()).as("%s", response).isFalse();
        assertThat(response.cell()).isEqualTo(Integer.toString(10 * id));
    }

    private JournalEntry last(String part) {
        return cluster.journal().all().withoutInner().containing(part).entries().getLast();
    }

    @Test
    void itRoutesEveryKeyToItsLeader() throws IOException {
        try (RawClient client = connect()) {
            for (int id = 0; id < KEYS; id++) {
                read(client, id);
            }
        }
        List<JournalEntry> reads = cluster.journal()
                .all()
                .withoutInner()
                .containing("from t where id")
                .entries();
        assertThat(reads).hasSize(KEYS).allMatch(entry -> entry.hit() == PartitionHit.HIT);
        Set<Integer> nodes = reads.stream().map(JournalEntry::node).collect(Collectors.toSet());
        assertThat(nodes).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void itsExplainRouteNamesTheLeader() throws IOException {
        try (RawClient client = connect()) {
            for (int id = 0; id < 6; id++) {
                read(client, id);
                Node leader = cluster.node(last("from t where id = " + id).node());
                String route = String.valueOf(client.query("explain route select v from t where id = " + id)
                        .cell());
                assertThat(route).contains("leader:\"" + leader.endpoint() + "\"");
            }
        }
    }

    @Test
    void itCarriesSessionStateToTheNextNode() throws IOException {
        try (RawClient client = connect()) {
            read(client, 0);
            int first = last("from t where id = 0").node();
            client.query("set @mark = 4711");
            Journal.Mark mark = cluster.journal().mark();
            for (int id = 1; id < KEYS; id++) {
                read(client, id);
            }
            for (int node = 1; node <= 3; node++) {
                List<String> replayed = cluster.journal()
                        .since(mark)
                        .of(node)
                        .containing("@mark = 4711")
                        .texts();
                assertThat(replayed).as("node %s", node).hasSize(node == first ? 0 : 1);
            }
        }
    }

    @Test
    void itFollowsAMissToTheNewLeader() throws IOException {
        try (RawClient client = connect()) {
            read(client, 3);
            int old = last("from t where id = 3").node();
            int next = old % 3 + 1;
            cluster.leaders().moveTable("o", "t", next);
            Journal.Mark mark = cluster.journal().mark();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (last("from t where id = 3").node() != next) {
                assertThat(System.nanoTime()).as("still node %s", old).isLessThan(deadline);
                read(client, 3);
            }
            assertThat(cluster.journal()
                            .since(mark)
                            .of(old)
                            .containing("from t where id = 3")
                            .entries())
                    .isNotEmpty()
                    .allMatch(entry -> entry.hit() == PartitionHit.MISS);
        }
    }

    @Test
    void itSurvivesTheDeathOfANode() throws IOException {
        try (RawClient client = connect()) {
            read(client, 3);
            int dead = last("from t where id = 3").node();
            cluster.node(dead).stop();
            read(client, 3);
            assertThat(last("from t where id = 3").node()).isNotEqualTo(dead);
            cluster.node(dead).start();
        }
    }
}
