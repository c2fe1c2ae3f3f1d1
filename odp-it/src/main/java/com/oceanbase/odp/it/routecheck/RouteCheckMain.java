package com.oceanbase.odp.it.routecheck;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry of {@code odp route-check}. */
@Command(
        name = "odp route-check",
        description = {
            "Calculates the partitions of recorded statements and compares them with those that a real kernel used.",
            "Status 0 if no answer is wrong, 1 if one is, 2 if a file or a line of one cannot be read."
        },
        footer = {
            "",
            "How a statement comes out:",
            "  exact     each partition that ODP would choose is one that the kernel uses, or the kernel refuses the statement",
            "  superset  the right partition is among those that ODP names, but ODP names others, too",
            "  unknown   ODP says that it cannot tell the partitions",
            "  wrong     ODP names partitions of which none is right"
        },
        sortOptions = false)
public final class RouteCheckMain implements Callable<Integer> {
    @Option(
            names = "--tables",
            required = true,
            paramLabel = "FILE",
            description = "table designs, one JSON object a line")
    private Path tables = Path.of("tables.jsonl");

    @Option(
            names = "--vectors",
            required = true,
            paramLabel = "FILE",
            description = "statements, one JSON object a line")
    private Path vectors = Path.of("vectors.jsonl");

    @Option(names = "--report", paramLabel = "FILE", description = "where to write the numbers as JSON")
    private @org.jspecify.annotations.Nullable Path report;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "50",
            description = "wrong answers to print (default 50)")
    private int shown;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help")
    private boolean help;

    private final PrintStream out = System.out;

    /** Entry of the launcher. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RouteCheckMain()).execute(arguments));
    }

    @Override
    public Integer call() {
        Problems problems = new Problems(System.err);
        for (Path file : List.of(tables, vectors)) {
            if (Files.isDirectory(file)) {
                return failed(file + " is a directory");
            }
        }
        try {
            Map<String, PartitionedTable> designs = TableFile.read(tables, problems);
            if (designs.isEmpty()) {
                return failed(tables + " describes no table");
            }
            CheckReport result = new RouteCheck(designs, problems).run(vectors);
            if (result.isEmpty()) {
                return failed(vectors + " has no statement");
            }
            result.print(out, shown);
            if (report != null) {
                result.write(report);
            }
            if (result.count(Verdict.WRONG) > 0) {
                return 1;
            }
            return problems.count() == 0 ? 0 : 2;
        } catch (NoSuchFileException e) {
            return failed("there is no file " + e.getMessage());
        } catch (IOException e) {
            return failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static int failed(String what) {
        System.err.println("route-check: " + what);
        return 2;
    }
}
