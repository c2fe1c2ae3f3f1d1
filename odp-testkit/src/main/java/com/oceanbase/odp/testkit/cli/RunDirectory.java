package com.oceanbase.odp.testkit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where running clusters leave their control sockets and logs: {@code $XDG_RUNTIME_DIR/odp}, else
 * {@code ~/.local/state/odp/run}.
 */
record RunDirectory(Path path) {

    static RunDirectory ofUser() {
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "");
        Path path = runtime.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "odp", "run")
                : Path.of(runtime, "odp");
        try {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new IllegalStateException("cannot make the directory " + path + ": " + e.getMessage(), e);
        }
        return new RunDirectory(path);
    }

    Path socket(String cluster) {
        return path.resolve(file(cluster) + ".sock");
    }

    Path log(String cluster) {
        return path.resolve(file(cluster) + ".log");
    }

    private static String file(String cluster) {
        if (!cluster.matches("[A-Za-z0-9_.-]{1,40}")) {
            throw new IllegalStateException("a cluster's name has letters, digits, '_', '.' and '-': " + cluster);
        }
        return "cluster-" + cluster;
    }
}
