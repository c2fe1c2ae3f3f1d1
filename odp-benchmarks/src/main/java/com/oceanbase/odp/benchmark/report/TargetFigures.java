package com.oceanbase.odp.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One target in one scenario, over all rounds.
 *
 * @param target its name
 * @param samples one a round
 * @param systemCallsPerQuery counted in a run of its own; NaN when they could not be counted
 * @param memory what a connection takes
 */
public record TargetFigures(String target, List<Sample> samples, double systemCallsPerQuery, ConnectionMemory memory) {
    /** Without a look at what a connection takes. */
    public TargetFigures(String target, List<Sample> samples, double systemCallsPerQuery) {
        this(target, samples, systemCallsPerQuery, ConnectionMemory.NONE);
    }

    /** A line about the memory; empty when it was not looked at. */
    String memoryLine() {
        return memory.isKnown()
                ? String.format(
                        Locale.ROOT,
                        "%s: live heap and direct memory: %.0f bytes per idle connection, %.0f per active pair%n",
                        target,
                        memory.idleBytes(),
                        memory.activeBytes())
                : "";
    }

    /** A figure of each round. */
    public List<Double> each(ToDoubleFunction<Sample> figure) {
        return samples.stream().map(figure::applyAsDouble).toList();
    }

    /** The median over the rounds: a round disturbed from outside does not count. */
    public double median(ToDoubleFunction<Sample> figure) {
        return Medians.of(samples.stream().mapToDouble(figure).toArray());
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
