package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys about which the dictionary of partitions says too little: members of ENUM and SET, and what a generated key is made of. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DescribedKeyTest {
    private static final int NODES = 3;
    private static final int PARTITIONS = 7;

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
        table("e", "k enum('red', 'green', 'blue', 'black'), v int", "key(k)");
        table("s", "k set('a', 'b', 'c'), v int", "key(k)");
        table("g", "c int, k int as (c * 2) virtual, v int", "hash(k)");
        table("d", "c datetime, k bigint as (to_days(c)) virtual, v int", "hash(k)");
    }

    private void table(String name, String columns, String partitioning) {
        nodes.cluster()
                .sql(
                        nodes.database(),
                        "create table " + name + "(" + columns + ") partition by " + partitioning + " partitions "
                                + PARTITIONS);
        List<Long> tablets = nodes.cluster().leaders().tablets(nodes.database(), name);
        for (int i = 0; i < tablets.size(); i++) {
            nodes.cluster().leaders().move(tablets.get(i), i % NODES + 1);
        }
    }

    /** Each value is written, and found, where its partition is led: in one attempt, so that chance could not do it for all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "e; k; 'red', 'green', 'blue', 'black', 'RED', 'Green'",
                "s; k; 'a', 'b', 'c', 'a,b', 'b,c', 'a,c', 'a,b,c'",
                "g; c; 0, 1, 2, 3, 4, 5, 6, -9, 1000000",
                "d; c; '2024-02-28', '2024-02-29', '2024-03-01 12:00:00', '1999-12-31', '2024-03-02', '2024-03-03'"
            })
    void valuesLeadToTheLeader(String table, String column, String values) throws IOException {
        try (JournaledClient client = nodes.client()) {
            client.ok("select count(*) from " + table);
            for (String value : values.split(", ")) {
                assertHit(client, "insert into " + table + "(" + column + ", v) values(" + value + ", 1)");
                assertHit(client, "select v from " + table + " where " + column + " = " + value);
            }
        }
    }

    private static void assertHit(JournaledClient client, String statement) throws IOException {
        assertThat(client.executed(statement).hit()).as(statement).isEqualTo(PartitionHit.HIT);
    }
}
