package com.oceanbase.odp.it.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.original.Comparison.Verdict;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.junit.WithTestCluster;
import com.oceanbase.odp.testkit.original.OriginalProxy;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ODP sends no statement to a worse node than the compiled original does. Skipped unless ODP_ORIGINAL names a directory with
 * {@code obproxy.xz}. Leaves {@code target/original/comparison.txt} (all verdicts) and {@code trees.txt} (what both said
 * to EXPLAIN ROUTE).
 */
@WithTestCluster(name = "original", numericVariables = true)
class SideBySideTest {
    private static final String DATABASE = "side";
    private static final String REASON = " ==| ";
    private static final String BY_CHANCE = "by chance";
    private static final Path REPORT = Path.of("target", "original");

    private final TestCluster cluster;

    SideBySideTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Partition i of each table is led by node i modulo their number, whatever ids the kernel gives. */
    private void createTables() {
        cluster.sql("drop database if exists " + DATABASE);
        cluster.sql("create database " + DATABASE);
        for (String definition : RouteCase.lines("tables.txt")) {
            Response response = cluster.sql(DATABASE, definition);
            assertThat(response.isError()).as("%s: %s", definition, response).isFalse();
            String[] words = definition.split("[ (]", 4);
            if (words[1].equals("table")) {
                List<Long> tablets = cluster.leaders().tablets(DATABASE, words[2]);
                for (int i = 0; i < tablets.size(); i++) {
                    cluster.leaders().move(tablets.get(i), i % cluster.nodes().size() + 1);
                }
            }
        }
        for (int node = 1; node <= cluster.nodes().size(); node++) {
            cluster.sql(DATABASE, "create table a" + node + "(id int primary key)");
            cluster.leaders().moveTable(DATABASE, "a" + node, node);
        }
    }

    @Test
    void odpChoosesTheSameNodeOrABetterOne(@TempDir Path home) throws IOException, InterruptedException {
        Optional<Path> packed = OriginalProxy.packed();
        assumeTrue(packed.isPresent(), "set ODP_ORIGINAL to a directory with obproxy.xz");
        createTables();
        RawClient.Login login =
                RawClient.Login.of("root@sys#" + cluster.name(), "").withDatabase(DATABASE);
        List<Comparison> comparisons = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        StringBuilder trees = new StringBuilder();
        try (OriginalProxy original = OriginalProxy.start(packed.orElseThrow(), cluster, home);
                OdpInstance odp = OdpInstance.start(cluster.rootServiceList(), cluster.name(), Map.of())) {
            ProxySide theirs = new ProxySide(cluster, () -> original.connect(login));
            ProxySide ours = new ProxySide(cluster, () -> odp.raw(login));
            for (RouteCase tested : RouteCase.read("cases.txt")) {
                comparisons.add(compare(tested, theirs, ours, trees));
                if (tested.isText() && !tested.hasChoice()) {
                    int said = ours.said(tested, 1);
                    int gone = comparisons.getLast().odp(1);
                    if (said != gone) {
                        broken.add(tested.line() + ": said " + said + ", went to " + gone);
                    }
                }
            }
        }
        report(comparisons, trees);
        assertThat(broken).as("EXPLAIN ROUTE says where the statement goes").isEmpty();
        assertThat(comparisons)
                .filteredOn(each -> each.verdict() == Verdict.ORIGINAL_BETTER)
                .extracting(Comparison::line)
                .isEmpty();
        assertExplained(comparisons);
    }

    /** Each difference has its reason in the file; those that begin with {@link #BY_CHANCE} are not seen every time. */
    private static void assertExplained(List<Comparison> comparisons) {
        List<String> better = comparisons.stream()
                .filter(each -> each.verdict() == Verdict.ODP_BETTER)
                .map(each -> each.tested().line())
                .toList();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : RouteCase.lines("differences.txt")) {
            int reason = line.indexOf(REASON);
            reasons.put(line.substring(0, reason), line.substring(reason + REASON.length()));
        }
        assertThat(reasons.keySet())
                .as("cases with a reason why ODP is better; comparison.txt has all")
                .containsAll(better);
        reasons.values().removeIf(reason -> reason.startsWith(BY_CHANCE));
        assertThat(better).containsAll(reasons.keySet());
    }

    private Comparison compare(RouteCase tested, ProxySide theirs, ProxySide ours, StringBuilder trees)
            throws IOException {
        Comparison comparison = new Comparison(tested);
        for (int last = 1; last <= cluster.nodes().size(); last++) {
            ProxySide.Choice original = theirs.choose(tested, last);
            ProxySide.Choice odp = ours.choose(tested, last);
            comparison.add(last, Yardstick.of(cluster, DATABASE, tested, last), original.node(), odp.node());
            if (last == 1) {
                trees.append("\n==== ").append(tested.line()).append("\n---- original");
                trees.append(original.tree()).append("\n---- ODP").append(odp.tree());
            }
        }
        return comparison;
    }

    private static void report(List<Comparison> comparisons, StringBuilder trees) throws IOException {
        Files.createDirectories(REPORT);
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            lines.add(verdict + ": "
                    + comparisons.stream()
                            .filter(each -> each.verdict() == verdict)
                            .count());
        }
        lines.add("not measured: "
                + comparisons.stream().filter(each -> !each.isMeasured()).count());
        comparisons.forEach(each -> lines.add((each.isMeasured() ? "" : "? ") + each.line()));
        Files.write(REPORT.resolve("comparison.txt"), lines);
        Files.writeString(REPORT.resolve("trees.txt"), trees);
    }
}
