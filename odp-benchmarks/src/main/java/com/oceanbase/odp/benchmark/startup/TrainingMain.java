package com.oceanbase.odp.benchmark.startup;

import com.oceanbase.odp.benchmark.load.LoadSpec;
import com.oceanbase.odp.benchmark.load.Workload;
import com.oceanbase.odp.benchmark.peer.Backend;
import com.oceanbase.odp.benchmark.peer.Children;
import com.oceanbase.odp.benchmark.peer.Cpus;
import com.oceanbase.odp.benchmark.peer.Load;
import com.oceanbase.odp.benchmark.peer.LoadProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs an unpacked package under load once, so that the JVM writes down what it loaded, linked and profiled: the ahead-of-time
 * cache {@code lib/odp.aot}, with which that package starts on a JVM of the same build (JEP 483, 514, 515). Any other JVM
 * ignores it.
 */
public final class TrainingMain {
    private static final int CONNECTIONS = 16;
    /** One address of the loopback, as some machines have no more. */
    private static final int SERVERS = 1;

    private static final long WRITE_MINUTES = 3;

    /** What is done in the training, and for how long, in milliseconds. */
    private static final Map<Workload, Long> LESSONS = lessons();

    private TrainingMain() {}

    private static Map<Workload, Long> lessons() {
        Map<Workload, Long> lessons = new LinkedHashMap<>();
        lessons.put(Workload.CHURN, 1_500L);
        lessons.put(Workload.POINT_SELECT, 4_000L);
        lessons.put(Workload.RANGE_10, 1_000L);
        lessons.put(Workload.INSERT, 1_500L);
        lessons.put(Workload.PS_TEXT, 1_000L);
        lessons.put(Workload.PS_BINARY, 1_500L);
        lessons.put(Workload.RW_TRANSACTION, 2_000L);
        lessons.put(Workload.ROWS_1000, 1_000L);
        return lessons;
    }

    /** Takes the directory of the unpacked package. Exit code 0: the cache is there. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: the directory of an unpacked package");
            System.exit(2);
        }
        Path home = Path.of(arguments[0]).toAbsolutePath();
        try {
            train(home);
        } catch (IOException e) {
            System.err.println("odp: the training run failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void train(Path home) throws IOException, InterruptedException {
        Path cache = home.resolve("lib/odp.aot");
        Files.deleteIfExists(cache);
        try (Children children = new Children()) {
            Cpus all = new Cpus("", "");
            Backend backend = Backend.canned(children, all, SERVERS);
            Load load = LoadProcess.start(children, all);
            Packaged odp = Packaged.start(home, backend, children, "-XX:AOTCacheOutput=" + cache);
            odp.awaitLogin();
            for (Map.Entry<Workload, Long> lesson : LESSONS.entrySet()) {
                load.run(spec(lesson.getKey(), odp, lesson.getValue()), new Load.Marks() {});
            }
            odp.process().destroy();
            if (!odp.process().waitFor(WRITE_MINUTES, TimeUnit.MINUTES) || !Files.exists(cache)) {
                throw new IOException("no " + cache + "; " + children.output(odp.name()));
            }
        }
    }

    private static LoadSpec spec(Workload workload, Packaged odp, long millis) {
        return new LoadSpec(
                workload, 1, Packaged.HOST, odp.port(), Packaged.USER, CONNECTIONS, 0, millis, 0, 100_000_000L, 0);
    }
}
