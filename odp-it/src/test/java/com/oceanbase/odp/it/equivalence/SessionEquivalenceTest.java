package com.oceanbase.odp.it.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.equivalence.Lane.Counts;
import com.oceanbase.odp.it.equivalence.Lane.Failure;
import com.oceanbase.odp.it.fixture.LeakCheck;
import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random sessions through the proxy, whose nodes die, lose their connections and lose their leaders between
 * transactions, answer packet for packet as one session of the kernel does: rows, column definitions, errors, counts,
 * ids, warnings and status flags.
 *
 * <p>{@code -Dodp.scripts=N} runs so many scripts, {@code -Dodp.seed=S} begins with seed S: {@code -Dodp.scripts=1
 * -Dodp.seed=S} is the script S again. {@code -Dodp.lanes=N} runs so many at once.
 */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class SessionEquivalenceTest {
    private static final int SCRIPTS = 2_000;
    private static final int LANES = 4;
    private static final int REPORTED = 5;

    @Test
    void sessionsThroughTheProxyAreLikeSessionsOnTheServer(Environment environment) throws Exception {
        long first = Long.getLong("odp.seed", 1);
        int count = Integer.getInteger("odp.scripts", SCRIPTS);
        int lanes = Math.min(count, Integer.getInteger("odp.lanes", LANES));
        AtomicLong next = new AtomicLong(first);
        Queue<Failure> failures = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        Counts counts = new Counts(0, 0, 0, 0, 0);
        try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
            List<Future<Counts>> results = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                results.add(threads.submit(work(environment, next, first + count, failures)));
            }
            for (Future<Counts> result : results) {
                counts = counts.plus(result.get());
            }
        }
        report(first, counts, (System.nanoTime() - began) / 1_000_000_000);
        LeakCheck.assertNoLeakReported();
        assertThat(failures.stream().map(failure -> "seed " + failure.seed() + "\n" + failure.history()))
                .isEmpty();
        assertThat(counts.scripts()).isEqualTo(count);
    }

    private static Callable<Counts> work(Environment environment, AtomicLong next, long end, Queue<Failure> failures) {
        return () -> {
            try (Lane lane = new Lane(environment.cluster())) {
                for (long seed = next.getAndIncrement(); seed < end && failures.size() < REPORTED; ) {
                    Failure failure = lane.run(seed);
                    if (failure != null) {
                        failures.add(failure);
                    }
                    seed = next.getAndIncrement();
                }
                lane.assertQuiet();
                return lane.counts();
            }
        };
    }

    private static void report(long first, Counts counts, long seconds) {
        PrintStream out = System.out;
        out.printf(
                "%d random sessions, seeds from %d (-Dodp.seed): %d steps, %d deaths of nodes, %d losses of"
                        + " connections, %d changes of leaders, %d s%n",
                counts.scripts(), first, counts.steps(), counts.kills(), counts.breaks(), counts.moves(), seconds);
    }
}
