package com.oceanbase.odp.benchmark.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One target at one size.
 *
 * @param size how many
 * @param target its name
 * @param samples one a round
 * @param memoryBytes live heap and direct memory behind the last window, its connections still open; NaN if not known
 */
public record ScalePoint(int size, String target, List<ScaleSample> samples, double memoryBytes) {
    /** Copies the samples. */
    public ScalePoint {
        samples = List.copyOf(samples);
    }

    /** A figure of each round. */
    List<Double> each(ToDoubleFunction<ScaleSample> figure) {
        return samples.stream().map(figure::applyAsDouble).toList();
    }

    /** The median over the rounds. */
    public double median(ToDoubleFunction<ScaleSample> figure) {
        return Medians.of(samples.stream().mapToDouble(figure).toArray());
    }

    long errors() {
        return samples.stream().mapToLong(sample -> sample.result().errors()).sum();
    }

    String firstError() {
        return samples.stream()
                .map(sample -> sample.result().firstError())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
