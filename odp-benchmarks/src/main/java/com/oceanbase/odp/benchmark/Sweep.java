package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.LoadSpec;
import com.oceanbase.odp.benchmark.peer.JvmProbe;
import com.oceanbase.odp.benchmark.peer.Load;
import com.oceanbase.odp.benchmark.peer.Target;
import com.oceanbase.odp.benchmark.report.ScalePoint;
import com.oceanbase.odp.benchmark.report.ScaleReport;
import com.oceanbase.odp.benchmark.report.ScaleSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One scenario at several sizes. At each size the targets take turns, in a closed loop. */
final class Sweep {
    /** After so many requests the second compiler has done with the hot path. */
    private static final long WARM_REQUESTS = 150_000;

    /** Filling ends after so many windows of a second, whatever came of it. */
    private static final int MOST_FILLS = 60;

    /** Large answers warm a proxy with fewer requests. */
    private static final int MOST_WARM_UPS = 12;

    private static final long HOLD_MILLIS = 2_500;

    private final Scale scale;
    private final List<Target> targets;
    private final Load load;
    private final BenchOptions options;

    /** @param all those without a process in between are left out */
    Sweep(Scale scale, List<Target> all, Load load, BenchOptions options) {
        this.scale = scale;
        this.targets = all.stream().filter(target -> target.pid() != 0).toList();
        this.load = load;
        this.options = options;
    }

    /** Runs it all. */
    ScaleReport run() throws IOException {
        List<Integer> sizes = options.sizes().isEmpty() ? scale.sizes() : options.sizes();
        List<ScalePoint> points = new ArrayList<>();
        for (Target target : targets) {
            warmUp(target, sizes.get(sizes.size() / 2), WARM_REQUESTS, MOST_WARM_UPS);
        }
        for (int size : sizes) {
            for (Target target : targets) {
                if (target.jvm() != null && scale.fill(size) > 0) {
                    warmUp(target, size, scale.fill(size), MOST_FILLS);
                }
            }
            List<ScalePoint> measured = measure(size);
            points.addAll(measured);
            System.err.printf("odp bench: %s, %d %s:%s%n", scale.workload().id(), size, scale.unit(), brief(measured));
        }
        return new ScaleReport(
                scale.workload().id(), scale.unit(), scale == Scale.RESULT, Target.ODP, Target.RELAY, points);
    }

    private static String brief(List<ScalePoint> points) {
        return points.stream()
                .map(point ->
                        String.format(Locale.ROOT, " %s %.2f us", point.target(), point.median(ScaleSample::cpuMicros)))
                .collect(Collectors.joining());
    }

    private List<ScalePoint> measure(int size) throws IOException {
        List<List<ScaleSample>> samples = new ArrayList<>();
        double[] memory = new double[targets.size()];
        targets.forEach(target -> samples.add(new ArrayList<>()));
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < targets.size(); i++) {
                int turn = (i + round) % targets.size();
                Target target = targets.get(turn);
                JvmProbe jvm = round == options.rounds() - 1 ? target.jvm() : null;
                memory[turn] = Double.NaN;
                LoadSpec spec = spec(target, size)
                        .with(scale.warmUpMillis(size), options.seconds() * 1000L, 0)
                        .withHold(jvm == null ? 0 : HOLD_MILLIS);
                Window window = Window.run(load, target, spec, () -> {
                    if (jvm != null) {
                        memory[turn] = jvm.liveBytes();
                    }
                });
                samples.get(turn).add(new ScaleSample(window.result(), window.cpuNanos(), window.allocatedBytes()));
            }
        }
        List<ScalePoint> points = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            points.add(new ScalePoint(size, targets.get(i).name(), samples.get(i), memory[i]));
        }
        return points;
    }

    private void warmUp(Target target, int size, long requests, int most) throws IOException {
        long done = 0;
        for (int i = 0; i < most && done < requests; i++) {
            done += load.run(spec(target, size).with(0, 1000, 0), new Load.Marks() {})
                    .requests();
        }
    }

    private LoadSpec spec(Target target, int size) {
        return target.load(scale.workload(), size, scale.connections(size));
    }
}
