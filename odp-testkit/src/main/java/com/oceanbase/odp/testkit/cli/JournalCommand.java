package com.oceanbase.odp.testkit.cli;

import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the nodes received. */
@Command(name = "journal", description = "Show what the nodes received and answered.")
final class JournalCommand extends RemoteCommand {

    private static final Duration POLL = Duration.ofSeconds(1);

    @Option(names = "--node", paramLabel = "N", description = "Only this node.")
    private int node;

    @Option(names = "--session", paramLabel = "S", description = "Only this session of the node.")
    private long session;

    @Option(names = "--inner", description = "Also the sessions of the proxy's own user proxyro.")
    private boolean inner;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what comes.")
    private boolean follow;

    @Option(names = "--clear", description = "Forget everything and show nothing.")
    private boolean clear;

    @Override
    int run(TestCluster cluster, PrintWriter out) {
        Journal journal = cluster.journal();
        if (clear) {
            journal.clear();
            return 0;
        }
        Journal.Mark mark = journal.mark();
        journal.all().where(this::shows).entries().forEach(out::println);
        out.flush();
        while (follow && !out.checkError()) {
            Journal.Mark from = mark;
            try {
                // An entry is shown when its answer is known.
                JournalEntry next = journal.await(from, entry -> shows(entry) && entry.end() != null, POLL);
                out.println(next);
                mark = new Journal.Mark(next.number() + 1);
            } catch (IllegalStateException nothingYet) {
                out.flush();
            }
        }
        return 0;
    }

    private boolean shows(JournalEntry entry) {
        return (node == 0 || entry.node() == node)
                && (session == 0 || entry.session() == session)
                && (inner || !entry.userName().equals("proxyro"));
    }
}
