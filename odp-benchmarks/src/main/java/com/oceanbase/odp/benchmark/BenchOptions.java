package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.Workload;
import com.oceanbase.odp.benchmark.peer.FileLimit;
import com.oceanbase.odp.benchmark.peer.Target;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code odp bench}. Filled by the command-line parser. */
final class BenchOptions {
    private static final int IDLE_CONNECTIONS = 10_000;
    private static final int BULK_CONNECTIONS = 4;

    @Parameters(
            arity = "0..*",
            paramLabel = "SCENARIO",
            description = "point-select, range-10, rows-1000, result-1mb, result-100mb, insert, ps-text, ps-binary,"
                    + " rw-transaction, churn (default: all these); idle-10k; sweeps over sizes: scale-connections,"
                    + " scale-partitions, scale-result, scale-statements; start, alone; JMH benchmarks:"
                    + " codec, routing, sync, sql")
    private List<String> scenarios = List.of();

    @Option(
            names = "--backend",
            paramLabel = "canned|kernel",
            description = "what answers: fixed answers from memory (default) or the real kernel")
    private String backend = "canned";

    @Option(names = "--targets", split = ",", paramLabel = "NAME", description = "default: direct,odp,haproxy")
    private List<String> targets = List.of(Target.DIRECT, Target.ODP, Target.RELAY);

    @Option(
            names = "--peer",
            paramLabel = "NAME=HOST:PORT:PID[:USER]",
            description = "measured too, as it runs already")
    private List<String> peers = List.of();

    @Option(
            names = "--original",
            paramLabel = "DIRECTORY",
            description = "start and measure the compiled C++ obproxy, too: a directory with obproxy.xz")
    private @Nullable Path original;

    @Option(
            names = "--original-settings",
            paramLabel = "NAME=VALUE,...",
            description = "further settings of it (default: none, so it logs at level INFO)")
    private String originalSettings = "";

    @Option(
            names = "--variant",
            paramLabel = "NAME=OPTIONS",
            description = "this tree's ODP once more, with these options of the JVM (-X..., -D...) or of \"odp start\"")
    private Map<String, String> variants = new LinkedHashMap<>();

    @Option(names = "--load", paramLabel = "builtin|sysbench", description = "where the requests come from")
    private String load = "builtin";

    @Option(names = "--connections", paramLabel = "N", description = "connections of the load (default: 64)")
    private int connections;

    @Option(names = "--sizes", split = ",", paramLabel = "N", description = "sizes of a sweep, ascending")
    private List<Integer> sizes = List.of();

    @Option(names = "--seconds", paramLabel = "N", description = "length of each window (default: ${DEFAULT-VALUE})")
    private int seconds = 4;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description =
                    "seconds of load before all, more of them for a JVM that is not warm (default: ${DEFAULT-VALUE})")
    private int warmup = 5;

    @Option(names = "--rounds", paramLabel = "N", description = "turns of each target (default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "queries/s of the latency part (default: half of what the slowest target does)")
    private long rate;

    @Option(names = "--no-syscalls", description = "do not count system calls")
    private boolean noSystemCalls;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
    private @Nullable Path json;

    @Option(names = "--charts", paramLabel = "DIRECTORY", description = "write charts as SVG")
    private @Nullable Path charts;

    @Option(
            names = "--compare",
            paramLabel = "GIT_REF",
            description = "measure this tree against another commit, or against the source tree in a directory")
    private @Nullable String compare;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    List<String> scenarios() {
        return scenarios;
    }

    boolean usesKernel() {
        return switch (backend) {
            case "canned" -> false;
            case "kernel" -> true;
            default -> throw new IllegalArgumentException("--backend is canned or kernel, not " + backend);
        };
    }

    boolean usesSysbench() {
        return switch (load) {
            case "builtin" -> false;
            case "sysbench" -> true;
            default -> throw new IllegalArgumentException("--load is builtin or sysbench, not " + load);
        };
    }

    boolean wants(String target) {
        return targets.contains(target);
    }

    Map<String, String> variants() {
        return variants;
    }

    List<String> peers() {
        return peers;
    }

    /** The packed C++ obproxy. */
    @Nullable
    Path original() {
        return original == null ? null : original.resolve("obproxy.xz");
    }

    String originalSettings() {
        return originalSettings;
    }

    /** How many connections a workload has. */
    int connections(Workload workload) {
        if (connections > 0) {
            return connections;
        }
        if (workload == Workload.IDLE_10K) {
            return FileLimit.pairs(IDLE_CONNECTIONS);
        }
        return workload.isBulk() ? BULK_CONNECTIONS : 64;
    }

    /** Queries a second over all mostly idle connections. */
    long idleRate() {
        return rate > 0 ? rate : 1000;
    }

    /** Sizes of a sweep; empty for its own. */
    List<Integer> sizes() {
        return sizes;
    }

    int seconds() {
        return seconds;
    }

    int warmupSeconds() {
        return warmup;
    }

    int rounds() {
        return rounds;
    }

    long rate() {
        return rate;
    }

    boolean countsSystemCalls() {
        return !noSystemCalls && !usesSysbench();
    }

    @Nullable
    Path json() {
        return json;
    }

    @Nullable
    Path charts() {
        return charts;
    }

    @Nullable
    String compare() {
        return compare;
    }
}
