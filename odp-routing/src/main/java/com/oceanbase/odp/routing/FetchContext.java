package com.oceanbase.odp.routing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What everything that fetches locations shares: bounds, clock, the budget of refreshes, counters. Thread-safe. */
final class FetchContext {
    static final CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    final RefreshBudget budget = new RefreshBudget();
    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder tableFetches = new LongAdder();
    final LongAdder partitionFetches = new LongAdder();
    final LongAdder routineFetches = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder contradictions = new LongAdder();

    private final Supplier<LocationCacheRules> rules;
    private final LongSupplier nanoClock;
    private final long epoch;

    FetchContext(Supplier<LocationCacheRules> rules, LongSupplier nanoClock) {
        this.rules = rules;
        this.nanoClock = nanoClock;
        this.epoch = nanoClock.getAsLong();
    }

    LocationCacheRules rules() {
        return rules.get();
    }

    /** The cache's clock in nanoseconds. */
    long now() {
        return nanoClock.getAsLong();
    }

    /** Time since the cache began in tenths of a second. */
    int tenths() {
        return (int) (TimeUnit.NANOSECONDS.toMillis(now() - epoch) / 100);
    }

    /** Whether something that was answered this long ago may be fetched again now; takes from the budget if so. */
    boolean mayRefresh(boolean settled, long ageNanos) {
        LocationCacheRules current = rules();
        return (!settled || ageNanos >= current.repeatInterval().toNanos())
                && budget.take(now(), current.refreshesPerSecond(), current.limitedRefreshesPerSecond());
    }

    /** A server contradicted something that was trusted. */
    void contradicted() {
        contradictions.increment();
        budget.noteContradiction(now(), rules().refreshesPerSecond());
    }

    /** Whether a fetch is young enough to be waited for although there is something to use. */
    boolean isWorthWaiting(Fetch fetch) {
        return now() - fetch.beganAt() < rules().waitForRefresh().toNanos();
    }

    /** The fetch's end, or the end of the time that it is worth waiting for. */
    CompletableFuture<@Nullable Void> shortWait(Fetch fetch) {
        return fetch.done()
                .copy()
                .completeOnTimeout(null, rules().waitForRefresh().toNanos(), TimeUnit.NANOSECONDS);
    }
}
