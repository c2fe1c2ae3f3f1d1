package com.oceanbase.odp.benchmark.report;

import java.util.List;
import java.util.Locale;

/**
 * How many times a figure of one target is that of another, from pairs measured right after each other: the geometric mean
 * and its 95 % confidence interval by Student's t on the logarithms.
 *
 * @param ratio geometric mean; NaN without pairs
 * @param low lower end of the interval; NaN with fewer than two pairs
 * @param high upper end
 */
public record PairedRatio(double ratio, double low, double high) {
    /** Quantiles 0.975 of Student's t for 1 to 10 degrees of freedom; beyond, the normal distribution's is near enough. */
    private static final double[] T = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};

    private static final double NORMAL = 2.0;

    /**
     * @param above a figure of each round
     * @param below the other's in the same rounds
     */
    public static PairedRatio of(List<Double> above, List<Double> below) {
        int count = Math.min(above.size(), below.size());
        double[] logs = new double[count];
        int used = 0;
        for (int i = 0; i < count; i++) {
            if (above.get(i) > 0 && below.get(i) > 0) {
                logs[used++] = Math.log(above.get(i) / below.get(i));
            }
        }
        if (used == 0) {
            return new PairedRatio(Double.NaN, Double.NaN, Double.NaN);
        }
        double sum = 0;
        for (int i = 0; i < used; i++) {
            sum += logs[i];
        }
        double mean = sum / used;
        if (used == 1) {
            return new PairedRatio(Math.exp(mean), Double.NaN, Double.NaN);
        }
        double squares = 0;
        for (int i = 0; i < used; i++) {
            squares += (logs[i] - mean) * (logs[i] - mean);
        }
        double error = Math.sqrt(squares / (used - 1) / used);
        double quantile = used - 2 < T.length ? T[used - 2] : NORMAL;
        return new PairedRatio(Math.exp(mean), Math.exp(mean - quantile * error), Math.exp(mean + quantile * error));
    }

    @Override
    public String toString() {
        if (Double.isNaN(ratio)) {
            return "-";
        }
        return Double.isNaN(low)
                ? String.format(Locale.ROOT, "%.2f", ratio)
                : String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", ratio, low, high);
    }
}
