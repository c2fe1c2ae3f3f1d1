package com.oceanbase.odp.benchmark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All targets in one scenario, and the arithmetic between them.
 *
 * @param scenario its name
 * @param connections connections of the load
 * @param rate requests a second of the open loop
 * @param direct name of the target without anything in between
 * @param subject name of the target that the report is about
 * @param reference name of the target that it is compared with
 * @param targets all, in the order of their measurement
 */
public record ScenarioReport(
        String scenario,
        int connections,
        long rate,
        String direct,
        String subject,
        String reference,
        List<TargetFigures> targets)
        implements Report {
    private static final double MICROS = 1e6;

    private Optional<TargetFigures> find(String name) {
        return targets.stream().filter(target -> target.target().equals(name)).findFirst();
    }

    /** A percentile's difference to the direct connection at the same rate, microseconds; NaN without one. */
    private double added(TargetFigures target, ToDoubleFunction<Sample> percentile) {
        return find(direct)
                .map(without -> target.median(percentile) - without.median(percentile))
                .orElse(Double.NaN);
    }

    /** The subject's CPU per query by the reference's. */
    public PairedRatio cpuRatio() {
        return cpuRatioTo(reference);
    }

    private PairedRatio cpuRatioTo(String other) {
        return find(subject)
                .flatMap(above -> find(other)
                        .map(below -> PairedRatio.of(above.each(Sample::cpuMicros), below.each(Sample::cpuMicros))))
                .orElse(PairedRatio.of(List.of(), List.of()));
    }

    /** The subject's throughput by the reference's. */
    public PairedRatio throughputRatio() {
        return throughputRatioTo(reference);
    }

    private PairedRatio throughputRatioTo(String other) {
        return find(subject)
                .flatMap(above -> find(other)
                        .map(below -> PairedRatio.of(
                                above.each(sample -> sample.closed().perSecond()),
                                below.each(sample -> sample.closed().perSecond()))))
                .orElse(PairedRatio.of(List.of(), List.of()));
    }

    /** What the subject is compared with, the reference first. */
    private List<TargetFigures> compared() {
        return targets.stream()
                .filter(target ->
                        !target.target().equals(subject) && !target.target().equals(direct))
                .sorted(Comparator.comparing(target -> !target.target().equals(reference)))
                .toList();
    }

    @Override
    public String table() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%n%s, %d connections; latency %s, microseconds above %s%n",
                scenario,
                connections,
                rate > 0 ? "at " + rate + " queries/s" : "in the closed loop (churn: one connection after the other)",
                direct));
        out.append(String.format(
                Locale.ROOT,
                "%-14s %9s %8s %8s %8s %8s %8s %8s %7s %7s %8s %8s%n",
                "target",
                "queries/s",
                "CPU us/q",
                "at rate",
                "+p50",
                "+p99",
                "+p99.9",
                "alloc/q",
                "ctxsw/q",
                "calls/q",
                "RSS MB",
                "heap MB"));
        for (TargetFigures target : targets) {
            out.append(row(target));
        }
        for (TargetFigures target : compared()) {
            String other = target.target();
            out.append(String.format(
                    Locale.ROOT,
                    "%s / %s: CPU per query %s, throughput %s%n",
                    subject,
                    other,
                    cpuRatioTo(other),
                    throughputRatioTo(other)));
        }
        targets.stream().map(TargetFigures::memoryLine).forEach(out::append);
        targets.stream()
                .filter(target -> target.errors() > 0)
                .forEach(target -> out.append(String.format(
                        Locale.ROOT, "%s: %d errors: %s%n", target.target(), target.errors(), target.firstError())));
        return out.toString();
    }

    private String row(TargetFigures target) {
        return String.format(
                Locale.ROOT,
                "%-14s %9.0f %8s %8s %8s %8s %8s %8s %7s %7s %8s %8s%n",
                target.target(),
                target.median(sample -> sample.closed().perSecond()),
                number(target.median(Sample::cpuMicros), 2),
                number(target.median(Sample::openCpuMicros), 2),
                number(added(target, sample -> sample.open().p50()), 0),
                number(added(target, sample -> sample.open().p99()), 0),
                number(added(target, sample -> sample.open().p999()), 0),
                number(target.allocatedPerQuery(), 0),
                number(target.switchesPerQuery(), 3),
                number(target.systemCallsPerQuery(), 2),
                number(target.median(Sample::residentBytes) / (1 << 20), 1),
                number(target.median(Sample::heapBytes) / (1 << 20), 1));
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) || value == 0 ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The subject's numbers under their own names, then every target's. */
    @Override
    public Map<String, Object> json() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("scenario", scenario);
        out.put("connections", connections);
        out.put("rate", rate);
        find(subject).ifPresent(target -> {
            put(out, "queriesPerSecond", target.median(sample -> sample.closed().perSecond()));
            put(out, "cpuMicrosPerQuery", target.median(Sample::cpuMicros));
            put(out, "allocatedBytesPerQuery", target.allocatedPerQuery());
            put(out, "contextSwitchesPerQuery", target.switchesPerQuery());
            put(out, "systemCallsPerQuery", target.systemCallsPerQuery());
            put(out, "p50AddedMicros", added(target, sample -> sample.open().p50()));
            put(out, "p99AddedMicros", added(target, sample -> sample.open().p99()));
            put(out, "p999AddedMicros", added(target, sample -> sample.open().p999()));
            put(out, "busyShareAtRate", rate == 0 ? Double.NaN : target.median(Sample::openCpuMicros) * rate / MICROS);
            put(out, "residentBytes", target.median(Sample::residentBytes));
            put(out, "heapBytes", target.median(Sample::heapBytes));
            put(out, "bytesPerIdleConnection", target.memory().idleBytes());
            put(out, "bytesPerActivePair", target.memory().activeBytes());
        });
        find(reference).ifPresent(target -> {
            put(
                    out,
                    "relayQueriesPerSecond",
                    target.median(sample -> sample.closed().perSecond()));
            put(out, "relayCpuMicrosPerQuery", target.median(Sample::cpuMicros));
            put(out, "relaySystemCallsPerQuery", target.systemCallsPerQuery());
            put(
                    out,
                    "relayP50AddedMicros",
                    added(target, sample -> sample.open().p50()));
            put(
                    out,
                    "relayP99AddedMicros",
                    added(target, sample -> sample.open().p99()));
        });
        put(out, "cpuPerQueryRatioToRelay", cpuRatio().ratio());
        put(out, "cpuPerQueryRatioToRelayLow", cpuRatio().low());
        put(out, "cpuPerQueryRatioToRelayHigh", cpuRatio().high());
        put(out, "throughputRatioToRelay", throughputRatio().ratio());
        Map<String, Object> ratios = new LinkedHashMap<>();
        for (TargetFigures target : compared()) {
            Map<String, Object> figures = new LinkedHashMap<>();
            PairedRatio cpu = cpuRatioTo(target.target());
            put(figures, "cpuMicrosPerQuery", target.median(Sample::cpuMicros));
            put(figures, "cpuPerQueryRatio", cpu.ratio());
            put(figures, "cpuPerQueryRatioLow", cpu.low());
            put(figures, "cpuPerQueryRatioHigh", cpu.high());
            put(figures, "throughputRatio", throughputRatioTo(target.target()).ratio());
            ratios.put(target.target(), figures);
        }
        out.put("comparedWith", ratios);
        out.put("errors", errors());
        List<Object> each = new ArrayList<>();
        targets.forEach(target -> each.add(Map.of("target", target.target(), "rounds", target.samples())));
        out.put("targets", each);
        return out;
    }

    @Override
    public long errors() {
        return targets.stream().mapToLong(TargetFigures::errors).sum();
    }

    /** A number that JSON can hold; one that was not measured is left out. */
    private static void put(Map<String, Object> out, String name, double value) {
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
            out.put(name, Math.round(value * 1000) / 1000.0);
        }
    }
}
