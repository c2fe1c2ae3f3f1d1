package com.oceanbase.odp.benchmark.report;

import java.util.Arrays;

/** The median: a round disturbed from outside does not count. */
final class Medians {
    private Medians() {}

    /** NaN of nothing. */
    static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
