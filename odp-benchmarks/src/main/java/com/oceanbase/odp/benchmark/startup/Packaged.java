package com.oceanbase.odp.benchmark.startup;

import com.oceanbase.odp.benchmark.peer.Backend;
import com.oceanbase.odp.benchmark.peer.Children;
import com.oceanbase.odp.benchmark.peer.Readiness;
import com.oceanbase.odp.benchmark.peer.StartCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A running ODP of an unpacked package.
 *
 * @param name its name among the children
 * @param port where it listens
 * @param process of the JVM
 * @param children that it belongs to
 */
record Packaged(String name, int port, Process process, Children children) {
    static final String HOST = "127.0.0.1";
    static final String USER = "root@" + Backend.TENANT + "#" + Backend.CLUSTER;
    private static final int START_SECONDS = 60;

    /**
     * Starts it in the foreground.
     *
     * @param home directory of the package
     * @param jvmOptions further options, separated by blanks
     */
    static Packaged start(Path home, Backend backend, Children children, String jvmOptions) throws IOException {
        int port = Backend.freePort();
        String name = "packaged-" + port;
        Path state = Files.createDirectories(children.directory().resolve(name));
        List<String> command = StartCommand.of(home.resolve("bin/odp"), port, state, backend);
        Process process = children.start(name, "", command, Map.of("ODP_JAVA_OPTS", jvmOptions));
        return new Packaged(name, port, process, children);
    }

    /** Waits until the first client has logged in to a server through it. */
    void awaitLogin() throws IOException, InterruptedException {
        new Readiness(children, name, process).awaitLogin(HOST, port, START_SECONDS, USER);
    }
}
