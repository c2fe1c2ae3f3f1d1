package com.oceanbase.odp.server.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one proxy instance: {@code etc/} saved configuration, {@code log/} log files, {@code run/} pid file.
 *
 * @param path absolute path
 */
public record HomeDirectory(Path path) {
    /** The original's variable for the root of its layout (high-availability of the original, ob_layout.cpp). */
    public static final String ENVIRONMENT = "OBPROXY_ROOT";

    private static final String NAME = "odp";

    public Path etc() {
        return path.resolve("etc");
    }

    public Path log() {
        return path.resolve("log");
    }

    public Path run() {
        return path.resolve("run");
    }

    public PidFile pidFile() {
        return new PidFile(run().resolve("obproxy.pid"));
    }

    /** The arguments of the last start, one a line; {@code restart} without options repeats them. */
    public Path argumentFile() {
        return run().resolve("obproxy.args");
    }

    /** What a background process prints before its log is open, or when the JVM itself fails. */
    public Path consoleFile() {
        return log().resolve("obproxy.out");
    }

    /** Creates the directories that are missing. */
    public void create() throws IOException {
        Files.createDirectories(etc());
        Files.createDirectories(log());
        Files.createDirectories(run());
    }

    /**
     * Chooses the home of an instance: the option, else {@value #ENVIRONMENT}, else a directory of the user's state
     * directory, one for each port.
     *
     * @param option value of {@code --home}, or null
     * @param port value of {@code -p}, or 0
     * @throws IllegalArgumentException no directory can be derived from the environment
     */
    public static HomeDirectory choose(@Nullable Path option, int port, Map<String, String> environment) {
        if (option != null) {
            return new HomeDirectory(option.toAbsolutePath().normalize());
        }
        String root = environment.get(ENVIRONMENT);
        if (root != null && !root.isEmpty()) {
            return new HomeDirectory(Path.of(root).toAbsolutePath().normalize());
        }
        return new HomeDirectory(stateDirectory(environment).resolve(port == 0 ? NAME : NAME + "-" + port));
    }

    /** The instances of this user that run now, by their default homes. */
    public static List<HomeDirectory> running(Map<String, String> environment) throws IOException {
        Path state = stateDirectory(environment);
        var homes = new ArrayList<HomeDirectory>();
        if (Files.isDirectory(state)) {
            try (Stream<Path> entries = Files.list(state)) {
                for (Path entry : entries.sorted().toList()) {
                    var home = new HomeDirectory(entry);
                    if (isInstanceName(entry.getFileName().toString())
                            && home.pidFile().read().isPresent()) {
                        homes.add(home);
                    }
                }
            }
        }
        return homes;
    }

    private static boolean isInstanceName(String name) {
        return name.equals(NAME) || name.matches(NAME + "-[0-9]+");
    }

    private static Path stateDirectory(Map<String, String> environment) {
        try {
            // A relative path is to be ignored by the XDG rules.
            String state = environment.get("XDG_STATE_HOME");
            if (state != null && Path.of(state).isAbsolute()) {
                return Path.of(state);
            }
            String user = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
            if (!user.isEmpty() && Files.isDirectory(Path.of(user))) {
                return Path.of(user).toAbsolutePath().resolve(".local/state");
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("wrong path in XDG_STATE_HOME or HOME: " + e.getInput(), e);
        }
        throw new IllegalArgumentException("no home directory for this user: give --home DIR or set " + ENVIRONMENT);
    }
}
