package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.LoadResult;
import com.oceanbase.odp.benchmark.load.LoadSpec;
import com.oceanbase.odp.benchmark.load.Workload;
import com.oceanbase.odp.benchmark.peer.Children;
import com.oceanbase.odp.benchmark.peer.JvmProbe;
import com.oceanbase.odp.benchmark.peer.Load;
import com.oceanbase.odp.benchmark.peer.Target;
import com.oceanbase.odp.benchmark.report.ConnectionMemory;
import com.oceanbase.odp.benchmark.report.Sample;
import com.oceanbase.odp.benchmark.report.ScenarioReport;
import com.oceanbase.odp.benchmark.report.TargetFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One scenario over all targets: a warm-up of each, then rounds in which the targets take turns, so that whatever else the
 * machine does hits all of them alike.
 */
final class Measurement {
    private static final long CLOSED_WARMUP_MILLIS = 500;
    private static final long OPEN_WARMUP_MILLIS = 300;
    private static final long COUNT_MILLIS = 2_000;

    /** After so many requests the second compiler has done with the hot path; on a busy machine only so many tries. */
    private static final long WARM_REQUESTS = 150_000;

    private static final int MOST_WARM_UPS = 8;
    private static final long REHEARSAL_MILLIS = 500;

    /** There are so many rehearsals at least; they end when the compilers have worked less than a hundredth of one. */
    private static final int REHEARSALS = 6;

    private static final int MOST_REHEARSALS = 30;
    private static final long QUIET_COMPILER_MILLIS = 2 * REHEARSAL_MILLIS / 100;

    /** The open loop's rate as a share of what the slowest target reached in the closed loop. */
    private static final double RATE_SHARE = 0.5;

    private final Workload workload;
    private final List<Target> targets;
    private final Load load;
    private final BenchOptions options;

    Measurement(Workload workload, List<Target> targets, Load load, BenchOptions options) {
        this.workload = workload;
        this.targets = List.copyOf(targets);
        this.load = load;
        this.options = options;
    }

    private int connections() {
        return options.connections(workload);
    }

    private LoadSpec spec(Target target, int connections) {
        return target.load(workload, 1, connections)
                .withFirstKey(100_000_000L + ThreadLocalRandom.current().nextLong(800_000_000L));
    }

    private Window window(Target target, long warmupMillis, long windowMillis, long rate) throws IOException {
        return Window.run(load, target, spec(target, connections()).with(warmupMillis, windowMillis, rate));
    }

