package com.oceanbase.odp.it.quickstart;

import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints what happened, compactly. */
final class Report {
    private final TestCluster cluster;
    private final WorkloadResult result;
    private final List<Check> checks;

    Report(TestCluster cluster, WorkloadResult result, List<Check> checks) {
        this.cluster = cluster;
        this.result = result;
        this.checks = checks;
    }

    void print(PrintStream out) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%-18s %9s %9s %9s %9s %9s %9s%n",
                "node",
                "sessions",
                "requests",
                "reads",
                "writes",
                "leader",
                "syncs");
        for (Node node : cluster.nodes()) {
            Journal.View seen = result.journal().of(node.number());
            out.printf(
                    Locale.ROOT,
                    "%-18s %9d %9d %9d %9d %9s %9d%n",
                    node.endpoint(),
                    seen.entries().stream()
                            .mapToLong(JournalEntry::session)
                            .distinct()
                            .count(),
                    seen.count(),
                    startingWith(seen, "select"),
                    startingWith(seen, "insert") + startingWith(seen, "update"),
                    leaderShare(seen),
                    syncs(seen));
        }
        out.println("reads, writes: by statement text; leader: statements that met the leader of their partition;"
                + " syncs: replays of session state");
        out.println();
        out.printf(
                Locale.ROOT,
                "point read, prepared: median %.0f us, p99 %.0f us through ODP, %.0f us and %.0f us"
                        + " on a node directly%n",
                micros(result.odpNanos(), 0.5),
                micros(result.odpNanos(), 0.99),
                micros(result.directNanos(), 0.5),
                micros(result.directNanos(), 0.99));
        out.println();
        for (Check check : checks) {
            out.printf("%-4s %s (%s)%n", check.held() ? "ok" : "FAIL", check.what(), check.seen());
        }
        long failed = checks.stream().filter(check -> !check.held()).count();
        out.println(failed == 0 ? "every check held" : failed + " of " + checks.size() + " checks did not hold");
    }

    private static long startingWith(Journal.View view, String verb) {
        return view.entries().stream()
                .filter(entry -> !entry.command().equals("STMT_PREPARE"))
                .filter(entry -> entry.text().regionMatches(true, 0, verb, 0, verb.length()))
                .count();
    }

    private static long syncs(Journal.View view) {
        long sets = view.entries().stream()
                .filter(entry -> entry.text().startsWith("SET @"))
                .count();
        return sets + view.command("INIT_DB").count();
    }

    private static String leaderShare(Journal.View view) {
        long hits = view.where(entry -> entry.hit() == PartitionHit.HIT).count();
        long misses = view.where(entry -> entry.hit() == PartitionHit.MISS).count();
        return hits + "/" + (hits + misses);
    }

    private static double micros(long[] sortedNanos, double share) {
        int index = (int) Math.min(sortedNanos.length - 1L, Math.round(share * sortedNanos.length));
        return sortedNanos[index] / 1000.0;
    }
}
