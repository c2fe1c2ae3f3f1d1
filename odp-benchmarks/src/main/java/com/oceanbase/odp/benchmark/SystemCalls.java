package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.peer.Children;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts the system calls of a process for a second of its work, by {@code perf}; needs the right to trace. */
final class SystemCalls {
    private static final Path PERF = Path.of("/usr/bin/perf");
    private static final String EVENT = "raw_syscalls:sys_enter";
    private static final long END_SECONDS = 10;

    private final Children children;
    private final long pid;
    private final Path output;
    private @Nullable Process perf;

    SystemCalls(Children children, long pid) {
        this.children = children;
        this.pid = pid;
        this.output = children.directory().resolve("calls-" + pid + "-" + System.nanoTime());
    }

    /** Whether counting is possible at all. */
    static boolean available() {
        return Files.isExecutable(PERF);
    }

    /** Begins to count. */
    void begin() {
        try {
            perf = children.start(
                    "perf",
                    "",
                    List.of(
                            PERF.toString(),
                            "stat",
                            "-x,",
                            "-o",
                            output.toString(),
                            "-e",
                            EVENT,
                            "-p",
                            Long.toString(pid),
                            "--",
                            "sleep",
                            "1"),
                    Map.of());
        } catch (IOException e) {
            System.err.println("odp bench: system calls are not counted: " + e.getMessage());
        }
    }

    /** Calls in that second, waited for; NaN when they could not be counted. */
    double perSecond() throws IOException, InterruptedException {
        Process running = perf;
        if (running == null) {
            return Double.NaN;
        }
        if (!running.waitFor(END_SECONDS, TimeUnit.SECONDS) || !Files.exists(output)) {
            children.stop(running);
            return Double.NaN;
        }
        return Files.readAllLines(output).stream()
                .filter(line -> line.contains(EVENT))
                .map(line -> line.substring(0, line.indexOf(',')))
                .filter(count -> count.matches("\\d+"))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(Double.NaN);
    }
}
