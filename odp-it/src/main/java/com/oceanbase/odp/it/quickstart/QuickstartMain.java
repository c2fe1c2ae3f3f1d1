package com.oceanbase.odp.it.quickstart;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows a newcomer in a minute what ODP does, on a real kernel, and stays up for a look around. */
@Command(
        name = "odp quickstart",
        description = "Starts a demo cluster and ODP, runs a small workload, prints a report and stays up.",
        sortOptions = false)
public final class QuickstartMain implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;

    @Option(names = "--once", description = "end after the report, with status 0 only if every check held")
    private boolean once;

    @Option(names = "--port", paramLabel = "N", defaultValue = "2883", description = "ODP's port (default 2883)")
    private int port;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "nodes of the cluster (default 3)")
    private int nodes;

    @Option(
            names = "--node-port",
            paramLabel = "N",
            defaultValue = "2881",
            description = "port of the nodes on 127.0.0.1, 127.0.0.2, … (default 2881)")
    private int nodePort;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this help")
    private boolean help;

    private final PrintStream out = System.out;

    /** Entry of the launcher. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new QuickstartMain()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 1 || port > MAX_PORT || nodePort < 1 || nodePort > MAX_PORT || nodes < 1) {
            System.err.println("quickstart: ports are 1 to 65535, and a cluster has at least one node");
            return CommandLine.ExitCode.USAGE;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Demo demo = new Demo(port, nodes, nodePort, out);
        Thread closer = new Thread(
                () -> {
                    demo.close();
                    stopped.countDown();
                },
                "quickstart-stop");
        Runtime.getRuntime().addShutdownHook(closer);
        boolean held;
        try {
            demo.start();
            held = demo.run();
        } catch (DemoFailure failure) {
            System.err.println("quickstart: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (!once) {
            demo.printHowToConnect();
            stopped.await();
        }
        return held ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
