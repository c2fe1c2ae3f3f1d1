package com.oceanbase.odp.benchmark.report;

import com.oceanbase.odp.benchmark.load.LoadResult;

/**
 * One target in one round of one scenario.
 *
 * @param closed each connection sending as soon as it has its answer
 * @param cpuNanos of the process in between, in the closed loop's window
 * @param contextSwitches of its threads in that window
 * @param allocatedBytes by its own threads in that window; 0 for what is no JVM
 * @param residentBytes at the end of that window
 * @param heapBytes at the end of that window
 * @param open at a fixed rate, the same for all targets
 * @param openCpuNanos of the process in between, in the open loop's window
 */
public record Sample(
        LoadResult closed,
        long cpuNanos,
        long contextSwitches,
        long allocatedBytes,
        long residentBytes,
        long heapBytes,
        LoadResult open,
        long openCpuNanos) {

    /** CPU microseconds per query in the closed loop. */
    public double cpuMicros() {
        return cpuNanos / 1e3 / Math.max(1, closed.requests());
    }

    /** CPU microseconds per query in the open loop. */
    public double openCpuMicros() {
        return openCpuNanos / 1e3 / Math.max(1, open.requests());
    }
}
