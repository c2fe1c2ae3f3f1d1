package com.oceanbase.odp.it.recording;

import com.oceanbase.odp.testkit.kernel.Kernel;
import com.oceanbase.odp.testkit.kernel.KernelDistribution;
import com.oceanbase.odp.testkit.kernel.KernelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry of {@code odp route-record}. */
@Command(
        name = "odp route-record",
        description = {
            "Makes random tables and statements, runs them on the test cluster's kernel and records which partitions it uses.",
            "The files have the form that route-check reads. The same seed makes the same tables and statements."
        },
        sortOptions = false)
public final class RouteRecordMain implements Callable<Integer> {
    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "seed of all choices (default 1)")
    private long seed;

    @Option(names = "--tables", paramLabel = "COUNT", defaultValue = "30", description = "tables to make (default 30)")
    private int tables;

    @Option(
            names = "--statements",
            paramLabel = "COUNT",
            defaultValue = "100",
            description =
                    "statements for each table beside its seed rows; those that the kernel refuses are left out (default 100)")
    private int statements;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "directory for tables.jsonl and vectors.jsonl")
    private Path directory = Path.of(".");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help")
    private boolean help;

    /** Entry of the launcher. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RouteRecordMain()).execute(arguments));
    }

    @Override
    public Integer call() {
        Recorder.Plan plan = new Recorder.Plan(seed, tables, statements);
        try (Kernel kernel = Kernel.start(KernelDistribution.locate(), KernelOptions.small("recording"));
                Recorder recorder = new Recorder(kernel.port(), plan, directory)) {
            Recorder.Result result = recorder.record();
            System.out.printf("%d tables, %d statements in %s%n", result.tables(), result.statements(), directory);
            return 0;
        } catch (IOException | IllegalStateException e) {
            System.err.println("route-record: " + e.getMessage());
            return 2;
        }
    }
}
