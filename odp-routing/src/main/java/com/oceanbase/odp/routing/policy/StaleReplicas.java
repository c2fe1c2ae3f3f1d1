package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Copies that were too old for a weak read a short time ago (original: src/obproxy/obutils/ob_read_stale_processor.cpp).
 * Thread-safe, bounded.
 */
final class StaleReplicas {
    private static final int MAX_ENTRIES = 16_384;

    private final LongSupplier nanoClock;
    private final Map<Copy, Long> noticed = new ConcurrentHashMap<>();

    private record Copy(ServerAddress server, long tableId, long leaf) {}

    StaleReplicas(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    boolean isEmpty() {
        return noticed.isEmpty();
    }

    /** A server could not answer a weak read as its copy is too old. */
    void note(ServerAddress server, long tableId, long leaf, Duration lifetime) {
        long now = nanoClock.getAsLong();
        if (noticed.size() >= MAX_ENTRIES) {
            noticed.values().removeIf(since -> now - since >= lifetime.toNanos());
        }
        if (noticed.size() < MAX_ENTRIES) {
            noticed.put(new Copy(server, tableId, leaf), now);
        }
    }

    /** Whether a copy was noticed less than {@code lifetime} ago. */
    boolean isStale(ServerAddress server, long tableId, long leaf, Duration lifetime) {
        Copy copy = new Copy(server, tableId, leaf);
        Long since = noticed.get(copy);
        if (since == null) {
            return false;
        }
        boolean stale = nanoClock.getAsLong() - since < lifetime.toNanos();
        if (!stale) {
            noticed.remove(copy, since);
        }
        return stale;
    }
}
