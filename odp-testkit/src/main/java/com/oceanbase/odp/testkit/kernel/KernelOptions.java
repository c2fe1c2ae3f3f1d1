package com.oceanbase.odp.testkit.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to start a kernel.
 *
 * @param clusterName name of the cluster, which a login's {@code __cluster_name} must match
 * @param port MySQL port, 0 for a free one
 * @param directory directory under which the kernel's data directory is made and deleted again
 * @param parameters further {@code name=value} start parameters
 * @param startLimit how long it may take until the kernel answers a query
 */
public record KernelOptions(
        String clusterName, int port, Path directory, List<String> parameters, Duration startLimit) {

    /** Smallest sizes with which the kernel starts; a log disk of 1 GB is too small (its error -4736). */
    private static final List<String> SMALL = List.of("memory_limit=1G", "datafile_size=1G", "log_disk_size=2G");

    public KernelOptions {
        parameters = List.copyOf(parameters);
    }

    /** A small kernel on a free port with its data in the system's directory for temporary files. */
    public static KernelOptions small(String clusterName) {
        return new KernelOptions(
                clusterName, 0, Path.of(System.getProperty("java.io.tmpdir")), SMALL, Duration.ofSeconds(120));
    }

    public KernelOptions withPort(int newPort) {
        return new KernelOptions(clusterName, newPort, directory, parameters, startLimit);
    }

    public KernelOptions withDirectory(Path newDirectory) {
        return new KernelOptions(clusterName, port, newDirectory, parameters, startLimit);
    }
}
