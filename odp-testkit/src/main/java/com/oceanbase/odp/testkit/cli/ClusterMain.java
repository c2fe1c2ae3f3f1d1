package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Entry point of the command {@code cluster}. Exit status: 0 done, 1 failed with one line, 2 wrong usage. */
@Command(
        name = "cluster",
        description = "A test cluster: OBServer nodes on loopback addresses before one real kernel.",
        subcommands = {
            StartCommand.class,
            StopCommand.class,
            StatusCommand.class,
            JournalCommand.class,
            LeaderCommand.class,
            FaultCommand.class
        })
public final class ClusterMain implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** Runs the command and exits with its status. */
    public static void main(String[] args) {
        int status = run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args);
        System.exit(status);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), help ? "" : "say what to do");
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new ClusterMain()).setOut(out).setErr(err);
        line.setExecutionStrategy(result -> execute(result, List.of(args), out));
        line.setExecutionExceptionHandler((e, _, _) -> {
            err.println(e.getMessage());
            return 1;
        });
        try {
            return line.execute(args);
        } catch (IllegalStateException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static int execute(ParseResult result, List<String> args, PrintWriter out) {
        ParseResult last = last(result);
        if (last.commandSpec().userObject() instanceof RemoteCommand remote && !remote.asksForHelp()) {
            String name = remote.clusterName();
            return ControlSocket.send(RunDirectory.ofUser().socket(name), name, args, out);
        }
        return new CommandLine.RunLast().execute(result);
    }

    /** In the cluster's process: parses the arguments of a remote command again and carries it out. */
    static int carryOut(List<String> args, TestCluster cluster, PrintWriter out) {
        ParseResult result = new CommandLine(new ClusterMain()).parseArgs(args.toArray(String[]::new));
        Object command = last(result).commandSpec().userObject();
        if (command instanceof RemoteCommand remote) {
            return remote.run(cluster, out);
        }
        throw new IllegalStateException("not a command for a running cluster: " + args);
    }

    private static ParseResult last(ParseResult result) {
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }
}
