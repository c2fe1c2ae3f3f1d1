package com.oceanbase.odp.routing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is begun in each second and says when the second's budget is used up. Lock-free. */
final class RefreshBudget {
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    /** Second in the upper bits, count in the lower ones. */
    private final AtomicLong state = new AtomicLong();

    /** Whether one more may begin at this time. */
    boolean take(long nanos, int perSecond) {
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
