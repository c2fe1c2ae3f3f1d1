package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.LogFiles;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line. Options without a command mean {@code start}, as for the original's binary. Exit codes: 0 success, 1
 * failure, 2 wrong usage, 3 not running.
 */
@Command(
        name = "odp",
        description = "OceanBase Database Proxy",
        footer = {
            "",
            "Example:",
            "  odp start -p 2883 -c demo -n app -r '127.0.0.1:2881;127.0.0.2:2881' -o enable_cluster_checkout=false",
            "  mysql -h127.0.0.1 -P2883 -uroot@sys#demo"
        })
public final class ObProxyMain implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ObProxyMain() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        LogFiles.useAsynchronousLoggers();
        int code = run(List.of(arguments), new PrintWriter(System.out, true), new PrintWriter(System.err, true));
        System.exit(code);
    }

    /**
     * Runs one command.
     *
     * @return its exit code
     */
    static int run(List<String> arguments, PrintWriter out, PrintWriter err) {
        var command = new ArrayList<>(arguments);
        if (!command.isEmpty() && command.getFirst().startsWith("-") && !isHelp(command.getFirst())) {
            command.addFirst("start");
        }
        List<String> rest = command.isEmpty() ? List.of() : command.subList(1, command.size());
        CommandLine line = new CommandLine(new ObProxyMain())
                .addSubcommand(withHelp(new StartCommand(rest)))
                .addSubcommand(withHelp(new StopCommand()))
                .addSubcommand(withHelp(new RestartCommand(rest)))
                .addSubcommand(withHelp(new StatusCommand()))
                .addSubcommand(withHelp(new VersionCommand()))
                .addSubcommand(new CommandLine.HelpCommand());
        line.getCommandSpec().addOption(helpOption());
        line.setOverwrittenOptionsAllowed(true);
        line.setExpandAtFiles(false);
        line.setOut(out).setErr(err);
        line.setParameterExceptionHandler((wrong, parsed) -> {
            err.println("odp: " + wrong.getMessage());
            wrong.getCommandLine().usage(err);
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, at, parsed) -> {
            err.println("odp: " + reason(failure));
            return ExitCode.FAILURE;
        });
        return line.execute(command.toArray(String[]::new));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException file -> file.getFile() + ": " + file.getReason();
            case IllegalArgumentException wrong -> String.valueOf(wrong.getMessage());
            default -> failure.toString();
        };
    }

    private static boolean isHelp(String argument) {
        return argument.equals("-h") || argument.equals("--help");
    }

    private static CommandLine withHelp(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().addOption(helpOption());
        return line;
    }

    private static CommandLine.Model.OptionSpec helpOption() {
        return CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("print this help")
                .build();
    }

    /** {@code version}. */
    @Command(name = "version", description = "print the version")
    static final class VersionCommand implements Runnable {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().getOut().println(ProductVersion.line());
        }
    }
}
