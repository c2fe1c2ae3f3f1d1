package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.benchmark.backend.CannedMain;
import com.oceanbase.odp.testkit.cli.ClusterMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What answers in the end: a cluster named {@value #CLUSTER} of one or two servers with the tenant {@value #TENANT}.
 *
 * @param hosts loopback addresses of the servers
 * @param port the same of both
 */
public record Backend(List<String> hosts, int port) {
    /** Name of the cluster. */
    public static final String CLUSTER = "bench";

    /** Name of the tenant. */
    public static final String TENANT = "app";

    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");
    private static final int KERNEL_START_SECONDS = 180;
    private static final int CANNED_START_SECONDS = 30;

    /**
     * The one that answers from memory.
     *
     * @param servers how many, at most two
     */
    public static Backend canned(Children children, Cpus cpus, int servers) throws IOException, InterruptedException {
        int port = freePort();
        List<String> hosts = HOSTS.subList(0, servers);
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(port)));
        arguments.addAll(hosts);
        Process process = children.startTalking(
                "canned",
                cpus.load(),
                JavaCommand.of(CannedMain.class, List.of("-Xmx512m", "-XX:+UseSerialGC"), arguments));
        new Readiness(children, "canned", process).awaitGreeting(hosts.getLast(), port, CANNED_START_SECONDS);
        return new Backend(hosts, port);
    }

    /** The test cluster before a real kernel, with tables and rows. */
    public static Backend kernel(Children children, Cpus cpus) throws IOException, InterruptedException {
        int port = freePort();
        String cluster = CLUSTER;
        Process process = children.start(
                "kernel",
                cpus.load(),
                JavaCommand.of(
                        ClusterMain.class,
                        List.of("-Xmx512m"),
                        List.of("start", "-c", cluster, "--nodes", "2", "--port", Integer.toString(port))),
                Map.of());
        new Readiness(children, "kernel", process).awaitGreeting(HOSTS.getLast(), port, KERNEL_START_SECONDS);
        KernelTables.create(HOSTS.getFirst(), port);
        return new Backend(HOSTS, port);
    }

    /** A port that nothing listens on at this time. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** {@code host:port} of all servers, with a separator between them. */
    public String addresses(String separator) {
        return String.join(
                separator, hosts.stream().map(host -> host + ":" + port).toList());
    }

    /** The backend itself as a target. */
    public Target direct() {
        return new Target(Target.DIRECT, hosts.getFirst(), port, "root@" + TENANT, 0, null);
    }
}
