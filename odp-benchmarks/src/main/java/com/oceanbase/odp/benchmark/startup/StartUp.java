package com.oceanbase.odp.benchmark.startup;

import com.oceanbase.odp.benchmark.peer.Backend;
import com.oceanbase.odp.benchmark.peer.Children;
import com.oceanbase.odp.benchmark.peer.Cpus;
import com.oceanbase.odp.benchmark.peer.Usage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * From the call of {@code bin/odp start} to the first login that a server has accepted, with the package's ahead-of-time cache
 * and without it.
 */
public final class StartUp {
    private static final long BUILD_MINUTES = 20;
    private static final long UNPACK_SECONDS = 60;
    /** One address of the loopback, as some machines have no more. */
    private static final int SERVERS = 1;

    /** What is compared: further options of the JVM. */
    private static final Map<String, String> VARIANTS = variants();

    private final Path tree;
    private final int rounds;

    /**
     * @param tree root of the source tree, whose package is built
     * @param rounds starts of each variant
     */
    public StartUp(Path tree, int rounds) {
        this.tree = tree;
        this.rounds = rounds;
    }

    private static Map<String, String> variants() {
        Map<String, String> variants = new LinkedHashMap<>();
        variants.put("packaged", "");
        variants.put("without-cache", "-XX:AOTMode=off");
        return variants;
    }

    /**
     * What the starts took.
     *
     * @param variant its name
     * @param millis each start
     * @param cpuMillis processor time of each up to the login
     */
    public record Times(String variant, List<Double> millis, List<Double> cpuMillis) {
        /** The median of the starts. */
        public double medianMillis() {
            return median(millis);
        }

        /** The median of the processor time. */
        public double medianCpuMillis() {
            return median(cpuMillis);
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

    /** Builds the package, then starts it again and again, the variants in turns. */
    public List<Times> run() throws IOException, InterruptedException {
        try (Children children = new Children()) {
            Path home = unpack(children);
            Backend backend = Backend.canned(children, new Cpus("", ""), SERVERS);
            List<Times> times = VARIANTS.keySet().stream()
                    .map(name -> new Times(name, new ArrayList<>(), new ArrayList<>()))
                    .toList();
            for (int round = 0; round <= rounds; round++) {
                for (Times of : times) {
                    long begin = System.nanoTime();
                    Packaged odp = Packaged.start(home, backend, children, VARIANTS.getOrDefault(of.variant(), ""));
                    odp.awaitLogin();
                    long nanos = System.nanoTime() - begin;
                    // The first start reads files that no cache of the operating system has yet.
                    if (round > 0) {
                        of.millis().add(nanos / 1e6);
                        of.cpuMillis().add(Usage.of(odp.process().pid(), null).cpuNanos() / 1e6);
                    }
                    children.stop(odp.process());
                }
            }
            return times;
        }
    }

    private Path unpack(Children children) throws IOException, InterruptedException {
        System.err.println("odp bench: building the package, with its training run");
        finish(
                children,
                children.start("package", "", List.of(tree.resolve("odp").toString(), "package"), Map.of()),
                "package",
                TimeUnit.MINUTES.toSeconds(BUILD_MINUTES));
        Path archive = only(tree.resolve("target"), "odp-*.tar.gz");
        Path directory = Files.createDirectories(children.directory().resolve("package-home"));
        List<String> command = List.of("tar", "xzf", archive.toString(), "-C", directory.toString());
        finish(children, children.start("tar", "", command, Map.of()), "tar", UNPACK_SECONDS);
        return only(directory, "odp-*");
    }

    private static Path only(Path directory, String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
            for (Path path : found) {
                return path;
            }
        }
        throw new IOException("no " + pattern + " in " + directory);
    }

    private static void finish(Children children, Process process, String name, long seconds)
            throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(name + " failed: " + children.output(name).strip());
        }
    }

    /** The table for people. */
    public static String table(List<Times> all) {
        StringBuilder out = new StringBuilder(
                String.format(Locale.ROOT, "%nstart: milliseconds from the call to the first accepted login%n"));
        out.append(String.format(Locale.ROOT, "%-14s %9s %9s  %s%n", "target", "ms", "CPU ms", "each"));
        for (Times times : all) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-14s %9.0f %9.0f  %s%n",
                    times.variant(),
                    times.medianMillis(),
                    times.medianCpuMillis(),
                    times.millis().stream().map(Math::round).toList()));
        }
        return out.toString();
    }

    /** The numbers for machines. */
    public static Map<String, Object> json(List<Times> all) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("scenario", "start");
        for (Times times : all) {
            out.put(
                    times.variant(),
                    Map.of(
                            "startMillis", times.medianMillis(),
                            "cpuMillis", times.medianCpuMillis(),
                            "each", times.millis()));
        }
        return out;
    }
}