    /** Runs it all. */
    ScenarioReport run(Children children) throws IOException, InterruptedException {
        long windowMillis = options.seconds() * 1000L;
        double slowest = Double.MAX_VALUE;
        List<ConnectionMemory> memory = new ArrayList<>();
        for (Target target : targets) {
            memory.add(memory(target));
            slowest = Math.min(slowest, warmUp(target));
        }
        long rate = rate(slowest);
        List<List<Sample>> samples = new ArrayList<>();
        targets.forEach(target -> samples.add(new ArrayList<>()));
        for (int round = 0; round < options.rounds(); round++) {
            System.err.printf("odp bench: %s, round %d of %d%n", workload.id(), round + 1, options.rounds());
            for (int i = 0; i < targets.size(); i++) {
                // Each round begins with another target: what follows a neighbour is not always the same one.
                int turn = (i + round) % targets.size();
                samples.get(turn).add(sample(targets.get(turn), windowMillis, rate));
            }
        }
        List<TargetFigures> figures = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            figures.add(new TargetFigures(
                    targets.get(i).name(),
                    samples.get(i),
                    systemCallsPerQuery(targets.get(i), children),
                    memory.get(i)));
        }
        return new ScenarioReport(workload.id(), connections(), rate, Target.DIRECT, Target.ODP, Target.RELAY, figures);
    }

    private ConnectionMemory memory(Target target) throws IOException {
        JvmProbe jvm = target.jvm();
        return workload == Workload.IDLE_10K && jvm != null
                ? new MemoryLook(load).at(jvm, spec(target, connections()))
                : ConnectionMemory.NONE;
    }

    /**
     * Runs the load until a JVM has compiled what it executes, which takes requests rather than seconds. Returns requests a
     * second at the end.
     */
    private double warmUp(Target target) throws IOException {
        JvmProbe jvm = target.jvm();
        boolean compiles = jvm != null && load.hasOpenLoop() && workload != Workload.IDLE_10K && !workload.isBulk();
        long requests = 0;
        LoadResult last =
                window(target, 0, options.warmupSeconds() * 1000L, closedRate()).result();
        for (int more = 0; compiles && more < MOST_WARM_UPS; more++) {
            requests += last.requests();
            if (requests >= WARM_REQUESTS) {
                break;
            }
            last = window(target, 0, options.warmupSeconds() * 1000L, closedRate())
                    .result();
        }
        if (jvm != null && compiles) {
            rehearse(target, jvm, workload.isChurn() ? 0 : Math.max(1, (long) (last.perSecond() * RATE_SHARE)));
        }
        return last.perSecond();
    }

    /**
     * What comes between two windows, logins above all, is compiled as well before anything counts. In the latency part a
     * compiler that is at work on the proxy's processor holds up whatever is due then.
     */
    private void rehearse(Target target, JvmProbe jvm, long rate) throws IOException {
        long worked = jvm.compilerMillis();
        for (int i = 0; i < MOST_REHEARSALS; i++) {
            window(target, 0, REHEARSAL_MILLIS, 0);
            Window.runUnasked(load, target, spec(target, connections()).with(0, REHEARSAL_MILLIS, rate));
            long now = jvm.compilerMillis();
            if (i + 1 >= REHEARSALS && now - worked < QUIET_COMPILER_MILLIS) {
                return;
            }
            worked = now;
        }
    }

    private Sample sample(Target target, long windowMillis, long rate) throws IOException {
        Window closed = window(target, CLOSED_WARMUP_MILLIS, windowMillis, closedRate());
        Window open = closed;
        if (workload.isChurn() && load.hasOpenLoop()) {
            // How long a login takes shows one after the other: many at once wait for each other.
            open = Window.runUnasked(load, target, spec(target, 1).with(OPEN_WARMUP_MILLIS, windowMillis, 0));
        } else if (rate > 0 && load.hasOpenLoop()) {
            open = Window.runUnasked(
                    load, target, spec(target, connections()).with(OPEN_WARMUP_MILLIS, windowMillis, rate));
        }
        return new Sample(
                closed.result(),
                closed.cpuNanos(),
                closed.contextSwitches(),
                closed.allocatedBytes(),
                closed.after().residentBytes(),
                closed.after().heapBytes(),
                open.result(),
                open.cpuNanos());
    }

    /** Mostly idle connections ask seldom in the first window too. */
    private long closedRate() {
        return workload == Workload.IDLE_10K ? options.idleRate() : 0;
    }

    private long rate(double slowest) {
        if (workload.isChurn() || workload == Workload.IDLE_10K || workload.isBulk()) {
            return 0;
        }
        return options.rate() > 0 ? options.rate() : Math.max(1, (long) (slowest * RATE_SHARE));
    }

    private double systemCallsPerQuery(Target target, Children children) throws IOException, InterruptedException {
        if (target.pid() == 0 || !SystemCalls.available() || !options.countsSystemCalls()) {
            return Double.NaN;
        }
        SystemCalls calls = new SystemCalls(children, target.pid());
        LoadResult result = load.run(
                spec(target, connections()).with(CLOSED_WARMUP_MILLIS, COUNT_MILLIS, closedRate()), new Load.Marks() {
                    @Override
                    public void begin() {
                        calls.begin();
                    }
                });
        return calls.perSecond() / Math.max(1, result.perSecond());
    }
}
