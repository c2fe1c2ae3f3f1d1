package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.HomeDirectory;
import com.oceanbase.odp.server.process.PidFile;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code status}: what runs; exit code 0 when something does, 3 when nothing does. */
@Command(name = "status", description = "say whether the proxy runs; exit code 0 if it does, 3 if not")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final InstanceArguments instance = new InstanceArguments();

    @Override
    public Integer call() throws IOException {
        boolean any = false;
        for (HomeDirectory home : instance.candidates()) {
            Optional<PidFile.Entry> entry = home.pidFile().read();
            if (entry.isPresent()) {
                any = true;
                spec.commandLine().getOut().println(Instances.describe(home, entry.get(), Instant.now()));
            }
        }
        if (!any) {
            spec.commandLine().getOut().println("ODP is not running");
        }
        return any ? ExitCode.OK : ExitCode.NOT_RUNNING;
    }
}
