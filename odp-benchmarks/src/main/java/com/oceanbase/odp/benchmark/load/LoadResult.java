package com.oceanbase.odp.benchmark.load;

/**
 * What one run measured in its window.
 *
 * @param requests answered requests
 * @param errors those answered with an error, or lost with their connection
 * @param firstError text of the first error, empty if there was none
 * @param nanos length of the window
 * @param bytes bytes of all answers
 * @param p50 microseconds, as all that follow; from the time when the request was due
 * @param p99 99 of 100 requests took no longer
 * @param p999 999 of 1,000
 * @param max the longest
 * @param mean the mean
 */
public record LoadResult(
        long requests,
        long errors,
        String firstError,
        long nanos,
        long bytes,
        double p50,
        double p99,
        double p999,
        double max,
        double mean) {

    /** Answered requests a second. */
    public double perSecond() {
        return requests * 1e9 / Math.max(1, nanos);
    }
}
