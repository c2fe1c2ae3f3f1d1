package com.oceanbase.odp.it.equivalence;

import com.oceanbase.odp.it.fixture.LeakCheck;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.proxy.session.SessionSnapshot;
import com.oceanbase.odp.testkit.cluster.ClusterOptions;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts one after the other: three nodes of its own before the shared kernel, with a proxy of their own, so that
 * what happens to them depends on the script alone. One thread.
 */
final class Lane implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int TABLES = 3;
    /** One script in so many is run by a client that speaks DEPRECATE_EOF. */
    private static final int DEPRECATE_EOF_EVERY = 3;

    /** A script whose answers differed. */
    record Failure(long seed, String history) {}

    /** What the scripts of a lane consisted of. */
    record Counts(int scripts, int steps, int kills, int breaks, int moves) {
        Counts plus(Counts other) {
            return new Counts(
                    scripts + other.scripts,
                    steps + other.steps,
                    kills + other.kills,
                    breaks + other.breaks,
                    moves + other.moves);
        }
    }

    private final int number = NUMBERS.incrementAndGet();
    private final TestCluster cluster;
    private final OdpInstance proxy;
    private final long[][] tablets = new long[2][TABLES];
    private final int[] leaders = new int[TABLES];
    private RawClient setUp;
    private int generation;
    private int down;
    private int steps;
    private int scripts;
    private int kills;
    private int breaks;
    private int moves;

    Lane(TestCluster beside) throws IOException {
        cluster = beside.beside(ClusterOptions.forTests());
        // No node is ever avoided: each step meets its fault.
        proxy = OdpInstance.start(cluster.rootServiceList(), cluster.name(), Map.of("enable_congestion", "false"));
        setUp = kernel(null, RawClient.USUAL_CAPABILITIES);
        rebuild();
    }

    Counts counts() {
        return new Counts(scripts, steps, kills, breaks, moves);
    }

    private RawClient kernel(@Nullable String database, long capabilities) throws IOException {
        Login login = Login.of("root", "").withCapabilities(capabilities);
        return RawClient.open(
                "127.0.0.1", cluster.kernel().port(), database == null ? login : login.withDatabase(database));
    }

    /** Databases 0 and 1 are the proxy's, 2 and 3 those of the direct session. All names have the same length. */
    private String database(int index) {
        return String.format("eq_%02d_%03d_%d", number, generation, index);
    }

    /** New databases: after a script that failed, the old ones may differ. */
    private void rebuild() throws IOException {
        generation++;
        for (int database = 0; database < 4; database++) {
            run("create database " + database(database));
            for (int table = 1; table <= TABLES; table++) {
                run("create table " + database(database) + ".t" + table + "(id bigint primary key auto_increment,"
                        + " v varchar(100), n int default 7, d decimal(10,2) default 1.5)");
                if (database < 2) {
                    tablets[database][table - 1] = cluster.leaders()
                            .tablets(database(database), "t" + table)
                            .getFirst();
                    move(database, table, table);
                }
            }
        }
        refill();
    }

    private void run(String sql) throws IOException {
        if (setUp.query(sql).isError()) {
            throw new IllegalStateException(sql);
        }
    }

    private void move(int database, int table, int node) {
        cluster.leaders().move(tablets[database][table - 1], node);
    }

    private void move(int table, int node) {
        if (leaders[table - 1] != node) {
            leaders[table - 1] = node;
            move(0, table, node);
            move(1, table, node);
        }
    }

    /** The same rows in all tables, in one statement. */
    private void refill() throws IOException {
        StringBuilder sql = new StringBuilder();
        for (int database = 0; database < 4; database++) {
            for (int table = 1; table <= TABLES; table++) {
                String name = database(database) + ".t" + table;
                sql.append("delete from ").append(name).append(";insert into ").append(name);
                sql.append("(id, v) values(1, 'one'), (2, 'two');");
            }
        }
        run(sql.toString());
    }

    /** Runs the script of a seed. Returns how it failed, null if it did not. */
    @Nullable
    Failure run(long seed) throws IOException {
        scripts++;
        refill();
        restore();
        cluster.journal().clear();
        StringBuilder history = new StringBuilder();
        boolean noEof = seed % DEPRECATE_EOF_EVERY == 0;
        long capabilities =
                RawClient.USUAL_CAPABILITIES | Capabilities.MULTI_STATEMENTS | (noEof ? Capabilities.DEPRECATE_EOF : 0);
        Login login = Login.of("root@sys#" + cluster.name(), "").withCapabilities(capabilities);
        try (Side odp = new Side(proxy.raw(login.withDatabase(database(0))), database(0), database(1), noEof);
                Side direct = new Side(kernel(database(2), capabilities), database(2), database(3), noEof)) {
            for (Step step : SessionScript.of(seed)) {
                history.append(step).append('\n');
                steps++;
                switch (step) {
                    case Step.Event event -> {
                        if (!isInTransaction(direct)) {
                            apply(event, odp.connectionId());
                        }
                    }
                    case Step.Request request -> {
                        String expected = direct.answer(request);
                        String actual = odp.answer(request);
                        if (!actual.equals(expected)) {
                            history.append("on the server:\n").append(expected).append("through the proxy:\n");
                            return failed(seed, history.append(actual));
                        }
                        history.append("    ")
                                .append(expected.replace("\n", "\n    "))
                                .append('\n');
                    }
                }
            }
            return null;
        } catch (IOException | RuntimeException e) {
            return failed(seed, history.append(e));
        }
    }

    private Failure failed(long seed, StringBuilder history) throws IOException {
        setUp.close();
        setUp = kernel(null, RawClient.USUAL_CAPABILITIES);
        rebuild();
        return new Failure(seed, history.toString());
    }

    private static boolean isInTransaction(Side direct) throws IOException {
        return (direct.status() & ServerStatus.IN_TRANS) != 0;
    }

    /** Every node lives and leads its table. */
    private void restore() {
        if (down != 0) {
            cluster.node(down).start();
            down = 0;
        }
        for (int table = 1; table <= TABLES; table++) {
            move(table, table);
        }
    }

    private void apply(Step.Event event, long session) {
        switch (event) {
            case Step.Break broken -> {
                breaks++;
                cluster.node(broken.node()).resetConnections();
                awaitNoLink(session, broken.node());
            }
            case Step.Kill kill -> {
                kills++;
                restore();
                down = kill.node();
                cluster.node(down).stop();
                move(kill.node(), kill.node() % TABLES + 1);
                awaitNoLink(session, down);
            }
            case Step.Revive _ -> restore();
            case Step.Move move -> {
                moves++;
                if (move.node() != down) {
                    move(move.table(), move.node());
                }
            }
        }
    }

    /** The proxy has noticed the end of the connections, so that it sends no write on one of them. */
    private void awaitNoLink(long session, int node) {
        String address = cluster.node(node).endpoint();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(10))
                .until(() -> links(session).stream()
                        .noneMatch(link -> link.address().toString().equals(address)));
    }

    private List<SessionSnapshot.Link> links(long id) {
        List<CompletableFuture<List<SessionSnapshot.Link>>> answers = new ArrayList<>();
        proxy.sessions().stream().filter(session -> session.id() == id).forEach(session -> {
            CompletableFuture<List<SessionSnapshot.Link>> answer = new CompletableFuture<>();
            answers.add(answer);
            session.execute(found -> answer.complete(SessionSnapshot.of(found).links()));
        });
        return answers.stream().flatMap(answer -> answer.join().stream()).toList();
    }

    /** All clients have gone: nothing of them may be left in the proxy. */
    void assertQuiet() {
        LeakCheck.assertQuiet(proxy);
    }

    @Override
    public void close() {
        proxy.close();
        cluster.close();
        try {
            setUp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
