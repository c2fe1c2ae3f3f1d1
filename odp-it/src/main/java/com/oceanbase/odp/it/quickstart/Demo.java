package com.oceanbase.odp.it.quickstart;

import com.oceanbase.odp.server.ProxyServer;
import com.oceanbase.odp.server.ServerOptions;
import com.oceanbase.odp.server.StartFailure;
import com.oceanbase.odp.testkit.cluster.ClusterOptions;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The demo cluster named {@code demo}, ODP in front of it, and what is done with them. */
final class Demo implements AutoCloseable {
    static final String CLUSTER = "demo";

    private final int port;
    private final int nodes;
    private final int nodePort;
    private final PrintStream out;
    private @Nullable TestCluster cluster;
    private @Nullable ProxyServer proxy;
    private @Nullable Path home;
    private boolean closed;

    Demo(int port, int nodes, int nodePort, PrintStream out) {
        this.port = port;
        this.nodes = nodes;
        this.nodePort = nodePort;
        this.out = out;
    }

    /** Starts kernel, nodes and ODP. */
    synchronized void start() throws DemoFailure {
        requirePortFree();
        try {
            out.println("starting " + nodes + " nodes of cluster " + CLUSTER
                    + " (the first time the kernel, 126 MB, is fetched)");
            TestCluster started = TestCluster.start(
                    ClusterOptions.named(CLUSTER).withNodes(nodes).withPort(nodePort));
            cluster = started;
            Path directory = Files.createTempDirectory("odp-quickstart");
            home = directory;
            proxy = ProxyServer.start(ServerOptions.of(
                    directory,
                    port,
                    started.rootServiceList(),
                    CLUSTER,
                    Map.of("observer_sys_password", "", "obproxy_sys_password", "", "app_name", "quickstart")));
            out.println("ODP serves port " + port);
        } catch (IllegalStateException | StartFailure | IOException e) {
            close();
            throw new DemoFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void requirePortFree() throws DemoFailure {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
            probe.setReuseAddress(true);
        } catch (IOException e) {
            throw new DemoFailure("port " + port + " is in use: choose another one with --port N", e);
        }
    }

    /** Runs the workload and prints the report. Returns whether every check held. */
    boolean run() throws DemoFailure {
        TestCluster running = cluster;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        try {
            Workload workload = new Workload(running, port);
            workload.prepare();
            out.println("running the workload");
            WorkloadResult result = workload.run();
            List<Check> checks = new Checks(running, port, result).all();
            new Report(running, result, checks).print(out);
            return checks.stream().allMatch(Check::held);
        } catch (SQLException e) {
            throw new DemoFailure("the workload failed: " + e.getErrorCode() + " " + e.getMessage(), e);
        }
    }

    void printHowToConnect() {
        out.println();
        out.println("ODP stays up. Connect with any MySQL client, for example");
        out.println("  mysql -h127.0.0.1 -P" + port + " -uroot@sys#" + CLUSTER);
        out.println("and look at the proxy itself with");
        out.println("  mysql -h127.0.0.1 -P" + port + " -uroot@proxysys");
        out.println("Ctrl-C ends everything.");
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (proxy != null) {
            proxy.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        if (home != null) {
            deleteTree(home);
        }
    }

    private static void deleteTree(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
