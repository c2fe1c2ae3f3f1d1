package com.oceanbase.odp.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.LeakCheck;
import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.Response;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code ./odp test --soak MINUTES}: clients move money while nodes die, freeze, cut and delay, in rounds; after each
 * round nothing committed is missing, nothing failed is there, no answer was wrong, and the proxy holds no more than
 * after the first one.
 */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@EnabledIfSystemProperty(
        named = "odp.soak.minutes",
        matches = "[1-9][0-9]*",
        disabledReason = "only with --soak MINUTES")
class SoakTest {
    private static final int TELLERS = 8;
    private static final long ROUND_SECONDS = 30;

    private String database;

    @Test
    void nothingIsLostWrongOrLeaked(Environment environment) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("odp.soak.minutes"));
        database = environment.newDatabase();
        Footprint first = null;
        int rounds = 0;
        while (first == null || System.nanoTime() < end) {
            String result = round(environment);
            LeakCheck.assertQuiet(environment.proxy());
            LeakCheck.assertNoLeakReported();
            Footprint now = Footprint.now();
            PrintStream out = System.out;
            out.printf("soak round %d: %s; %s%n", ++rounds, result, now);
            if (first == null) {
                first = now;
            }
            Footprint reference = first;
            assertThat(now).as("compared with %s after the first round", first).matches(same -> same.isLike(reference));
        }
    }

    private void createLedgers(TestCluster cluster) {
        for (int table = 1; table <= 3; table++) {
            String name = "ledger" + table;
            cluster.sql(database, "drop table if exists " + name);
            cluster.sql(database, "drop table if exists " + name + "_entries");
            cluster.sql(database, "create table " + name + "(id int primary key, balance bigint)");
            cluster.sql(
                    database,
                    "create table " + name + "_entries(teller int, transfer int, primary key(teller, transfer))");
            cluster.leaders().moveTable(database, name, table);
        }
        for (int account = 0; account < TELLERS * Teller.ACCOUNTS; account++) {
            String ledger = ledger(account / Teller.ACCOUNTS);
            cluster.sql(database, "insert into " + ledger + " values(" + account + ", " + Teller.BALANCE + ")");
        }
    }

    private static String ledger(int teller) {
        return "ledger" + (teller % 3 + 1);
    }

    private String round(Environment environment) throws Exception {
        TestCluster cluster = environment.cluster();
        createLedgers(cluster);
        CountDownLatch stop = new CountDownLatch(1);
        int acknowledged = 0;
        int lost = 0;
        int events;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Teller>> tellers = new ArrayList<>();
            for (int i = 0; i < TELLERS; i++) {
                tellers.add(threads.submit(
                        new Teller(i, ledger(i), () -> environment.raw(database), () -> stop.getCount() > 0)));
            }
            Future<Integer> chaos = threads.submit(new Chaos(cluster, stop));
            if (stop.await(ROUND_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("stopped by nobody");
            }
            stop.countDown();
            events = chaos.get();
            for (Future<Teller> future : tellers) {
                Teller teller = future.get();
                check(cluster, teller);
                acknowledged += teller.acknowledged().size();
                lost += teller.lostConnections();
            }
        }
        assertThat(acknowledged).as("transfers").isPositive();
        return acknowledged + " transfers, " + events + " faults, " + lost + " connections lost";
    }

    private void check(TestCluster cluster, Teller teller) {
        assertThat(teller.wrong()).isEmpty();
        Response rows = cluster.sql(
                database, "select transfer from " + teller.ledger() + "_entries where teller = " + teller.number());
        Set<Integer> entries = new HashSet<>();
        rows.rows().forEach(row -> entries.add(Integer.valueOf(String.valueOf(row.getFirst()))));
        assertThat(entries).containsAll(teller.acknowledged()).doesNotContainAnyElementsOf(teller.failed());
        int firstAccount = teller.number() * Teller.ACCOUNTS;
        String sum = cluster.sql(
                        database,
                        "select sum(balance) from " + teller.ledger() + " where id between " + firstAccount + " and "
                                + (firstAccount + Teller.ACCOUNTS - 1))
                .cell();
        assertThat(sum).isEqualTo(String.valueOf(Teller.ACCOUNTS * Teller.BALANCE));
    }
}
