package com.oceanbase.odp.it.routecheck;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is wrong with the files: told line by line, and counted. */
final class Problems {
    private static final int MOST = 50;

    private final PrintStream out;
    private int count;

    Problems(PrintStream out) {
        this.out = out;
    }

    /** One line of a file cannot be used. */
    void add(Path file, int line, @Nullable String what) {
        count++;
        if (count <= MOST) {
            out.printf("route-check: %s line %d: %s%n", file, line, what);
        } else if (count == MOST + 1) {
            out.println("route-check: there are more lines that cannot be used");
        }
    }

    int count() {
        return count;
    }
}
