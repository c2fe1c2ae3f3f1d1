package com.oceanbase.odp.it.locations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** SHOW PROXYROUTE tells what the proxy remembers of tables and partitions that statements have asked for. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShowProxyRouteTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d";

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
        nodes.cluster()
                .sql(
                        nodes.database(),
                        "create table parted(id bigint primary key, v int) partition by hash(id) partitions 4");
    }

    private String like(String table) {
        return "show proxyroute like '% % " + nodes.database() + " " + table + "'";
    }

    @Test
    void aTableIsShownWithItsLeader() throws IOException {
        try (JournaledClient client = nodes.client()) {
            assertThat(client.ok(like("t3")).rows()).isEmpty();
            client.ok("select v from t3");
            // A move of leaders elsewhere may have the table fetched again just now: UPDATING.
            await().untilAsserted(() -> assertThat(client.ok(like("t3")).rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.subList(0, 7))
                            .containsExactly(
                                    nodes.cluster().name(), "sys", nodes.database(), "t3", "AVAIL", "1", "3")));
            List<String> row = client.ok(like("t3")).rows().getFirst();
            assertThat(row.get(10)).isEqualTo("N");
            assertThat(row.get(11)).matches(TIME);
            assertThat(row.get(14)).matches(TIME);
            assertThat(row.getLast())
                    .startsWith("server[0]=" + nodes.cluster().node(3).endpoint() + ",LEADER,FULL; server[1]=")
                    .contains(",FOLLOWER,FULL; server[2]=");
        }
    }

    @Test
    void partitionsAreShownOneByOne() throws IOException {
        try (JournaledClient client = nodes.client()) {
            client.ok("select v from parted where id = 1");
            List<String> table = client.ok(like("par%")).rows().getFirst();
            assertThat(table.get(5)).isEqualTo("4");
            assertThat(table.getLast()).startsWith("part_level=1, first_func=HASH, first_num=4");
            String id = table.get(7);
            List<List<String>> partitions = client.ok("show proxyroute partition").rows().stream()
                    .filter(row -> id.equals(row.getFirst()))
                    .toList();
            assertThat(partitions).hasSize(4);
            assertThat(partitions).allSatisfy(row -> assertThat(row.getLast()).contains(",LEADER,FULL; "));
            assertThat(partitions.stream().map(row -> row.get(1)).distinct()).hasSize(4);
        }
    }

    @Test
    void otherFormsAreAnswered() throws IOException {
        try (JournaledClient client = nodes.client()) {
            assertThat(client.ok("show proxyroute globalindex").rows()).isEmpty();
            assertThat(client.ok("show proxyroute routine like 'nosuch'").rows())
                    .isEmpty();
            assertThat(client.error("show proxyroute nonsense").errno()).isEqualTo(5010);
            assertThat(client.ok("show proxyroute like 'nosuch'").rows()).isEmpty();
        }
    }
}
