package com.oceanbase.odp.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.drivers.JdbcDriver;
import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.cluster.Leaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of the single-partition statements of known workloads, 99.9 % or more reach the leader, as text and as binary. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadHitRateTest {
    private static final int STEPS = 150;
    private static final double LEAST_RATE = 0.999;

    private final Environment environment;

    WorkloadHitRateTest(Environment environment) {
        this.environment = environment;
    }

    static Stream<Arguments> workloads() {
        return Workload.all().stream()
                .flatMap(workload -> Stream.of(Arguments.of(workload, false), Arguments.of(workload, true)));
    }

    @ParameterizedTest(name = "{0}, binary {1}")
    @MethodSource("workloads")
    void statementsOfOnePartitionReachItsLeader(Workload workload, boolean binary) throws SQLException {
        String database = environment.newDatabase();
        workload.tables().values().forEach(table -> environment.cluster().sql(database, table));
        alignLeaders(database, workload);
        Random random = new Random(7);
        Journal.Mark mark = environment.cluster().journal().mark();
        try (Connection connection = JdbcDriver.MARIADB_3.connect(
                environment.proxy().endpoint(),
                database,
                List.of("user=" + environment.user(), "password=", "useServerPrepStmts=" + binary))) {
            workload.use(connection);
            for (int step = 0; step < STEPS; step++) {
                workload.step(random);
            }
        }
        List<JournalEntry> judged = environment.cluster().journal().since(mark).withoutInner().entries().stream()
                .filter(entry -> entry.hit() != PartitionHit.NOT_JUDGED)
                .filter(entry -> entry.database().equals(database))
                .toList();
        List<JournalEntry> missed = judged.stream()
                .filter(entry -> entry.hit() == PartitionHit.MISS)
                .toList();
        // The verdict on the last statements may still be out.
        assertThat(judged).hasSizeGreaterThanOrEqualTo(STEPS * 9 / 10);
        assertThat(1.0 - (double) missed.size() / judged.size())
                .as("hit rate of %s statements; missed %s", judged.size(), missed)
                .isGreaterThanOrEqualTo(LEAST_RATE);
    }

    /** Partition n of each table is led by the same node, as in a table group. */
    private void alignLeaders(String database, Workload workload) {
        Leaders leaders = environment.cluster().leaders();
        int nodes = environment.cluster().nodes().size();
        for (String table : workload.tables().keySet()) {
            List<Long> tablets = leaders.tablets(database, table);
            for (int index = 0; index < tablets.size(); index++) {
                leaders.move(tablets.get(index), index % nodes + 1);
            }
        }
    }
}
