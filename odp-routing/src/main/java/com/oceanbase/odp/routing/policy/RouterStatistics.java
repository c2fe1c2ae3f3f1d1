package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was decided and what went wrong. Thread-safe. */
public final class RouterStatistics {
    private final LongAdder[] used = new LongAdder[RouteReason.values().length];
    private final LongAdder waits = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final LongAdder misses = new LongAdder();

    RouterStatistics() {
        for (int i = 0; i < used.length; i++) {
            used[i] = new LongAdder();
        }
    }

    void count(RouteDecision decision) {
        switch (decision) {
            case RouteDecision.Use use -> used[use.reason().ordinal()].increment();
            case RouteDecision.Wait wait -> waits.increment();
            case RouteDecision.Refuse refuse -> refusals.increment();
        }
    }

    void countFault() {
        faults.increment();
    }

    void countMiss() {
        misses.increment();
    }

    /** Requests sent for a reason. */
    public long used(RouteReason reason) {
        return used[reason.ordinal()].sum();
    }

    /** How often a location had to be waited for. */
    public long waits() {
        return waits.sum();
    }

    /** Requests for which no server was left. */
    public long refusals() {
        return refusals.sum();
    }

    /** Decisions that failed unexpectedly, so that any server was taken. */
    public long faults() {
        return faults.sum();
    }

    /** How often a server said that it was not the right one. */
    public long misses() {
        return misses.sum();
    }
}
