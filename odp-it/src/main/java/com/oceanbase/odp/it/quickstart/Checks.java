package com.oceanbase.odp.it.quickstart;

import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a proxy promises, looked at after the workload. */
final class Checks {
    private static final double LEADER_SHARE = 0.95;

    private final TestCluster cluster;
    private final int port;
    private final WorkloadResult result;

    Checks(TestCluster cluster, int port, WorkloadResult result) {
        this.cluster = cluster;
        this.port = port;
        this.result = result;
    }

    List<Check> all() throws SQLException {
        List<Check> checks = new ArrayList<>();
        checks.add(noOrderLostOrDoubled());
        checks.add(new Check(
                "session variables are the same on every node",
                result.wrongVariables() == 0,
                result.wrongVariables() + " differences"));
        checks.add(readsReachLeaders());
        checks.add(everyNodeWorked());
        if (cluster.nodes().size() > 1) {
            checks.add(survivesANode());
        }
        return checks;
    }

    private Check noOrderLostOrDoubled() throws SQLException {
        try (Connection connection = Shop.connect(port, Workload.user())) {
            long sold = (long) Shop.PRODUCTS * Shop.STOCK_PER_PRODUCT
                    - Shop.number(connection, "select sum(amount) from stock");
            long ordered = Shop.number(connection, "select count(*) from orders");
            long logged = Shop.number(connection, "select count(*) from order_log");
            long committed = result.orders();
            return new Check(
                    "no order is lost or doubled",
                    sold == committed && ordered == committed && logged == committed,
                    committed + " committed, " + sold + " taken from stock, " + ordered + " ordered, " + logged
                            + " logged");
        }
    }

    /** Reads of products stand alone, so each can go to the leader of its table. */
    private Check readsReachLeaders() {
        List<JournalEntry> reads = result.journal().containing("from products").entries().stream()
                .filter(entry -> entry.hit() != PartitionHit.NOT_JUDGED)
                .toList();
        long hits =
                reads.stream().filter(entry -> entry.hit() == PartitionHit.HIT).count();
        return new Check(
                "reads of a table with one partition reach its leader",
                !reads.isEmpty() && hits >= LEADER_SHARE * reads.size(),
                hits + " of " + reads.size());
    }

    private Check everyNodeWorked() {
        long working = cluster.nodes().stream()
                .filter(node -> !result.journal().of(node.number()).isEmpty())
                .count();
        long expected = Math.min(cluster.nodes().size(), 3);
        return new Check("the work is spread over the nodes", working >= expected, working + " nodes");
    }

    /** A node goes away between two statements; the session goes on elsewhere with all it had. */
    private Check survivesANode() throws SQLException {
        int victim = 1;
        try (Connection connection = Shop.connect(port, Workload.user());
                Statement statement = connection.createStatement()) {
            statement.execute("set @kept = 'still here', sql_mode = 'ANSI_QUOTES'");
            Shop.number(connection, "select count(*) from products");
            cluster.node(victim).stop();
            boolean counted = Shop.number(connection, "select count(*) from products") == Shop.PRODUCTS;
            boolean kept = Shop.number(
                            connection,
                            "select @kept = 'still here' and @@sql_mode like '%ANSI_QUOTES%'"
                                    + " and database() = 'quickstart'")
                    == 1;
            return new Check(
                    "a session outlives its node with all its state",
                    counted && kept,
                    "node " + victim + " stopped, rows " + (counted ? "right" : "wrong") + ", state "
                            + (kept ? "kept" : "lost"));
        } finally {
            cluster.node(victim).start();
        }
    }
}
