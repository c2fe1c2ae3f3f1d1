package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.routing.LocationCache;
import com.oceanbase.odp.routing.LocationCacheRules;
import com.oceanbase.odp.routing.LocationLoader;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Looking up where a table is, among few tables and many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RoutingBenchmark {
    private static final ServerAddress SERVER = new ServerAddress("127.0.0.1", 2881);

    /** Tables in the cache. */
    @Param({"10", "100000"})
    int tables;

    private final LocationCache cache = new LocationCache(
            new FixedLoader(), () -> LocationCacheRules.of(ConfigSnapshot.defaults()), System::nanoTime);
    private String[] names = {};
    private int next;

    /** Every table has one partition on the same server. */
    private static final class FixedLoader implements LocationLoader {
        @Override
        public CompletableFuture<TableLocation> table(TableKey key, @Nullable TableLocation known, boolean force) {
            return CompletableFuture.completedFuture(
                    new TableLocation.SinglePartition(key, 1, 1, List.of(new Replica(SERVER, true))));
        }

        @Override
        public CompletableFuture<@Nullable Partitions> partitions(
                TableLocation.Partitioned table, int[] leaves, boolean force) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Routine> routine(RoutineKey key) {
            return CompletableFuture.failedFuture(new IllegalStateException("no routine"));
        }
    }

    /** Fills the cache. */
    @Setup
    public void fill() {
        names = new String[tables];
        for (int i = 0; i < tables; i++) {
            names[i] = "table_" + i;
            cache.request(new TableKey("bench", "app", "bench", names[i])).join();
        }
    }

    /** Another table each time. */
    @Benchmark
    public @Nullable TableLocation lookUp() {
        next = next + 1 == names.length ? 0 : next + 1;
        return cache.cached("bench", "app", "bench", names[next]);
    }

    /** The same table each time. */
    @Benchmark
    public @Nullable TableLocation lookUpAgain() {
        return cache.cached("bench", "app", "bench", names[0]);
    }
}
