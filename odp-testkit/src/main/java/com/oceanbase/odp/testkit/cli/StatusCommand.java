package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.NodeCounters;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Shows nodes and counters. */
@Command(name = "status", description = "Show a running cluster's nodes and counters.")
final class StatusCommand extends RemoteCommand {

    @Override
    int run(TestCluster cluster, PrintWriter out) {
        out.println("cluster " + cluster.name() + ", kernel 127.0.0.1:"
                + cluster.kernel().port() + " pid " + cluster.kernel().pid() + ", crashes "
                + cluster.kernel().crashes());
        out.println(String.format(
                Locale.ROOT,
                "%-4s %-22s %-9s %8s %8s %8s %8s %8s",
                "node",
                "address",
                "state",
                "sessions",
                "commands",
                "errors",
                "hits",
                "misses"));
        for (Node node : cluster.nodes()) {
            NodeCounters.Snapshot counters = node.counters().snapshot();
            String state = node.faults().isFrozen() ? "frozen" : node.isListening() ? "up" : "down";
            out.println(String.format(
                    Locale.ROOT,
                    "%-4d %-22s %-9s %8d %8d %8d %8d %8d",
                    node.number(),
                    node.endpoint(),
                    state,
                    node.sessionCount(),
                    counters.commands(),
                    counters.errors(),
                    counters.hits(),
                    counters.misses()));
        }
        return 0;
    }
}
