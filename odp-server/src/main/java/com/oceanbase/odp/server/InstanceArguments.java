package com.oceanbase.odp.server;

import com.oceanbase.odp.server.process.HomeDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which instance a command means. Filled by the command-line parser. */
final class InstanceArguments {
    @Option(
            names = {"-p", "--listen_port"},
            paramLabel = "LPORT",
            converter = PortConverter.class,
            description = "port of the SQL service (1025..65535)")
    private int listenPort;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "directory with etc/, log/, run/ (default: $OBPROXY_ROOT, else odp[-PORT] in the user state directory)")
    private @Nullable Path home;

    int listenPort() {
        return listenPort;
    }

    HomeDirectory home() {
        return HomeDirectory.choose(home, listenPort, System.getenv());
    }

    /**
     * The instances that are meant: the named one, whether it runs or not, else all that run.
     *
     * @throws IllegalArgumentException no home directory can be found
     */
    List<HomeDirectory> candidates() throws IOException {
        HomeDirectory named = home();
        boolean chosen = home != null || listenPort != 0 || System.getenv(HomeDirectory.ENVIRONMENT) != null;
        return chosen ? List.of(named) : HomeDirectory.running(System.getenv());
    }
}
