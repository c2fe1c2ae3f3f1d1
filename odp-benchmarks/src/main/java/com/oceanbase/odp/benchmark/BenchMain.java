package com.oceanbase.odp.benchmark;

import java.nio.file.Path;
import picocli.CommandLine;

/** Entry point of {@code ./odp bench}. */
public final class BenchMain {
    private BenchMain() {}

    /** The environment variable {@code ODP_TREE} names the root of the source tree. */
    public static void main(String[] arguments) {
        String tree = System.getenv().getOrDefault("ODP_TREE", ".");
        CommandLine line = BenchCommand.commandLine(Path.of(tree).toAbsolutePath());
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            command.getErr().println("odp bench: " + problem.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }
}
