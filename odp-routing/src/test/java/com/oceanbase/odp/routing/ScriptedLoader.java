package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A loader whose answers a test gives, with the clock and the rules of the cache before it. */
final class ScriptedLoader implements LocationLoader {
    /** A question about a table. */
    record TableFetch(
            TableKey key, @Nullable TableLocation known, boolean force, CompletableFuture<TableLocation> answer) {}

    /** A question about partitions. */
    record PartitionFetch(
            TableLocation.Partitioned table,
            List<Integer> leaves,
            boolean force,
            CompletableFuture<@Nullable Partitions> answer) {}

    /** A question about a routine. */
    record RoutineFetch(RoutineKey key, CompletableFuture<Routine> answer) {}

    final List<TableFetch> tables = new ArrayList<>();
    final List<PartitionFetch> partitions = new ArrayList<>();
    final List<RoutineFetch> routines = new ArrayList<>();
    final AtomicLong clock = new AtomicLong();
    LocationCacheRules rules = rules(100, true, Duration.ZERO, 0);

    static LocationCacheRules rules(long bytes) {
        return rules(bytes, 100, true, Duration.ZERO, 0);
    }

    static LocationCacheRules rules(int refreshes, boolean useWhileRefreshing, Duration expiry, long relative) {
        return rules(1 << 20, refreshes, useWhileRefreshing, expiry, relative);
    }

    private static LocationCacheRules rules(
            long bytes, int refreshes, boolean useWhileRefreshing, Duration expiry, long relative) {
        return new LocationCacheRules(
                bytes,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                refreshes,
                2,
                Duration.ofMillis(100),
                useWhileRefreshing,
                expiry,
                relative);
    }

    static TableLocation.SinglePartition single(TableKey key, ServerAddress leader) {
        return new TableLocation.SinglePartition(key, 7, 1, List.of(new Replica(leader, true)));
    }

    @Override
    public CompletableFuture<TableLocation> table(TableKey key, @Nullable TableLocation known, boolean force) {
        TableFetch fetch = new TableFetch(key, known, force, new CompletableFuture<>());
        tables.add(fetch);
        return fetch.answer();
    }

    @Override
    public CompletableFuture<@Nullable Partitions> partitions(
            TableLocation.Partitioned table, int[] leaves, boolean force) {
        List<Integer> wanted = new ArrayList<>();
        for (int leaf : leaves) {
            wanted.add(leaf);
        }
        PartitionFetch fetch = new PartitionFetch(table, wanted, force, new CompletableFuture<>());
        partitions.add(fetch);
        return fetch.answer();
    }

    @Override
    public CompletableFuture<Routine> routine(RoutineKey key) {
        RoutineFetch fetch = new RoutineFetch(key, new CompletableFuture<>());
        routines.add(fetch);
        return fetch.answer();
    }

    /** Answers the last question about a table. */
    void answer(TableLocation location) {
        tables.getLast().answer().complete(location);
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
