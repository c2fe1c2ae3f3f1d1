package com.oceanbase.odp.benchmark.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files, sockets among them, a process may have open at most. */
public final class FileLimit {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";
    private static final int HARD = 4;
    private static final int SPARE = 500;
    /** A client's connection and that to the only server. */
    private static final int FILES_A_PAIR = 2;

    private FileLimit() {}

    /** The wanted number of clients, or as many as a proxy before one server can have here. */
    public static int pairs(int wanted) {
        try {
            String limit = Files.readAllLines(LIMITS).stream()
                    .filter(line -> line.startsWith(LINE))
                    .map(line -> line.split("\\s+")[HARD])
                    .findFirst()
                    .orElse("unlimited");
            return limit.equals("unlimited")
                    ? wanted
                    : Math.min(wanted, (Integer.parseInt(limit) - SPARE) / FILES_A_PAIR);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
