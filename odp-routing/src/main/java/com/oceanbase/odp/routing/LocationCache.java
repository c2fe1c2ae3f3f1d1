package com.oceanbase.odp.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounded memory of locations. At most one fetch of a table is in flight; whoever asks meanwhile shares it. A stale
 * entry stays in use while it is fetched again, which happens when it is next looked at, is old enough and the budget
 * of the second allows it. A table that does not exist, and a failed fetch, are remembered for a moment, so that a
 * stream of statements does not become a stream of fetches.
 */
public final class LocationCache implements LocationSource {
    private final LocationLoader loader;
    private final Supplier<LocationCacheRules> rules;
    private final LongSupplier nanoClock;
    private final Cache<TableKey, Entry> entries;
    private final Map<TableKey, CompletableFuture<@Nullable TableLocation>> inFlight = new ConcurrentHashMap<>();
    private final RefreshBudget budget = new RefreshBudget();

    /**
     * An empty cache.
     *
     * @param loader fetches
     * @param rules read at every use; the maximum number of entries only now
     * @param nanoClock monotonic clock in nanoseconds
     */
    public LocationCache(LocationLoader loader, Supplier<LocationCacheRules> rules, LongSupplier nanoClock) {
        this.loader = loader;
        this.rules = rules;
        this.nanoClock = nanoClock;
        this.entries = Caffeine.newBuilder()
                .maximumSize(rules.get().maximumEntries())
                .executor(Runnable::run)
                .build();
    }

    /**
     * What is remembered of a table.
     *
     * @param location null after a failed fetch
     */
    private record Entry(@Nullable TableLocation location, long fetchedAt, boolean stale) {
        Entry markedStale() {
            return stale ? this : new Entry(location, fetchedAt, true);
        }
    }

    @Override
    public CompletableFuture<@Nullable TableLocation> request(TableKey key) {
        Entry entry = current(key);
        return entry != null && !entry.stale()
                ? CompletableFuture.completedFuture(entry.location())
                : fetch(key, entry);
    }

    @Override
    public @Nullable TableLocation cached(TableKey key) {
        Entry entry = current(key);
        if (entry == null) {
            return null;
        }
        if (entry.stale()) {
            refresh(key, entry);
        }
        return entry.location();
    }

    @Override
    public void markStale(TableKey key) {
        entries.asMap().computeIfPresent(key, (same, entry) -> entry.markedStale());
    }

    /** Forgets the tables of a cluster that is gone. */
    public void forgetCluster(String cluster) {
        entries.asMap().keySet().removeIf(key -> key.cluster().equals(cluster));
    }

    /** Number of remembered tables, for metrics. */
    public long size() {
        return entries.estimatedSize();
    }

    private @Nullable Entry current(TableKey key) {
        Entry entry = entries.getIfPresent(key);
        boolean shortLived =
                entry != null && (entry.location() == null || entry.location() instanceof TableLocation.Absent);
        if (entry != null
                && shortLived
                && age(entry) >= rules.get().absentLifetime().toNanos()) {
            entries.asMap().remove(key, entry);
            return null;
        }
        return entry;
    }

    private void refresh(TableKey key, Entry entry) {
        LocationCacheRules current = rules.get();
        if (age(entry) >= current.minimumAge().toNanos()
                && !inFlight.containsKey(key)
                && budget.take(nanoClock.getAsLong(), current.refreshesPerSecond())) {
            fetch(key, entry).whenComplete((location, error) -> {});
        }
    }

    private long age(Entry entry) {
        return nanoClock.getAsLong() - entry.fetchedAt();
    }

    private CompletableFuture<@Nullable TableLocation> fetch(TableKey key, @Nullable Entry old) {
        CompletableFuture<@Nullable TableLocation> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable TableLocation> running = inFlight.putIfAbsent(key, mine);
        if (running != null) {
            return running;
        }
        loader.load(key, old != null && old.stale()).whenComplete((location, error) -> {
            Entry entry = merge(key, location);
            inFlight.remove(key, mine);
            mine.complete(entry.location());
        });
        return mine;
    }

    /** Keeps the old location when the fetch brought none or one without leader; it is no better than the old one. */
    private Entry merge(TableKey key, @Nullable TableLocation fetched) {
        long now = nanoClock.getAsLong();
        Entry merged = entries.asMap().compute(key, (same, old) -> {
            TableLocation known = old == null ? null : old.location();
            if (fetched == null) {
                return new Entry(known, now, known != null);
            }
            boolean leaderless = fetched instanceof TableLocation.SinglePartition table && table.leader() == null;
            boolean keep = leaderless && known instanceof TableLocation.SinglePartition;
            return new Entry(keep ? known : fetched, now, false);
        });
        return Objects.requireNonNull(merged);
    }
}
