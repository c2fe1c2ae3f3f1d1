package com.oceanbase.odp.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.oceanbase.odp.routing.CacheEntry.Condition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one kind and when they are fetched. At most one fetch of an entry is in flight. A stale entry stays in use
 * while it is fetched again, which happens when it is next looked at and the budget of the second allows it; one that a
 * server has contradicted is worth a short wait for its fetch. What does not exist, and a failed fetch, are remembered
 * for a moment, so that a stream of statements does not become a stream of fetches.
 *
 * @param <K> kind of key
 * @param <V> kind of value
 */
abstract class FetchedEntries<K extends LocationKey, V> {
    final FetchContext context;
    final Cache<K, CacheEntry<K, V>> cache;

    FetchedEntries(FetchContext context, Cache<K, CacheEntry<K, V>> cache) {
        this.context = context;
        this.cache = cache;
    }

    /** Asks the cluster; never throws. */
    abstract CompletableFuture<V> load(K key, @Nullable V known, boolean force);

    /** What stands for "the cluster could not tell". */
    abstract V unknown(K key);

    /** Whether the value says that there is nothing, or that nothing is known. */
    abstract boolean isShortLived(V value);

    /** What is to be remembered when {@code fetched} comes after {@code known}: {@code known} itself if nothing is new. */
    abstract V merge(V known, V fetched);

    /** The entry has a new value: what has to follow. Returns what whoever waits for the fetch must wait for, too. */
    abstract CompletableFuture<@Nullable Void> changed(CacheEntry<K, V> entry, @Nullable V old, V value);

    /** The value to use, or null if it is worth a wait. */
    @Nullable
    V look(CacheEntry<K, V> entry) {
        V value = entry.value;
        if (value != null && entry.condition == Condition.FRESH && entry.expiresAt == CacheEntry.NEVER) {
            context.hits.increment();
            return value;
        }
        V usable = value == null ? null : lookCarefully(entry, value);
        (usable == null ? context.misses : context.hits).increment();
        return usable;
    }

    private @Nullable V lookCarefully(CacheEntry<K, V> entry, V value) {
        boolean expired = isExpired(entry);
        if (isShortLived(value)) {
            return expired ? null : value;
        }
        if (expired) {
            entry.stale();
        }
        if (entry.condition == Condition.FRESH) {
            return value;
        }
        refresh(entry);
        Fetch running = entry.fetch.get();
        boolean wait = entry.condition == Condition.DOUBTED || !context.rules().useWhileRefreshing();
        return running != null && wait && context.isWorthWaiting(running) ? null : entry.value;
    }

    private boolean isExpired(CacheEntry<K, V> entry) {
        long expiresAt = entry.expiresAt;
        return expiresAt != CacheEntry.NEVER && context.now() - expiresAt >= 0;
    }

    /** Fetches what is not known and fresh. */
    CompletableFuture<@Nullable Void> request(K key) {
        CacheEntry<K, V> entry = cache.get(key, absent -> new CacheEntry<>(absent, context.now()));
        V value = entry.value;
        if (value == null || isShortLived(value)) {
            if (value == null || isExpired(entry)) {
                begin(entry, false);
            }
            Fetch running = entry.fetch.get();
            return running == null ? FetchContext.DONE : running.done();
        }
        if (entry.condition == Condition.FRESH && !isExpired(entry)) {
            return FetchContext.DONE;
        }
        refresh(entry);
        Fetch running = entry.fetch.get();
        return running == null ? FetchContext.DONE : context.shortWait(running);
    }

    /** Fetches an entry again if its time has come and the budget allows it. */
    void refresh(CacheEntry<K, V> entry) {
        if (entry.fetch.get() == null && context.mayRefresh(entry.settled, context.now() - entry.answeredAt)) {
            begin(entry, entry.condition == Condition.DOUBTED);
        }
    }

    private void begin(CacheEntry<K, V> entry, boolean force) {
        Fetch mine = new Fetch(new CompletableFuture<>(), context.now());
        if (!entry.fetch.compareAndSet(null, mine)) {
            return;
        }
        V known = entry.value;
        load(entry.key, known, force).whenComplete((fetched, failure) -> {
            V answer = failure != null || fetched == null ? unknown(entry.key) : fetched;
            finish(entry, mine, known, answer);
        });
    }

    private void finish(CacheEntry<K, V> entry, Fetch mine, @Nullable V known, V fetched) {
        boolean failed = fetched.equals(unknown(entry.key));
        if (failed) {
            context.failures.increment();
        }
        boolean keep = known != null && !isShortLived(known);
        V value = keep && known != null ? (failed ? known : merge(known, fetched)) : fetched;
        boolean nothingNew = value == known;
        Condition condition = failed && keep && entry.condition != Condition.FRESH ? entry.condition : Condition.FRESH;
        long now = context.now();
        entry.answered(value, condition, nothingNew, now, expiry(value, now));
        // the cache weighs an entry only when it is put
        cache.asMap().computeIfPresent(entry.key, (same, held) -> held);
        CompletableFuture<@Nullable Void> rest = nothingNew ? FetchContext.DONE : changed(entry, known, value);
        rest.whenComplete((done, failure) -> {
            entry.fetch.set(null);
            mine.done().complete(null);
        });
    }

    private long expiry(V value, long now) {
        LocationCacheRules rules = context.rules();
        if (isShortLived(value)) {
            return now + rules.absentLifetime().toNanos();
        }
        long period = rules.expiry().toNanos();
        return period == 0
                ? CacheEntry.NEVER
                : now + ThreadLocalRandom.current().nextLong(period / 2, period + 1);
    }

    /** Entries that are too old become stale when looked at. */
    void expireAfter(CacheEntry<K, V> entry, long nanos) {
        long at = context.now() + nanos;
        if (entry.expiresAt == CacheEntry.NEVER || entry.expiresAt - at > 0) {
            entry.expiresAt = at;
        }
    }
}
