package com.oceanbase.odp.benchmark.peer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a process has used since its start.
 *
 * @param cpuNanos user and system time of all threads, from {@code /proc/PID/stat}; the kernel tells hundredths of seconds
 * @param contextSwitches of all living threads, voluntary and not
 * @param residentBytes resident set at this time
 * @param allocatedBytes bytes that the proxy's own threads have allocated on the Java heap; 0 for others
 * @param heapBytes Java heap in use at this time; 0 for others
 */
public record Usage(long cpuNanos, long contextSwitches, long residentBytes, long allocatedBytes, long heapBytes) {
    /** Of nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0);

    /** A tick of {@code /proc/PID/stat}: USER_HZ is 100 on all of Linux' common platforms. */
    private static final long TICK_NANOS = 10_000_000;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    public static Usage of(long pid, @Nullable JvmProbe jvm) {
        Path process = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(process.resolve("stat"));
            // The fields behind the command, which may contain blanks, begin with the third one.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
            return new Usage(
                    ticks * TICK_NANOS,
                    switches(process),
                    kilobytes(process.resolve("status"), "VmRSS:") * 1024,
                    jvm == null ? 0 : jvm.allocatedBytes(),
                    jvm == null ? 0 : jvm.heapBytes());
        } catch (IOException e) {
            throw new IllegalStateException("process " + pid + " cannot be observed; has it ended?", e);
        }
    }

    private static long switches(Path process) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                sum += kilobytes(thread.resolve("status"), "voluntary_ctxt_switches:");
                sum += kilobytes(thread.resolve("status"), "nonvoluntary_ctxt_switches:");
            }
        }
        return sum;
    }

    /** The number in a line of a status file; 0 when the thread has just ended. */
    private static long kilobytes(Path file, String key) throws IOException {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(key)) {
                    return Long.parseLong(
                            line.substring(key.length()).replace("kB", "").strip());
                }
            }
        } catch (NoSuchFileException ended) {
            return 0;
        }
        return 0;
    }
}
