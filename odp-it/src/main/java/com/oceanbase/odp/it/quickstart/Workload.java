package com.oceanbase.odp.it.quickstart;

import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Some customers at once: they read products, order in transactions, and keep notes in session variables. */
final class Workload {
    private static final int CUSTOMERS = 4;
    private static final int ROUNDS = 40;
    private static final int READS_TIMED = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final TestCluster cluster;
    private final int port;
    private final AtomicLong wrongVariables = new AtomicLong();
    private final AtomicLong orders = new AtomicLong();

    Workload(TestCluster cluster, int port) {
        this.cluster = cluster;
        this.port = port;
    }

    static String user() {
        return "root@sys#" + Demo.CLUSTER;
    }

    /** Makes the tables and spreads the leaders of those with one partition over the nodes. */
    void prepare() throws SQLException {
        try (Connection connection = Shop.connect(port, user())) {
            Shop.createTables(connection);
        }
        int nodes = cluster.nodes().size();
        String[] tables = {"products", "stock", "order_log"};
        for (int i = 0; i < tables.length; i++) {
            cluster.leaders().moveTable(Shop.DATABASE, tables[i], i % nodes + 1);
        }
    }

    WorkloadResult run() throws SQLException {
        warmUp();
        Journal.Mark mark = cluster.journal().mark();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                int number = customer;
                running.add(customers.submit(() -> {
                    shop(number);
                    return null;
                }));
            }
        }
        for (Future<?> one : running) {
            join(one);
        }
        Journal.View journal = cluster.journal().since(mark).withoutInner();
        long[] odp = timeReads(port, user());
        long[] direct = timeReads(cluster.node(1).port(), "root");
        return new WorkloadResult(orders.get(), wrongVariables.get(), odp, direct, journal);
    }

    private static void join(Future<?> one) throws SQLException {
        try {
            one.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** ODP has learnt where the leaders went: each table has been asked for on its own node. */
    private void warmUp() throws SQLException {
        long deadline = System.nanoTime() + WARM_UP.toNanos();
        try (Connection connection = Shop.connect(port, user())) {
            for (String table : new String[] {"products", "stock", "order_log"}) {
                boolean met = false;
                while (!met && System.nanoTime() < deadline) {
                    Journal.Mark mark = cluster.journal().mark();
                    Shop.number(connection, "select count(*) from " + table);
                    met = cluster.journal().since(mark).entries().stream()
                            .anyMatch(entry -> entry.hit() == JournalEntry.PartitionHit.HIT);
                }
            }
        }
    }

    private void shop(int customer) throws SQLException {
        try (Connection connection = Shop.connect(port, user());
                Statement statement = connection.createStatement();
                PreparedStatement read = connection.prepareStatement("select name, price from products where id = ?")) {
            for (int round = 0; round < ROUNDS; round++) {
                long product = (customer * 7L + round) % Shop.PRODUCTS + 1;
                read.setLong(1, product);
                try (ResultSet rows = read.executeQuery()) {
                    rows.next();
                }
                long note = customer * 1000L + round;
                statement.execute("set @note = " + note);
                checkNote(connection, note, "stock");
                if (Shop.order(connection, customer * 1_000_000L + round, product)) {
                    orders.incrementAndGet();
                }
                checkNote(connection, note, "order_log");
            }
        }
    }

    private void checkNote(Connection connection, long note, String table) throws SQLException {
        if (Shop.number(connection, "select @note from " + table + " limit 1") != note
                && Shop.number(connection, "select count(*) from " + table) > 0) {
            wrongVariables.incrementAndGet();
        }
    }

    private long[] timeReads(int toPort, String user) throws SQLException {
        long[] nanos = new long[READS_TIMED];
        try (Connection connection = Shop.connect(toPort, user);
                PreparedStatement read = connection.prepareStatement("select name, price from products where id = ?")) {
            for (int i = -READS_TIMED; i < READS_TIMED; i++) {
                read.setLong(1, Math.floorMod(i, Shop.PRODUCTS) + 1);
                long start = System.nanoTime();
                try (ResultSet rows = read.executeQuery()) {
                    rows.next();
                }
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }
}
