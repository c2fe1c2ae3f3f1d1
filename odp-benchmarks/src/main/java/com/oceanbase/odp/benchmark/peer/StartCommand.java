package com.oceanbase.odp.benchmark.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The command line of {@code odp start} in the foreground, before a backend. */
public final class StartCommand {
    private StartCommand() {}

    /**
     * The command.
     *
     * @param launcher the executable {@code odp}
     * @param port where it is to listen
     * @param home its own directory
     * @param options further options, with any number of {@code -o}
     */
    public static List<String> of(Path launcher, int port, Path home, Backend backend, String... options) {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(),
                "start",
                "-N",
                "-p",
                Integer.toString(port),
                "-n",
                "bench",
                "-c",
                Backend.CLUSTER,
                "-r",
                backend.addresses(";"),
                "--home",
                home.toString()));
        command.addAll(withOneList(Arrays.asList(options)));
        return command;
    }

    /** The options with all lists of parameters as one, as the command takes it; the clusters here have no password. */
    private static List<String> withOneList(List<String> options) {
        List<String> others = new ArrayList<>();
        List<String> parameters = new ArrayList<>(List.of("observer_sys_password="));
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i).equals("-o") && i + 1 < options.size()) {
                parameters.add(options.get(++i));
            } else {
                others.add(options.get(i));
            }
        }
        return Stream.concat(others.stream(), Stream.of("-o", String.join(",", parameters)))
                .toList();
    }
}
