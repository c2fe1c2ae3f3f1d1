package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.NodeFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A read that the proxy makes weak is told to be weak, so that the follower itself answers; no other statement is. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadWriteSplitTest {
    private static final String WEAK = "SET @@ob_read_consistency = 2;";
    private static final String BACK = "SET @@ob_read_consistency = 'STRONG';";

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    private OdpInstance splitting() {
        return nodes.environment()
                .start(Map.of(
                        "enable_read_write_split", "true",
                        "proxy_route_policy", "FOLLOWER_FIRST",
                        "enable_single_leader_node_routing", "false"));
    }

    /** What was sent to a node, without logins and what does not matter here. */
    private static List<String> relevant(JournaledClient client, int node) {
        return client.sent(node).stream()
                .filter(line -> !line.matches("(LOGIN|INIT_DB|SET @@last_insert_id).*"))
                .toList();
    }

    @Test
    void followersAreToldThatAReadIsWeak() throws IOException {
        try (OdpInstance proxy = splitting();
                JournaledClient client = nodes.client(proxy)) {
            client.forget();
            List<String> reads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                reads.add("select v, " + i + " from t1 where id = 1");
                assertThat(client.cell(reads.getLast())).isEqualTo("one");
            }
            assertThat(client.sent(1)).noneMatch(line -> line.startsWith("select") || line.startsWith("SET"));
            List<String> arrived = new ArrayList<>();
            for (int node = 2; node <= 3; node++) {
                List<String> there = relevant(client, node);
                // Told once, ahead of all reads.
                assertThat(there.indexOf(WEAK)).as("%s", there).isEqualTo(there.isEmpty() ? -1 : 0);
                there.stream().skip(1).forEach(arrived::add);
            }
            assertThat(arrived).containsExactlyInAnyOrderElementsOf(reads);
        }
    }

    @Test
    void whatIsNotAWeakReadIsReadStronglyThere() throws IOException {
        try (OdpInstance proxy = splitting();
                JournaledClient client = nodes.client(proxy)) {
            client.forget();
            for (int i = 0;
                    i < 30
                            && (relevant(client, 2).isEmpty()
                                    || relevant(client, 3).isEmpty());
                    i++) {
                client.ok("select v from t1 where id = 1");
            }
            client.forget();
            client.ok("insert into t2(v) values('strong')");
            client.ok("begin");
            assertThat(client.cell("select v from t3 where id = 1")).isEqualTo("one");
            assertThat(client.cell("select @@ob_read_consistency")).isEqualTo("STRONG");
            client.ok("commit");
            assertThat(relevant(client, 2)).containsExactly(BACK, "insert into t2(v) values('strong')");
            assertThat(relevant(client, 3))
                    .containsExactly(
                            BACK, "begin", "select v from t3 where id = 1", "select @@ob_read_consistency", "commit");
        }
    }

    @Test
    void theClientsOwnSettingIsPutBack() throws IOException {
        try (OdpInstance proxy = splitting();
                JournaledClient client = nodes.client(proxy)) {
            client.ok("select v from t1 where id = 1");
            client.ok("set ob_read_consistency = 'WEAK'");
            client.ok("select v from t1 where id = 1");
            client.ok("set ob_read_consistency = 'STRONG'");
            for (int node = 1; node <= 3; node++) {
                client.ok("update t" + node + " set v = v where id = 9");
                assertThat(client.cell("select /*+ read_consistency(strong) */ @@ob_read_consistency from t" + node
                                + " where id = 1"))
                        .isEqualTo("STRONG");
            }
        }
    }

    @Test
    void nothingComesBetweenAReadAndWhatAsksAboutIt() throws IOException {
        nodes.createTable(nodes.database(), "found", 1);
        nodes.cluster().sql(nodes.database(), "insert into found(v) values('two'), ('three')");
        try (OdpInstance proxy = splitting();
                JournaledClient client = nodes.client(proxy)) {
            client.forget();
            assertThat(client.cell("select sql_calc_found_rows v from found order by id limit 1"))
                    .isEqualTo("one");
            assertThat(client.cell("select found_rows()")).isEqualTo("3");
            assertThat(client.sent(1)).noneMatch(line -> line.startsWith("select"));
        }
    }

    @Test
    void preparedReadsAreToldToo() throws IOException {
        try (OdpInstance proxy = splitting();
                JournaledClient client = nodes.client(proxy)) {
            client.ok("prepare s from 'select v from t1 where id = ?'");
            client.ok("set @k = 1");
            client.forget();
            assertThat(client.cell("execute s using @k")).isEqualTo("one");
            assertThat(client.sent(1)).noneMatch(line -> line.startsWith("execute"));
            List<String> there = relevant(client, 2).isEmpty() ? relevant(client, 3) : relevant(client, 2);
            assertThat(there).containsSubsequence(WEAK, "execute s using @k");
        }
    }

    @Test
    void aProxyForFollowersMakesTheWholeSessionWeak() throws IOException {
        try (OdpInstance proxy = nodes.environment()
                        .start(Map.of("obproxy_read_consistency", "1", "proxy_route_policy", "FOLLOWER_FIRST"));
                JournaledClient client = nodes.client(proxy)) {
            assertThat(client.cell("select @@ob_read_consistency")).isEqualTo("WEAK");
            client.forget();
            client.ok("select v from t1 where id = 1");
            assertThat(client.sent(1)).noneMatch(line -> line.startsWith("select"));
            assertThat(client.error("set ob_read_consistency = 'STRONG'").errno())
                    .isEqualTo(4179);
        }
    }

    @Test
    void serversAreToldHowOldDataMayBe() throws IOException {
        try (OdpInstance proxy = nodes.environment().start(Map.of("ob_max_read_stale_time", "10000000"));
                JournaledClient client = nodes.client(proxy)) {
            assertThat(client.cell("select @@ob_max_read_stale_time")).isEqualTo("10000000");
            client.ok("set ob_max_read_stale_time = 20000000");
            assertThat(client.cell("select @@ob_max_read_stale_time")).isEqualTo("20000000");
        }
    }

    @Test
    void aReplicaThatIsTooOldIsAvoidedForAWhile() throws IOException {
        String read = "select /*+ read_consistency(weak) */ v from t1 where id = 1";
        try (OdpInstance proxy = nodes.environment()
                        .start(Map.of("proxy_route_policy", "FOLLOWER_FIRST", "read_stale_retry_interval", "600s"));
                JournaledClient client = nodes.client(proxy)) {
            NodeFaults faults = nodes.cluster().node(2).faults();
            faults.failNext(1, 5727, "HY000", "SQL request should be rerouted", "v from t1 where id = 1$");
            for (int i = 0; i < 200 && faults.armedCount() > 0; i++) {
                assertThat(client.cell(read)).isEqualTo("one");
            }
            assertThat(faults.armedCount()).isZero();
            client.forget();
            for (int i = 0; i < 30; i++) {
                assertThat(client.cell(read)).isEqualTo("one");
            }
            assertThat(client.sent(3)).hasSize(30);
        }
    }

    @Test
    void aProxyForReadersLetsNobodyWrite() throws IOException {
        try (OdpInstance proxy = nodes.environment().start(Map.of("obproxy_read_only", "0"));
                JournaledClient client = nodes.client(proxy)) {
            assertThat(client.cell("select v from t1 where id = 1")).isEqualTo("one");
            assertThat(client.error("insert into t1(v) values('no')").errno()).isEqualTo(1792);
            assertThat(client.error("set tx_read_only = 0").errno()).isEqualTo(4179);
        }
    }
}
