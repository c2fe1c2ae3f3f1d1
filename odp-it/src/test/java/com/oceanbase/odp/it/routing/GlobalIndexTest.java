package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.cluster.Leaders;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statements that find their rows by a global index, whose partitions are led by other nodes than the table's. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class GlobalIndexTest {
    private final Nodes nodes;
    private final Leaders leaders;

    GlobalIndexTest(Environment environment) {
        this.nodes = Nodes.create(environment);
        this.leaders = environment.cluster().leaders();
    }

    private void sql(String statement) {
        nodes.cluster().sql(nodes.database(), statement);
    }

    private long id(String table) {
        return Long.parseLong(Objects.requireNonNull(nodes.cluster()
                .sql("select t.table_id from oceanbase.__all_table t join oceanbase.__all_database d"
                        + " on d.database_id = t.database_id where d.database_name = '" + nodes.database()
                        + "' and t.table_name = '" + table + "'")
                .cell()));
    }

    /** Where a statement was executed; it must have hit. */
    private int node(JournaledClient client, String statement) throws IOException {
        client.forget();
        client.ok(statement);
        List<JournalEntry> seen = IntStream.rangeClosed(1, 3)
                .mapToObj(client::entries)
                .flatMap(view -> view.entries().stream())
                .filter(entry -> entry.text().equals(statement))
                .toList();
        assertThat(seen).as(statement).hasSize(1);
        assertThat(seen.getFirst().hit()).as(statement).isEqualTo(PartitionHit.HIT);
        return seen.getFirst().node();
    }

    @Test
    void statementsGoToTheLeaderOfTheIndexPartition() throws IOException {
        sql("create table g(id bigint primary key, v int, w varchar(20), u int) partition by hash(id) partitions 6");
        sql("create index gv on g(v) global partition by hash(v) partitions 3");
        sql("create unique index gw on g(w) global");
        for (int row = 0; row < 20; row++) {
            sql("insert into g values(" + row + ", " + row + ", 'w" + row + "', " + row + ")");
        }
        String prefix = "__idx_" + id("g") + "_";
        List<Long> byValue = leaders.tablets(nodes.database(), prefix + "gv");
        long unique = leaders.tablets(nodes.database(), prefix + "gw").getFirst();
        assertThat(byValue).hasSize(3);
        for (int partition = 0; partition < 3; partition++) {
            leaders.move(byValue.get(partition), partition + 1);
        }
        leaders.move(unique, 2);
        try (JournaledClient client = nodes.client()) {
            for (int value = 0; value < 6; value++) {
                int leader = value % 3 + 1;
                assertThat(node(client, "select * from g where v = " + value)).isEqualTo(leader);
                assertThat(node(
                                client,
                                "select id from g x where x.v in (" + value + ", " + (value + 3) + ") and v > -1"))
                        .isEqualTo(leader);
                assertThat(node(client, "update g set u = u + 1 where v = " + value))
                        .isEqualTo(leader);
            }
            assertThat(node(client, "select u from g where w = 'w7'")).isEqualTo(2);
            assertThat(node(client, "select u from g where v = 3 and w = 'w3'"))
                    .as("the unique index goes before the other one")
                    .isEqualTo(2);
            int owner = leaders.of(leaders.tablets(nodes.database(), "g").get(4));
            assertThat(node(client, "select u from g where id = 4 and v = 0"))
                    .as("a known partition of the table goes before its indexes")
                    .isEqualTo(owner);
        }
    }

    @Test
    void anIndexThatIsCreatedLaterIsUsedAfterTheDefinitionWasFetchedAgain() throws IOException {
        sql("create table h(id bigint primary key, v int) partition by hash(id) partitions 6");
        try (JournaledClient client = nodes.client()) {
            client.ok("select count(*) from h where v = 1");
            client.ok("create index hv on h(v) global partition by hash(v) partitions 3");
            List<Long> tablets = leaders.tablets(nodes.database(), "__idx_" + id("h") + "_hv");
            for (int partition = 0; partition < 3; partition++) {
                leaders.move(tablets.get(partition), 3);
            }
            await().untilAsserted(() -> {
                assertThat(node(client, "select * from h where v = 0")).isEqualTo(3);
                assertThat(node(client, "select * from h where v = 1")).isEqualTo(3);
            });
        }
    }
}
