package com.oceanbase.odp.routing;

import com.oceanbase.odp.routing.CacheEntry.Condition;
import com.oceanbase.odp.routing.TableLocation.Partitioned;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through the entries of a location cache without changing anything, not even what was used last. */
final class CacheSurvey implements LocationSurvey {
    private static final long TENTH = TimeUnit.MILLISECONDS.toNanos(100);

    private final FetchContext context;
    private final TableEntries tables;
    private final RoutineEntries routines;

    CacheSurvey(FetchContext context, TableEntries tables, RoutineEntries routines) {
        this.context = context;
        this.tables = tables;
        this.routines = routines;
    }

    @Override
    public void tables(Consumer<Entry<TableLocation>> each) {
        go(tables, each);
    }

    @Override
    public void routines(Consumer<Entry<Routine>> each) {
        go(routines, each);
    }

    @Override
    public void partitions(Consumer<Leaf> each) {
        for (CacheEntry<TableKey, TableLocation> entry : tables.cache.asMap().values()) {
            if (entry.value instanceof Partitioned table) {
                LeafLocations leaves = table.leaves();
                for (int leaf = 0; leaf < leaves.count(); leaf++) {
                    ReplicaSet replicas = leaves.get(leaf);
                    if (replicas != null && replicas != ReplicaSet.NONE) {
                        each.accept(new Leaf(table, leaf, replicas, state(leaves, leaf), ages(entry, leaves, leaf)));
                    }
                }
            }
        }
    }

    private <K extends LocationKey, V> void go(FetchedEntries<K, V> entries, Consumer<Entry<V>> each) {
        for (CacheEntry<K, V> entry : entries.cache.asMap().values()) {
            V value = entry.value;
            if (value == null || !entries.isShortLived(value)) {
                each.accept(new Entry<>(entry.key, value, state(entry, value), ages(entry)));
            }
        }
    }

    private State state(CacheEntry<?, ?> entry, @Nullable Object value) {
        if (value == null) {
            return State.BUILDING;
        }
        if (entry.fetch.get() != null) {
            return State.UPDATING;
        }
        Long expiresIn = ages(entry).expiresIn();
        boolean expired = expiresIn != null && expiresIn <= 0;
        return entry.condition == Condition.FRESH && !expired ? State.AVAIL : State.DIRTY;
    }

    private static State state(LeafLocations leaves, int leaf) {
        if (leaves.isFresh(leaf)) {
            return State.AVAIL;
        }
        return leaves.fetch(leaf / LeafLocations.CHUNK) == null ? State.DIRTY : State.UPDATING;
    }

    private Ages ages(CacheEntry<?, ?> entry) {
        long now = context.now();
        long expiresAt = entry.expiresAt;
        return new Ages(
                now - entry.createdAt,
                entry.value == null ? now - entry.createdAt : now - entry.answeredAt,
                expiresAt == CacheEntry.NEVER ? null : (Long) (expiresAt - now));
    }

    private Ages ages(CacheEntry<?, ?> entry, LeafLocations leaves, int leaf) {
        return new Ages(context.now() - entry.createdAt, (context.tenths() - leaves.answeredAt(leaf)) * TENTH, null);
    }
}
