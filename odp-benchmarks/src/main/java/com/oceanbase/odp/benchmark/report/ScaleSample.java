package com.oceanbase.odp.benchmark.report;

import com.oceanbase.odp.benchmark.load.LoadResult;

/**
 * One target in one window of a sweep.
 *
 * @param result what the load saw
 * @param cpuNanos of the process in between
 * @param allocatedBytes by its own threads; 0 for what is no JVM
 */
public record ScaleSample(LoadResult result, long cpuNanos, long allocatedBytes) {
    private static final double MEGABYTE = 1 << 20;

    /** CPU microseconds per query. */
    public double cpuMicros() {
        return cpuNanos / 1e3 / Math.max(1, result.requests());
    }

    /** CPU microseconds per megabyte of answers. */
    public double cpuMicrosPerMegabyte() {
        return cpuNanos / 1e3 * MEGABYTE / Math.max(1, result.bytes());
    }

    /** Allocated bytes per query. */
    public double allocated() {
        return allocatedBytes / (double) Math.max(1, result.requests());
    }
}
