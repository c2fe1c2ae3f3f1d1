package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.ClusterOptions;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a cluster in this process until Ctrl-C, or as a daemon. */
@Command(name = "start", description = "Start a cluster and keep it until Ctrl-C, or leave it behind with --daemon.")
final class StartCommand implements Callable<Integer> {

    private static final int DAEMON_START_SECONDS = 180;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "Name of the cluster (default: ${DEFAULT-VALUE}).")
    private String name = "demo";

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "Number of nodes (default: 3).")
    private int nodes;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "2881",
            description = "MySQL port of every node, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--addresses",
            paramLabel = "IP",
            split = ",",
            description = "Loopback addresses of the nodes (default: 127.0.0.1, 127.0.0.2, ...).")
    private List<String> addresses = List.of();

    @Option(
            names = "--tenants",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "sys,app",
            description = "Names of the tenant (default: ${DEFAULT-VALUE}).")
    private List<String> tenants = List.of("sys");

    @Option(
            names = "--numeric-variables",
            description = "Tell session variables as numbers, as several real servers do.")
    private boolean numericVariables;

    @Option(names = "--no-partition-feedback", description = "Do not tell proxies about partition misses.")
    private boolean noFeedback;

    @Option(
            names = {"-d", "--daemon"},
            description = "Return when the cluster is up and leave it running.")
    private boolean daemon;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path socket = RunDirectory.ofUser().socket(name);
        if (ControlSocket.isAlive(socket)) {
            throw new IllegalStateException("a cluster named " + name + " is running already");
        }
        return daemon ? launch(socket, out) : stay(socket, out);
    }

    private int stay(Path socket, PrintWriter out) throws IOException, InterruptedException {
        ClusterOptions options = ClusterOptions.named(name)
                .withNodes(nodes)
                .withPort(port)
                .withAddresses(addresses)
                .withTenants(tenants)
                .withNumericVariables(numericVariables)
                .withPartitionFeedback(!noFeedback);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stopped.countDown();
            await(closed);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try (TestCluster cluster = TestCluster.start(options);
                ControlSocket _ = ControlSocket.open(cluster, socket)) {
            StopCommand.onStop(stopped::countDown);
            out.println("cluster " + name + " is up, kernel on 127.0.0.1:"
                    + cluster.kernel().port());
            for (Node node : cluster.nodes()) {
                out.println(
                        "node " + node.number() + ": mysql -h" + node.address() + " -P" + node.port() + " -uroot@sys");
            }
            out.println("root service list: " + cluster.rootServiceList());
            stopped.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                System.err.println("the cluster does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int launch(Path socket, PrintWriter out) throws IOException, InterruptedException {
        Path log = RunDirectory.ofUser().log(name);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        command.add(ClusterMain.class.getName());
        command.addAll(spec.commandLine().getParent().getParseResult().originalArgs());
        command.removeIf(argument -> argument.equals("-d") || argument.equals("--daemon"));
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DAEMON_START_SECONDS);
        while (!Files.exists(socket) || !ControlSocket.isAlive(socket)) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(Files.readString(log).strip());
            }
            if (System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException(
                        "the cluster did not start in " + DAEMON_START_SECONDS + " s, see " + log);
            }
        }
        out.println("cluster " + name + " is up as process " + process.pid() + ", log " + log);
        return ControlSocket.send(socket, name, List.of("status", "-c", name), out);
    }
}
