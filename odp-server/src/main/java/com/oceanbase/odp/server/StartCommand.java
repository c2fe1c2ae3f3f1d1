package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.BackgroundProcess;
import com.oceanbase.odp.server.process.HomeDirectory;
import com.oceanbase.odp.server.process.LogFiles;
import com.oceanbase.odp.server.process.PidFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code start}: in the background, or with {@code -N} in this process. */
@Command(name = "start", description = "start the proxy; in the background unless -N is given")
final class StartCommand implements Callable<Integer> {
    private final List<String> rawArguments;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final StartArguments arguments = new StartArguments();

    /**
     * @param rawArguments what follows the word {@code start} on the command line
     */
    StartCommand(List<String> rawArguments) {
        this.rawArguments = List.copyOf(rawArguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (arguments.version()) {
            spec.commandLine().getOut().println(ProductVersion.line());
            return ExitCode.OK;
        }
        if (arguments.release()) {
            spec.commandLine().getOut().println(ProductVersion.number());
            return ExitCode.OK;
        }
        ServerOptions options;
        try {
            options = arguments.toOptions(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (options.dumpConfigSql() || options.executeConfigSql()) {
            spec.commandLine().getErr().println("odp: -d and -e have no effect: there is no metadata database yet");
        }
        var home = new HomeDirectory(options.home());
        home.create();
        return arguments.foreground() ? serve(home, options) : startInBackground(home);
    }

    private int startInBackground(HomeDirectory home) throws IOException, InterruptedException {
        Optional<PidFile.Entry> other = home.pidFile().read();
        if (other.isPresent()) {
            return refuseSecondStart(home, other.get());
        }
        var childArguments = new ArrayList<String>(List.of("start", "-N"));
        childArguments.addAll(rawArguments);
        childArguments.add("--home=" + home.path());
        var child = BackgroundProcess.start(home, ObProxyMain.class, childArguments);
        Optional<PidFile.Entry> serving = child.awaitServing();
        if (serving.isEmpty()) {
            spec.commandLine().getErr().println(child.console());
            return child.exitCode() == ExitCode.OK ? ExitCode.FAILURE : child.exitCode();
        }
        spec.commandLine()
                .getOut()
                .println(started(home, serving.get().address(), serving.get().pid()));
        return ExitCode.OK;
    }

    private int serve(HomeDirectory home, ServerOptions options) throws IOException, InterruptedException {
        Optional<PidFile.Held> held = home.pidFile().acquire();
        if (held.isEmpty()) {
            return refuseSecondStart(home, home.pidFile().peek().orElse(new PidFile.Entry(0, "", Instant.EPOCH)));
        }
        try (PidFile.Held pidFile = held.get()) {
            saveArguments(home);
            boolean console = !BackgroundProcess.isThisProcess();
            LogFiles.open(home.log(), console);
            Logger log = LoggerFactory.getLogger(ObProxyMain.class);
            log.info("{} starts, home {}", ProductVersion.line(), home.path());
            try (ProxyServer server = ProxyServer.start(options)) {
                var stop = new StopOnSignal(server, pidFile);
                Runtime.getRuntime().addShutdownHook(stop);
                String address = text(server.address());
                pidFile.write(address);
                log.info(started(home, address, ProcessHandle.current().pid()));
                // From here on the shutdown hook closes the log: it has the last words.
                server.awaitTermination();
            }
            return ExitCode.OK;
        } catch (StartFailure e) {
            LoggerFactory.getLogger(ObProxyMain.class).error("not started", e);
            LogFiles.close();
            spec.commandLine().getErr().println("odp: " + e.getMessage());
            return ExitCode.FAILURE;
        }
    }

    private int refuseSecondStart(HomeDirectory home, PidFile.Entry other) {
        spec.commandLine()
                .getErr()
                .println("odp: already running in " + home.path() + ", pid " + other.pid()
                        + (other.address().isEmpty() ? "" : ", serves " + other.address()));
        return ExitCode.FAILURE;
    }

    private static String started(HomeDirectory home, String address, long pid) {
        return "ODP serves " + address + ", pid " + pid + ", home " + home.path();
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Readable by the owner only: the list may carry password hashes. */
    private void saveArguments(HomeDirectory home) throws IOException {
        Files.deleteIfExists(home.argumentFile());
        Files.createFile(
                home.argumentFile(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(home.argumentFile(), rawArguments);
    }
}
