package com.oceanbase.odp.routing;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a table or a routine. Stays the same object while what it says changes, until it is evicted.
 * Thread-safe: every field stands for itself, and only the owner of the fetch changes the value.
 *
 * @param <K> kind of key
 * @param <V> kind of value
 */
final class CacheEntry<K extends LocationKey, V> {
    /** Value of {@link #expiresAt} for an entry that does not expire. */
    static final long NEVER = Long.MAX_VALUE;

    /** How far the value may be trusted. */
    enum Condition {
        /** As the cluster said. */
        FRESH,
        /** To be fetched again; in use meanwhile. */
        STALE,
        /** Contradicted by a server: to be fetched again, and worth a short wait for it. */
        DOUBTED
    }

    final K key;

    /** Time by the cache's clock in nanoseconds at which it was first asked for. */
    final long createdAt;

    final AtomicReference<@Nullable Fetch> fetch = new AtomicReference<>();
    volatile @Nullable V value;
    volatile Condition condition = Condition.FRESH;
    volatile long answeredAt;
    volatile long expiresAt = NEVER;

    /** The last fetch brought nothing new: the next one must wait its time. */
    volatile boolean settled;

    /** No longer in the cache. */
    volatile boolean evicted;

    CacheEntry(K key, long createdAt) {
        this.key = key;
        this.createdAt = createdAt;
    }

    /** Takes the value into doubt. Returns whether it was trusted before. */
    boolean doubt() {
        boolean trusted = condition == Condition.FRESH;
        condition = Condition.DOUBTED;
        return trusted;
    }

    /** The value is to be fetched again. */
    void stale() {
        if (condition == Condition.FRESH) {
            condition = Condition.STALE;
        }
    }

    /** Remembers an answer. */
    void answered(@Nullable V answer, Condition newCondition, boolean nothingNew, long now, long expiry) {
        settled = nothingNew;
        answeredAt = now;
        expiresAt = expiry;
        value = answer;
        condition = newCondition;
    }
}
