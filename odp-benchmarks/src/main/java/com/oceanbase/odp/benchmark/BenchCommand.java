package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.Workload;
import com.oceanbase.odp.benchmark.peer.Backend;
import com.oceanbase.odp.benchmark.peer.Children;
import com.oceanbase.odp.benchmark.peer.Cpus;
import com.oceanbase.odp.benchmark.peer.Load;
import com.oceanbase.odp.benchmark.peer.LoadProcess;
import com.oceanbase.odp.benchmark.peer.Proxies;
import com.oceanbase.odp.benchmark.peer.SysbenchLoad;
import com.oceanbase.odp.benchmark.peer.Target;
import com.oceanbase.odp.benchmark.report.BarChart;
import com.oceanbase.odp.benchmark.report.Report;
import com.oceanbase.odp.benchmark.report.Sample;
import com.oceanbase.odp.benchmark.report.ScaleReport;
import com.oceanbase.odp.benchmark.report.ScenarioReport;
import com.oceanbase.odp.benchmark.report.TargetFigures;
import com.oceanbase.odp.benchmark.startup.StartUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code odp bench}. */
@Command(
        name = "bench",
        description = "Measures ODP side by side with a direct connection and a TCP relay. Only ratios mean something.")
final class BenchCommand implements Callable<Integer> {
    /** Name of the other commit's proxy. */
    static final String BASE = "odp-base";

    /** The scenario of the start-up. */
    private static final String START = "start";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final BenchOptions options = new BenchOptions();

    private final Path tree;

    /** @param tree root of the source tree */
    BenchCommand(Path tree) {
        this.tree = tree;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Workload> workloads = new ArrayList<>();
        List<String> micro = new ArrayList<>();
        for (String name : options.scenarios()) {
            if (name.equals(START)) {
                return measureStart();
            }
            if (MicroBenchmarks.has(name)) {
                micro.add(name);
            } else {
                workloads.add(workload(name));
            }
        }
        if (!micro.isEmpty()) {
            MicroBenchmarks.run(micro, options.json());
        }
        if (!micro.isEmpty() && workloads.isEmpty()) {
            return 0;
        }
        if (workloads.isEmpty()) {
            Arrays.stream(Workload.values())
                    .filter(workload -> workload != Workload.IDLE_10K && !workload.isScale())
                    .forEach(workloads::add);
        }
        List<Report> reports = measure(workloads);
        writeJson(reports);
        writeCharts(reports);
        return reports.stream().anyMatch(report -> report.errors() > 0) ? 1 : 0;
    }

    /** Has no load, so it runs alone. */
    private int measureStart() throws IOException, InterruptedException {
        if (options.scenarios().size() > 1) {
            throw new ParameterException(spec.commandLine(), "start is measured alone");
        }
        List<StartUp.Times> times = new StartUp(tree, options.rounds()).run();
        print(StartUp.table(times));
        if (options.json() != null) {
            write(options.json(), StartUp.json(times));
        }
        return 0;
    }

