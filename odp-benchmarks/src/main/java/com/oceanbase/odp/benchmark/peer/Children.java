package com.oceanbase.odp.benchmark.peer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * All processes and files of a measurement. They go when this is closed and when the JVM ends, by Ctrl-C too. Thread
 * safe.
 */
public final class Children implements AutoCloseable {
    private static final long STOP_SECONDS = 10;
    private static final int TAIL_LINES = 20;

    private final Path directory;
    private final Deque<Process> processes = new ArrayDeque<>();
    private final Deque<AutoCloseable> further = new ArrayDeque<>();
    private final Thread hook = new Thread(this::stopAll, "bench-stop");
    private boolean closed;

    /** No process yet, and an empty temporary directory. */
    public Children() throws IOException {
        directory = Files.createTempDirectory("odp-bench-");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Where temporary files belong. */
    public Path directory() {
        return directory;
    }

    /**
     * Starts a process whose output goes to a file of the temporary directory.
     *
     * @param name name of that file
     * @param cpus processors it may use, empty for all
     * @param environment added to this process's own
     */
    public Process start(String name, String cpus, List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = builder(cpus, command, environment);
        File log = directory.resolve(name + ".log").toFile();
        return register(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start());
    }

    /** Starts a process that talks over its standard input and output; its errors go to a file. */
    public Process startTalking(String name, String cpus, List<String> command) throws IOException {
        File log = directory.resolve(name + ".log").toFile();
        return register(builder(cpus, command, Map.of())
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start());
    }

    /** What a process has printed to its file. */
    public String output(String name) throws IOException {
        Path log = directory.resolve(name + ".log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** The last lines of that. */
    String tail(String name) throws IOException {
        List<String> lines = output(name).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private static ProcessBuilder builder(String cpus, List<String> command, Map<String, String> environment) {
        List<String> pinned = new ArrayList<>();
        if (!cpus.isEmpty()) {
            pinned.addAll(List.of("taskset", "-c", cpus));
        }
        pinned.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(pinned);
        builder.environment().putAll(environment);
        return builder;
    }

    private synchronized Process register(Process process) {
        if (closed) {
            process.destroyForcibly();
            throw new IllegalStateException("the benchmark is ending");
        }
        processes.push(process);
        return process;
    }

    /** Closes this too at the end, before the processes. */
    public synchronized void register(AutoCloseable resource) {
        further.push(resource);
    }

    /** Ends one process before the others. */
    public void stop(Process process) {
        synchronized (this) {
            processes.remove(process);
        }
        end(List.of(process));
    }

    private void stopAll() {
        List<Process> running;
        List<AutoCloseable> resources;
        synchronized (this) {
            closed = true;
            running = List.copyOf(processes);
            resources = List.copyOf(further);
            processes.clear();
            further.clear();
        }
        for (AutoCloseable resource : resources) {
            closeQuietly(resource);
        }
        end(running);
        deleteDirectory();
    }

    @SuppressWarnings("PMD.AvoidCatchingGenericException")
    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.err.println("odp bench: " + e);
        }
    }

    /** Asks all to end, then waits; what does not end is killed, with its children. */
    private static void end(List<Process> running) {
        running.forEach(Process::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        for (Process process : running) {
            try {
                List<ProcessHandle> descendants = process.descendants().toList();
                if (!process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                }
                descendants.forEach(ProcessHandle::destroyForcibly);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }

    private void deleteDirectory() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM ends: the hook runs anyway, and finds nothing left to do.
            hook.setName("bench-stopped");
        }
    }
}
