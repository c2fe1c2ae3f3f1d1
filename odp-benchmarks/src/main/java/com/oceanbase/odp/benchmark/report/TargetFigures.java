package com.oceanbase.odp.benchmark.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One target in one scenario, over all rounds.
 *
 * @param target its name
 * @param samples one a round
 * @param systemCallsPerQuery counted in a run of its own; NaN when they could not be counted
 */
public record TargetFigures(String target, List<Sample> samples, double systemCallsPerQuery) {

    /** A figure of each round. */
    public List<Double> each(ToDoubleFunction<Sample> figure) {
        return samples.stream().map(figure::applyAsDouble).toList();
    }

    /** The median over the rounds: a round disturbed from outside does not count. */
    public double median(ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Answered requests with an error, over all rounds. */
    public long errors() {
        return samples.stream()
                .mapToLong(sample -> sample.closed().errors() + sample.open().errors())
                .sum();
    }

    /** The first error's text, empty without errors. */
    public String firstError() {
        return samples.stream()
                .map(sample -> sample.closed().firstError() + sample.open().firstError())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Heap bytes allocated per query. */
    public double allocatedPerQuery() {
        return median(sample ->
                sample.allocatedBytes() / (double) Math.max(1, sample.closed().requests()));
    }

    /** Context switches per query. */
    public double switchesPerQuery() {
        return median(sample ->
                sample.contextSwitches() / (double) Math.max(1, sample.closed().requests()));
    }
}