    private static void write(Path file, Map<String, Object> json) throws IOException {
        Files.writeString(
                file, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private Workload workload(String name) {
        try {
            return Workload.of(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + "; JMH benchmarks: " + MicroBenchmarks.names(), e);
        }
    }

    private List<Report> measure(List<Workload> workloads) throws IOException, InterruptedException {
        Cpus cpus = Cpus.choose(Runtime.getRuntime().availableProcessors());
        List<Report> reports = new ArrayList<>();
        try (Children children = new Children()) {
            Path base = baseTree(children);
            print("processors: " + cpus.describe());
            Load load = options.usesSysbench() ? new SysbenchLoad(children, cpus) : LoadProcess.start(children, cpus);
            Stages stages = new Stages(stage -> targets(base, stage, children, cpus));
            for (Workload workload : workloads) {
                List<Target> targets = stages.of(workload);
                Optional<Scale> scale = Scale.of(workload);
                Report report = scale.isPresent()
                        ? new Sweep(scale.get(), targets, load, options).run()
                        : new Measurement(workload, targets, load, options).run(children);
                print(report.table());
                reports.add(report);
            }
        }
        return reports;
    }

    /** The other commit, checked out and built; this tree when there is none to compare with. */
    private Path baseTree(Children children) throws IOException, InterruptedException {
        String ref = options.compare();
        return ref == null ? tree : SourceTree.checkOut(tree, ref, children);
    }

    private List<Target> targets(Path base, Stages.Stage stage, Children children, Cpus cpus)
            throws IOException, InterruptedException {
        Backend backend =
                options.usesKernel() ? Backend.kernel(children, cpus) : Backend.canned(children, cpus, stage.servers());
        List<Target> targets = new ArrayList<>();
        if (options.wants(Target.DIRECT)) {
            targets.add(backend.direct());
        }
        if (options.wants(Target.ODP)) {
            targets.add(Proxies.odp(Target.ODP, tree, stage.options(), backend, children, cpus));
        }
        if (options.compare() != null) {
            targets.add(Proxies.odp(BASE, base, stage.options(), backend, children, cpus));
        }
        for (Map.Entry<String, String> variant : options.variants().entrySet()) {
            targets.add(Proxies.odp(
                    variant.getKey(), tree, stage.options() + " " + variant.getValue(), backend, children, cpus));
        }
        if (options.wants(Target.RELAY)) {
            Proxies.relay(backend, children, cpus).ifPresent(targets::add);
        }
        Path original = options.original();
        if (original != null) {
            targets.add(Proxies.original(original, options.originalSettings(), backend, children, cpus));
        }
        options.peers().stream().map(Proxies::peer).forEach(targets::add);
        return targets;
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    private void writeJson(List<Report> reports) throws IOException {
        Path file = options.json();
        if (file == null) {
            return;
        }
        // The numbers of the first scenario stand at the top, where scripts find them.
        Map<String, Object> all = new LinkedHashMap<>(reports.getFirst().json());
        all.remove("targets");
        all.put("scenarios", reports.stream().map(Report::json).toList());
        write(file, all);
    }

    private void writeCharts(List<Report> all) throws IOException {
        Path directory = options.charts();
        if (directory == null) {
            return;
        }
        Files.createDirectories(directory);
        for (Report report : all) {
            if (report instanceof ScaleReport scale) {
                Files.writeString(directory.resolve(scale.scenario() + ".svg"), scale.chart());
            }
        }
        List<ScenarioReport> reports = all.stream()
                .filter(ScenarioReport.class::isInstance)
                .map(ScenarioReport.class::cast)
                .toList();
        Map<String, ToDoubleFunction<TargetFigures>> charts = new LinkedHashMap<>();
        charts.put(
                "queries per second",
                target -> target.median(sample -> sample.closed().perSecond()));
        charts.put("CPU microseconds per query", target -> target.median(Sample::cpuMicros));
        charts.put(
                "p50 microseconds",
                target -> target.median(sample -> sample.open().p50()));
        charts.put(
                "p99 microseconds",
                target -> target.median(sample -> sample.open().p99()));
        charts.put(
                "p99.9 microseconds",
                target -> target.median(sample -> sample.open().p999()));
        charts.put("allocated bytes per query", TargetFigures::allocatedPerQuery);
        charts.put("context switches per query", TargetFigures::switchesPerQuery);
        charts.put("system calls per query", TargetFigures::systemCallsPerQuery);
        charts.put("resident megabytes", target -> target.median(Sample::residentBytes) / (1 << 20));
        for (Map.Entry<String, ToDoubleFunction<TargetFigures>> chart : charts.entrySet()) {
            if (reports.isEmpty()) {
                break;
            }
            Files.writeString(
                    directory.resolve(chart.getKey().replace(' ', '-') + ".svg"),
                    BarChart.draw(chart.getKey(), reports, chart.getValue()));
        }
        print("charts in " + directory);
    }

    /** The command line, for {@link BenchMain} and tests. */
    static CommandLine commandLine(Path tree) {
        return new CommandLine(new BenchCommand(tree));
    }
}
