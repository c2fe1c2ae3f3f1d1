package com.oceanbase.odp.it.original;

import com.oceanbase.odp.it.session.BinaryStatement;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.JournalEntry;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One of the two proxies before the cluster. */
final class ProxySide {
    private final TestCluster cluster;
    private final Connector connector;

    /** Logs in. */
    interface Connector {
        RawClient connect() throws IOException;
    }

    /**
     * Where a statement went.
     *
     * @param node number of the node, 0 when no node got it
     * @param tree what EXPLAIN ROUTE said before, empty when it was not asked
     */
    record Choice(int node, String tree) {}

    ProxySide(TestCluster cluster, Connector connector) {
        this.cluster = cluster;
        this.connector = connector;
    }

    /** Executes a case in a session of its own whose last statement went to the node {@code last}. */
    Choice choose(RouteCase tested, int last) throws IOException {
        try (RawClient client = connector.connect()) {
            prepare(client, tested, last);
            String tree = "";
            if (tested.isText()) {
                Response explained = client.query("explain route " + text(tested.statement()));
                tree = explained.isError() || explained.isOk() ? "" : String.valueOf(explained.cell());
            }
            Journal.Mark mark = cluster.journal().mark();
            List<String> values = tested.values();
            if (values == null) {
                client.query(text(tested.statement()));
            } else {
                BinaryStatement prepared = BinaryStatement.prepare(client, tested.statement());
                prepared.execute(values.toArray(String[]::new));
            }
            return new Choice(node(mark, tested), tree);
        }
    }

    /** Where a case would go according to EXPLAIN ROUTE in JSON: the number of the node, 0 when it names none. */
    int said(RouteCase tested, int last) throws IOException {
        try (RawClient client = connector.connect()) {
            prepare(client, tested, last);
            JsonNode answer = new ObjectMapper()
                    .readTree(String.valueOf(client.query("explain route format=json " + text(tested.statement()))
                            .cell()));
            String server = answer.path("server").asString("");
            return cluster.nodes().stream()
                    .filter(node -> node.endpoint().equals(server))
                    .mapToInt(Node::number)
                    .findFirst()
                    .orElse(0);
        }
    }

    private void prepare(RawClient client, RouteCase tested, int last) throws IOException {
        for (String statement : tested.setup()) {
            ok(client, text(statement));
        }
        ok(client, "select * from a" + last);
    }

    /** The statement with addresses of nodes in the place of {@code $1} and {@code $number1}. */
    private String text(String statement) {
        String text = statement;
        for (Node node : cluster.nodes()) {
            String[] parts = node.address().split("\\.");
            long ip = 0;
            for (String part : parts) {
                ip = ip << 8 | Integer.parseInt(part);
            }
            text = text.replace("$number" + node.number(), Long.toString((long) node.port() << 32 | ip))
                    .replace("$" + node.number(), node.endpoint());
        }
        return text;
    }

    private static void ok(RawClient client, String statement) throws IOException {
        Response response = client.query(statement);
        if (response.isError()) {
            throw new IllegalStateException(statement + ": " + response.error());
        }
    }

    private int node(Journal.Mark mark, RouteCase tested) {
        return cluster
                .journal()
                .since(mark)
                .withoutInner()
                .command(tested.isText() ? "QUERY" : "STMT_EXECUTE")
                .where(entry -> entry.text().equals(text(tested.statement())))
                .entries()
                .stream()
                .findFirst()
                .map(JournalEntry::node)
                .orElse(0);
    }
}
