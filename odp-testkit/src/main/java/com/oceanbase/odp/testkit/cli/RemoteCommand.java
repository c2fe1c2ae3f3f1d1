package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/**
 * A command for a running cluster: parsed here for its help and errors, carried out in the cluster's process, where the
 * same arguments are parsed again.
 */
abstract class RemoteCommand {

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "Name of the cluster (default: ${DEFAULT-VALUE}).")
    private String clusterName = "demo";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    String clusterName() {
        return clusterName;
    }

    boolean asksForHelp() {
        return help;
    }

    /** Carries the command out and returns the exit status. */
    abstract int run(TestCluster cluster, PrintWriter out);
}
