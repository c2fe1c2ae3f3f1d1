package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.HomeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code restart}: stop, then start with the options given, or with those of the last start when none is given. */
@Command(name = "restart", description = "stop, then start; without options as at the last start")
final class RestartCommand implements Callable<Integer> {
    private static final long STOP_TIMEOUT_SECONDS = 30;
    private static final List<String> FOREGROUND = List.of("-N", "--nodaemon");

    private final List<String> rawArguments;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final StartArguments arguments = new StartArguments();

    RestartCommand(List<String> rawArguments) {
        this.rawArguments = List.copyOf(rawArguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<HomeDirectory> running = arguments.instance().candidates();
        if (running.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "several proxies run, choose one with -p or --home: " + Instances.list(running));
        }
        HomeDirectory home = running.isEmpty() ? arguments.instance().home() : running.getFirst();
        List<String> startArguments = arguments.namesOnlyTheInstance() ? lastArguments(home) : rawArguments;
        int stopped = StopCommand.stop(spec, home, STOP_TIMEOUT_SECONDS);
        if (stopped != ExitCode.OK) {
            return stopped;
        }
        var command = new ArrayList<String>(List.of("start"));
        if (arguments.foreground()) {
            command.add("-N");
        }
        command.addAll(startArguments);
        command.add("--home=" + home.path());
        return ObProxyMain.run(
                command, spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    private List<String> lastArguments(HomeDirectory home) throws IOException {
        if (!Files.isReadable(home.argumentFile())) {
            return rawArguments;
        }
        return Files.readAllLines(home.argumentFile()).stream()
                .filter(argument -> !FOREGROUND.contains(argument))
                .toList();
    }
}
