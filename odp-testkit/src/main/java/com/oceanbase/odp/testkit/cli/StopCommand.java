package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;

/** Ends a running cluster. */
@Command(name = "stop", description = "Stop a running cluster and delete its data.")
final class StopCommand extends RemoteCommand {

    private static final AtomicReference<Runnable> STOP = new AtomicReference<>(() -> {});

    /** Says what ends this process's cluster. */
    static void onStop(Runnable action) {
        STOP.set(action);
    }

    @Override
    int run(TestCluster cluster, PrintWriter out) {
        out.println("cluster " + cluster.name() + " stops");
        STOP.get().run();
        return 0;
    }
}
