package com.oceanbase.odp.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A sweep over sizes: whether the cost of a query grows with them.
 *
 * @param scenario its name
 * @param unit what the sizes count
 * @param perMegabyte whether the cost is that of a megabyte instead of a query: larger answers cost more
 * @param subject name of the target that the report is about
 * @param reference name of the target that it is compared with
 * @param points all targets at all sizes, in the order of the sizes
 */
public record ScaleReport(
        String scenario, String unit, boolean perMegabyte, String subject, String reference, List<ScalePoint> points)
        implements Report {
    /** Copies the points. */
    public ScaleReport {
        points = List.copyOf(points);
    }

    private ToDoubleFunction<ScaleSample> cost() {
        return perMegabyte ? ScaleSample::cpuMicrosPerMegabyte : ScaleSample::cpuMicros;
    }

    private String costName() {
        return perMegabyte ? "CPU us/MB" : "CPU us/query";
    }

    private Optional<ScalePoint> find(int size, String target) {
        return points.stream()
                .filter(point -> point.size() == size && point.target().equals(target))
                .findFirst();
    }

    private List<Integer> sizes() {
        return points.stream().map(ScalePoint::size).distinct().toList();
    }

    private List<String> targets() {
        return points.stream().map(ScalePoint::target).distinct().toList();
    }

    private PairedRatio ratio(int size) {
        return find(size, subject)
                .flatMap(above ->
                        find(size, reference).map(below -> PairedRatio.of(above.each(cost()), below.each(cost()))))
                .orElse(PairedRatio.of(List.of(), List.of()));
    }

    /** How many times the cost at the largest size is that at the smallest one. */
    public double growth(String target) {
        List<Integer> sizes = sizes();
        return sizes.isEmpty()
                ? Double.NaN
                : find(sizes.getLast(), target)
                        .flatMap(last ->
                                find(sizes.getFirst(), target).map(first -> last.median(cost()) / first.median(cost())))
                        .orElse(Double.NaN);
    }

    /** Live memory by size, beyond that at the smallest size; NaN where it says nothing. */
    private double memoryPerUnit(ScalePoint point) {
        int smallest = sizes().getFirst();
        return point.size() == smallest || perMegabyte
                ? Double.NaN
                : find(smallest, point.target())
                        .map(first -> (point.memoryBytes() - first.memoryBytes()) / (point.size() - smallest))
                        .orElse(Double.NaN);
    }

    @Override
    public String table() {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%n%s%n", scenario));
        out.append(String.format(
                Locale.ROOT,
                "%12s %-10s %12s %-18s %10s %9s %10s %8s%n",
                unit,
                "target",
                costName(),
                "ratio",
                "queries/s",
                "alloc/q",
                "memory MB",
                "B/unit"));
        for (ScalePoint point : points) {
            out.append(String.format(
                    Locale.ROOT,
                    "%12d %-10s %12s %-18s %10.0f %9s %10s %8s%n",
                    point.size(),
                    point.target(),
                    number(point.median(cost()), 2),
                    point.target().equals(subject) ? ratio(point.size()) : "",
                    point.median(sample -> sample.result().perSecond()),
                    number(point.median(ScaleSample::allocated), 0),
                    number(point.memoryBytes() / (1 << 20), 1),
                    number(memoryPerUnit(point), 0)));
        }
        for (String target : perMegabyte ? List.<String>of() : targets()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%s: %s times the cost from least to most %s%n",
                    target,
                    number(growth(target), 2),
                    unit));
        }
        points.stream()
                .filter(point -> point.errors() > 0)
                .forEach(point -> out.append(String.format(
                        Locale.ROOT,
                        "%s at %d: %d errors: %s%n",
                        point.target(),
                        point.size(),
                        point.errors(),
                        point.firstError())));
        return out.toString();
    }

    private static String number(double value, int decimals) {
        return Double.isFinite(value) && value != 0 ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "-";
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("scenario", scenario);
        out.put("unit", unit);
        put(out, "growth", growth(subject));
        put(out, "relayGrowth", growth(reference));
        out.put("errors", errors());
        List<Object> all = new ArrayList<>();
        for (ScalePoint point : points) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("size", point.size());
            figures.put("target", point.target());
            put(figures, "cpuMicrosPerQuery", point.median(ScaleSample::cpuMicros));
            put(figures, "cpuMicrosPerMegabyte", point.median(ScaleSample::cpuMicrosPerMegabyte));
            put(
                    figures,
                    "queriesPerSecond",
                    point.median(sample -> sample.result().perSecond()));
            if (point.target().equals(subject)) {
                put(figures, "ratioToRelay", ratio(point.size()).ratio());
                put(figures, "allocatedBytesPerQuery", point.median(ScaleSample::allocated));
                put(figures, "memoryBytes", point.memoryBytes());
                put(figures, "memoryBytesPerUnit", memoryPerUnit(point));
            }
            all.add(figures);
        }
        out.put("points", all);
        return out;
    }

    private static void put(Map<String, Object> out, String name, double value) {
        if (Double.isFinite(value)) {
            out.put(name, Math.round(value * 1000) / 1000.0);
        }
    }

    @Override
    public long errors() {
        return points.stream().mapToLong(ScalePoint::errors).sum();
    }

    /** Cost by size, a line for each target. */
    public String chart() {
        List<LineChart.Line> lines = targets().stream()
                .map(target -> new LineChart.Line(
                        target,
                        points.stream()
                                .filter(point -> point.target().equals(target))
                                .map(point -> new LineChart.Point(point.size(), point.median(cost())))
                                .toList()))
                .toList();
        return LineChart.draw(
                perMegabyte ? "CPU microseconds per megabyte" : "CPU microseconds per query", unit, lines);
    }
}
