package com.oceanbase.odp.it.locations;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.cluster.Leaders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Leaders that move while nobody asks. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class LeaderWatchTest {
    private static final String LOOK = "CDB_OB_LS_LOCATIONS WHERE role = 'LEADER'";

    private final Environment environment;

    LeaderWatchTest(Environment environment) {
        this.environment = environment;
    }

    private void awaitLooks(int count) {
        for (int i = 0; i < count; i++) {
            Journal.Mark mark = environment.cluster().journal().mark();
            environment
                    .cluster()
                    .journal()
                    .await(mark, entry -> entry.text().contains(LOOK) && entry.rows() >= 0, Duration.ofSeconds(20));
        }
    }

    @Test
    void theNextStatementAfterAMoveIsAtTheNewLeader() throws IOException {
        Nodes nodes = Nodes.create(environment);
        environment
                .cluster()
                .sql(nodes.database(), "create table p(id bigint primary key) partition by hash(id) partitions 6");
        Leaders leaders = environment.cluster().leaders();
        leaders.spread();
        List<Long> tablets = leaders.tablets(nodes.database(), "p");
        try (OdpInstance proxy = environment.start(Map.of("leader_watch_interval", "100ms"));
                JournaledClient client = nodes.client(proxy)) {
            everyPartitionIsHit(client, tablets, "before");
            awaitLooks(2);
            int logStream = leaders.logStream(tablets.getFirst());
            int old = leaders.of(tablets.getFirst());
            leaders.moveLogStream(logStream, old % 3 + 1);
            awaitLooks(3);
            Journal.Mark mark = environment.cluster().journal().mark();
            everyPartitionIsHit(client, tablets, "after");
            assertThat(environment.cluster().journal().since(mark).entries().stream()
                            .map(JournalEntry::text)
                            .filter(sql -> sql.contains("table_name = 'p'")))
                    .as("nothing was fetched")
                    .isEmpty();
        } finally {
            leaders.spread();
        }
    }

    private void everyPartitionIsHit(JournaledClient client, List<Long> tablets, String when) throws IOException {
        client.forget();
        for (int key :
                LongStream.range(0, tablets.size()).mapToInt(Math::toIntExact).toArray()) {
            client.ok("select /* " + when + " */ count(*) from p where id = " + key);
        }
        List<JournalEntry> statements = IntStream.rangeClosed(1, 3)
                .mapToObj(client::entries)
                .flatMap(view -> view.entries().stream())
                .filter(entry -> entry.text().contains(when))
                .toList();
        assertThat(statements).hasSize(tablets.size());
        assertThat(statements).allSatisfy(entry -> assertThat(entry.hit()).isEqualTo(PartitionHit.HIT));
    }
}
