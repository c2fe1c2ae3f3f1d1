package com.oceanbase.odp.routing;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says when the refreshes of a second are used up. When more locations than usual turn out wrong within a second, it
 * allows few for a while, since the cluster is busy with whatever moves them (original:
 * src/obproxy/obutils/ob_task_flow_controller.cpp:36-100). Lock-free.
 */
final class RefreshBudget {
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_LIMIT = Duration.ofSeconds(20);

    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong contradicted = new AtomicLong();
    private volatile boolean limited;
    private volatile long limitedUntil;

    /** A location turned out wrong. */
    void noteContradiction(long nanos, int perSecond) {
        if (!count(contradicted, nanos, perSecond)) {
            limitedUntil =
                    nanos + ThreadLocalRandom.current().nextLong(SHORTEST_LIMIT.toNanos(), LONGEST_LIMIT.toNanos());
            limited = true;
        }
    }

    /** Whether one more refresh may begin at this time. */
    boolean take(long nanos, int perSecond, int perSecondLimited) {
        if (limited && nanos - limitedUntil >= 0) {
            limited = false;
        }
        return count(begun, nanos, limited ? perSecondLimited : perSecond);
    }

    /** Counts one in its second; a state has the second in the upper bits and the count in the lower ones. */
    private static boolean count(AtomicLong state, long nanos, int perSecond) {
        long second = TimeUnit.NANOSECONDS.toSeconds(nanos);
        long limit = Math.min(perSecond, COUNT_MASK);
        while (true) {
            long seen = state.get();
            long count = seen >> COUNT_BITS == second ? seen & COUNT_MASK : 0;
            if (count >= limit) {
                return false;
            }
            if (state.compareAndSet(seen, second << COUNT_BITS | count + 1)) {
                return true;
            }
        }
    }
}
