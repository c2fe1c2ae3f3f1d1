package com.oceanbase.odp.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.it.session.BinaryStatement;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.testkit.cluster.NodeFaults;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that say "not here" send a request to another node; all others are the client's. */
class ServerErrorTest extends FaultyCluster {
    ServerErrorTest() {
        super(Map.of("enable_congestion", "false"));
    }

    private NodeFaults faults(int node) {
        return nodes.cluster().node(node).faults();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                8001, 8002, 5150, 4124, 5081, 4038, 4653, 4654, 4719, 4721, 4722, 4723, 4725, 4225, 4251, 4029, 4242,
                5627, 6231
            })
    void aRefusedStatementIsExecutedElsewhere(int errno) throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("set @a = 'moved " + errno + "'");
            faults(2).failNext(1, errno, "HY000", "injected");
            client.ok("insert into t2(v) values(@a)");
            assertThat(nodes.rows("t2", "moved " + errno)).isEqualTo(1);
            assertThat(faults(2).armedCount()).isZero();
            faults(2).failNext(1, errno, "HY000", "injected");
            assertThat(client.cell("select concat(v, @a) from t2 where id = 1")).isEqualTo("onemoved " + errno);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8001, 8002, 5150, 4124, 5081, 4038, 4722, 5627})
    void aTransactionRefusedAtItsFirstStatementBeginsElsewhere(int errno) throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            String value = "tx " + errno;
            client.ok("begin");
            faults(2).failNext(1, errno, "HY000", "injected", "^insert");
            client.ok("insert into t2(v) values('" + value + "')");
            assertThat(client.sent(2)).containsExactly("begin", "insert into t2(v) values('" + value + "')");
            assertThat(nodes.rows("t2", value)).isZero();
            client.ok("insert into t2(v) values('" + value + "')");
            client.ok("commit");
            assertThat(nodes.rows("t2", value)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8001, 4124, 4038, 5627})
    void insideATransactionTheErrorIsTheClients(int errno) throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('inside')");
            faults(2).failNext(1, errno, "HY000", "injected", "^select v");
            assertThat(client.error("select v from t2").errno()).isEqualTo(errno);
            client.ok("rollback");
            assertThat(nodes.rows("t2", "inside")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4012, 4016, 1146, 1735, 5727, 6002, 1205})
    void otherErrorsAreForwarded(int errno) throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            faults(2).failNext(1, errno, "HY000", "injected " + errno, "^select v");
            assertThat(client.error("select v from t2"))
                    .satisfies(error -> assertThat(error.errno()).isEqualTo(errno))
                    .satisfies(error -> assertThat(error.message()).isEqualTo("injected " + errno));
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4038, 4654, 4722})
    void aServerThatDoesNotLeadAnyMoreSendsTheStatementToTheNewLeader(int errno) throws IOException {
        String table = "moved" + errno;
        nodes.createTable(nodes.database(), table, 2);
        try (JournaledClient client = nodes.client(proxy)) {
            client.ok("select count(*) from " + table);
            nodes.cluster().leaders().moveTable(nodes.database(), table, 3);
            client.forget();
            faults(2).failNext(1, errno, "HY000", "injected", "^insert");
            String insert = "insert into " + table + "(v) values('x')";
            client.ok(insert);
            assertThat(client.sent(2)).contains(insert);
            assertThat(client.sent(3)).contains(insert);
            client.forget();
            client.ok(insert);
            assertThat(client.sent(2)).isEmpty();
            assertThat(nodes.rows(table, "x")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5727, 6231})
    void aCopyThatIsTooOldIsAvoidedForAWhile(int errno) throws IOException {
        String table = "aged" + errno;
        nodes.createTable(nodes.database(), table, 1);
        try (JournaledClient client = nodes.client(proxy)) {
            faults(2).failNext(50, errno, "HY000", "injected", "^select .* " + table);
            faults(3).failNext(50, errno, "HY000", "injected", "^select .* " + table);
            String read = "select /*+read_consistency(weak)*/ v from " + table;
            for (int i = 0; i < 30; i++) {
                assertThat(client.cell(read)).isEqualTo("one");
            }
            assertThat(client.sent(2).stream().filter(read::equals)).hasSizeLessThanOrEqualTo(1);
            assertThat(client.sent(3).stream().filter(read::equals)).hasSizeLessThanOrEqualTo(1);
            assertThat(client.sent(1).stream().filter(read::equals)).hasSize(30);
        }
    }

    @Test
    void whenEveryNodeRefusesTheLastErrorIsTheClients() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            for (int node = 1; node <= 3; node++) {
                faults(node).failNext(9, 8001, "HY000", "injected", "^select v");
            }
            assertThat(client.error("select v from t2").errno()).isEqualTo(8001);
            nodes.cluster().nodes().forEach(node -> node.faults().clear());
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8001, 8002, 5150, 4124})
    void aLoginThatANodeRefusesSucceedsElsewhere(int errno) throws IOException {
        faults(1).failNext(9, errno, "HY000", "injected");
        faults(2).failNext(9, errno, "HY000", "injected");
        for (int i = 0; i < 3; i++) {
            try (JournaledClient client = nodes.client(proxy)) {
                assertThat(client.cell("select database()")).isEqualTo(nodes.database());
                assertThat(client.sent(3)).endsWith("select database()");
            }
        }
    }

    @Test
    void otherErrorsOfALoginAreForwarded() {
        for (int node = 1; node <= 3; node++) {
            faults(node).failNext(9, 1040, "08004", "Too many connections");
        }
        assertThatThrownBy(() -> nodes.client(proxy).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1040");
    }

    @Test
    void aLaterLoginThatIsRefusedSendsTheStatementElsewhere() throws IOException {
        try (JournaledClient client = nodes.clientAwayFrom(proxy, 2, 1)) {
            faults(2).failNext(1, 8001, "HY000", "injected");
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
            assertThat(client.sent(2)).hasSize(1).first().asString().startsWith("LOGIN");
        }
    }

    @Test
    void aPrepareThatANodeRefusesSucceedsElsewhereWithTheNextId() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            faults(2).failNext(1, 8001, "HY000", "injected", "^select v");
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select v from t2 where id = ?");
            assertThat(statement.id()).isEqualTo(1);
            assertThat(statement.rows("1")).containsExactly("one");
            faults(2).failNext(1, 8002, "HY000", "injected", "^select v");
            assertThat(statement.rows("1")).containsExactly("one");
        }
    }
}
