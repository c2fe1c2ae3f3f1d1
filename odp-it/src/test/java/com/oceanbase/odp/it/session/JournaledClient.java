package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of a proxy, with what its session made the proxy send to the nodes. Not thread safe. */
public final class JournaledClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AtomicLong VISITS = new AtomicLong();

    private final Nodes nodes;
    private final RawClient raw;
    private final String sessionId;
    private Journal.Mark mark;

    JournaledClient(Nodes nodes, RawClient raw, Journal.Mark beforeLogin) {
        this.nodes = nodes;
        this.raw = raw;
        this.sessionId = Long.toString(raw.greeting().connectionId());
        this.mark = beforeLogin;
    }

    public RawClient raw() {
        return raw;
    }

    /** Executes a statement on each of the nodes in this order; the journal begins after it. */
    public JournaledClient visit(int... numbers) throws IOException {
        for (int number : numbers) {
            String marker = "visit " + VISITS.incrementAndGet();
            ok("select /* " + marker + " */ count(*) from " + nodes.database() + ".t" + number);
            await(number, line -> line.contains(marker));
        }
        forget();
        return this;
    }

    public Response query(String sql) throws IOException {
        return raw.query(sql);
    }

    /** Executes a statement that must succeed. */
    public Response ok(String sql) throws IOException {
        Response response = query(sql);
        assertThat(response.isError()).as("%s: %s", sql, response).isFalse();
        return response;
    }

    /** Executes a statement that must fail. */
    public ErrPacket error(String sql) throws IOException {
        Response response = query(sql);
        assertThat(response.isError()).as("%s: %s", sql, response).isTrue();
        return response.error();
    }

    /** The single value of a query. */
    public @Nullable String cell(String sql) throws IOException {
        return ok(sql).cell();
    }

    /** {@link #sent} begins here. */
    public void forget() {
        mark = nodes.cluster().journal().mark();
    }

    /** What this session's connections sent to a node since {@link #forget}. */
    public Journal.View entries(int node) {
        return nodes.cluster()
                .journal()
                .since(mark)
                .of(node)
                .where(entry -> sessionId.equals(entry.attributes().text("__client_session_id")));
    }

    /** Executes a statement that must succeed, and go to one node as it is. Returns what that node noted. */
    public JournalEntry executed(String sql) throws IOException {
        forget();
        ok(sql);
        List<JournalEntry> seen = nodes.cluster().nodes().stream()
                .flatMap(node -> entries(node.number()).entries().stream())
                .filter(entry -> entry.text().equals(sql))
                .toList();
        assertThat(seen).as(sql).hasSize(1);
        return seen.getFirst();
    }

    /** The same as lines without ends of connections: the text of a query, {@code COMMAND argument} of others. */
    public List<String> sent(int node) {
        return entries(node).where(entry -> !entry.command().equals("CLOSE")).entries().stream()
                .map(JournaledClient::line)
                .toList();
    }

    /** As {@link #sent} without logins and statements beginning with {@code select}: what was replayed. */
    public List<String> replayed(int node) {
        return sent(node).stream()
                .filter(line -> !line.startsWith("select") && !line.startsWith("LOGIN"))
                .toList();
    }

    /** Waits until a node has got such a line from this session since {@link #forget}. */
    public void await(int node, Predicate<String> wanted) {
        nodes.cluster()
                .journal()
                .await(
                        mark,
                        entry -> entry.node() == node
                                && sessionId.equals(entry.attributes().text("__client_session_id"))
                                && wanted.test(line(entry)),
                        LIMIT);
    }

    private static String line(JournalEntry entry) {
        return entry.command().equals("QUERY") ? entry.text() : (entry.command() + " " + entry.text()).strip();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
