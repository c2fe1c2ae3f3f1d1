package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.HomeDirectory;
import com.oceanbase.odp.server.process.PidFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stop}: SIGTERM to the process of the pid file, then waits for its end. */
@Command(name = "stop", description = "stop the running proxy and wait for its end")
final class StopCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final InstanceArguments instance = new InstanceArguments();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "how long to wait for the end (default: ${DEFAULT-VALUE})")
    private long timeoutSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<HomeDirectory> homes = instance.candidates();
        if (homes.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "several proxies run, choose one with -p or --home: " + Instances.list(homes));
        }
        if (homes.isEmpty()) {
            spec.commandLine().getOut().println("ODP is not running");
            return ExitCode.OK;
        }
        return stop(spec, homes.getFirst(), timeoutSeconds);
    }

    /** Stops one instance; not running is a success. */
    static int stop(CommandSpec spec, HomeDirectory home, long timeoutSeconds)
            throws IOException, InterruptedException {
        Optional<PidFile.Entry> entry = home.pidFile().read();
        if (entry.isEmpty()) {
            spec.commandLine().getOut().println("ODP is not running in " + home.path());
            return ExitCode.OK;
        }
        long pid = entry.get().pid();
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent() && !end(process.get(), timeoutSeconds)) {
            spec.commandLine()
                    .getErr()
                    .println("odp: process " + pid + " has not ended after " + timeoutSeconds + " s");
            return ExitCode.FAILURE;
        }
        spec.commandLine().getOut().println("ODP stopped, pid " + pid);
        return ExitCode.OK;
    }

    private static boolean end(ProcessHandle process, long timeoutSeconds) throws InterruptedException {
        if (!process.destroy()) {
            return !process.isAlive();
        }
        try {
            process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
