package com.oceanbase.odp.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.it.session.BinaryStatement;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.testkit.cluster.Node;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node dies, at each moment of a session's life. */
class NodeDeathTest extends FaultyCluster {
    private static final String LINK_FAILURE = "08S01";

    NodeDeathTest() {
        // No node is ever avoided: each test meets its fault.
        super(Map.of("enable_congestion", "false"));
    }

    private static void assertEnded(JournaledClient client) {
        assertThatThrownBy(() -> client.query("select 1")).isInstanceOf(IOException.class);
    }

    @Test
    void anIdleSessionGoesOnElsewhereWithAllItsState() throws IOException {
        String other = nodes.otherDatabase("t2", 2);
        try (JournaledClient client = clientOn(1, 2)) {
            BinaryStatement binary = BinaryStatement.prepare(client.raw(), "select concat(v, ?) from t2 where id = 1");
            assertThat(binary.rows("?")).containsExactly("one?");
            client.ok("use " + other);
            client.ok("prepare txt from 'select concat(v, @a) from t2 where id = 1'");
            client.ok("set @a = 'user', @b = x'00ff', @n = null, autocommit = 0, time_zone = '+03:00'");
            client.ok("insert into t2(v) values('kept')");
            client.ok("commit");
            String id = client.cell("select last_insert_id()");
            client.forget();
            node(2).stop();
            assertThat(client.cell("select concat_ws(',', database(), @a, hex(@b), ifnull(@n, 'null'), @@autocommit,"
                            + " @@time_zone, last_insert_id()) from t2 where id = 1"))
                    .isEqualTo(other + ",user,00FF,null,0,+03:00," + id);
            assertThat(client.cell("execute txt")).isEqualTo("oneuser");
            assertThat(binary.rows("!")).containsExactly("one!");
            assertThat(client.cell("select count(*) from t2 where v = 'kept'")).isEqualTo("1");
        }
    }

    @Test
    void aNodeThatDiedBeforeItsFirstStatementIsPassedOver() throws IOException {
        try (JournaledClient client = nodes.clientAwayFrom(proxy, 2, 1)) {
            node(2).stop();
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
            client.ok("insert into t2(v) values('passed over')");
            assertThat(nodes.rows("t2", "passed over")).isEqualTo(1);
        }
    }

    @Test
    void aHeldBeginSurvives() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            node(2).stop();
            client.ok("insert into t2(v) values('held')");
            assertThat(nodes.rows("t2", "held")).isZero();
            client.ok("commit");
            assertThat(nodes.rows("t2", "held")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1", "insert into t1(v) values('lost')", "commit", "begin"})
    void anOpenTransactionIsLostWithItsNode(String next) throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('lost')");
            node(2).stop();
            ErrPacket error = client.error(next);
            assertThat(error.sqlState()).isEqualTo(LINK_FAILURE);
            assertEnded(client);
            assertThat(nodes.rows("t2", "lost") + nodes.rows("t1", "lost")).isZero();
        }
    }

    /** The proxy knows that the transaction is gone: only then is the client idle in a lost transaction. */
    private void awaitLossNoticed() {
        Awaitility.await()
                .until(() -> proxy.sessions().stream()
                        .noneMatch(session -> session.transaction().isInTransaction()));
    }

    @Test
    void rollbackOfALostTransactionSucceeds() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("set @a = 1");
            client.ok("begin");
            client.ok("insert into t2(v) values('rolled back')");
            node(2).stop();
            client.ok("rollback");
            assertThat(client.cell("select count(*) + @a from t2 where v = 'rolled back'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void rollbackOfATransactionWhoseNodeDiesMeanwhileSucceeds() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('rollback cut')");
            node(2).faults().cutNextResponse(0, "^rollback");
            client.ok("rollback");
            assertThat(client.cell("select count(*) from t2 where v = 'rollback cut'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void resettingASessionForgetsItsLostTransaction() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('reset')");
            node(2).stop();
            awaitLossNoticed();
            assertThat(client.raw().command(new byte[] {0x1F}).isError()).isFalse();
            assertThat(client.cell("select count(*) from t2 where v = 'reset'")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"set transaction isolation level serializable", "lock tables t2 write"})
    void stateThatOnlyTheNodeHadIsLostWithIt(String binding) throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok(binding);
            node(2).stop();
            ErrPacket error = client.error("select 1");
            assertThat(error.sqlState()).isEqualTo(LINK_FAILURE);
            assertEnded(client);
        }
    }

    @Test
    void aReadInFlightIsExecutedElsewhere() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("set @a = 'x'");
            node(2).faults().delay(Duration.ofSeconds(3));
            client.raw().send(RawClient.payload(RawClient.COM_QUERY, "select concat(v, @a) from t2 where id = 1"));
            client.await(2, line -> line.startsWith("select concat"));
            node(2).stop();
            assertThat(client.raw().readResponse(RawClient.COM_QUERY).cell()).isEqualTo("onex");
        }
    }

    @Test
    void aPreparedReadInFlightIsExecutedElsewhere() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            BinaryStatement statement =
                    BinaryStatement.prepare(client.raw(), "select concat(v, ?) from t2 where id = 1");
            node(2).faults().cutNextResponse(0, "^select concat\\(v");
            assertThat(statement.rows("y")).containsExactly("oney");
            assertThat(statement.rows("z")).containsExactly("onez");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 6})
    void aWriteWhoseAnswerIsLostIsNotRepeated(int bytes) throws IOException {
        String value = "cut" + bytes;
        try (JournaledClient client = clientOn(1, 2)) {
            node(2).faults().cutNextResponse(bytes, "^insert");
            Response response = client.query("insert into t2(v) values('" + value + "')");
            assertThat(response.isError()).isTrue();
            assertThat(nodes.rows("t2", value)).isEqualTo(1);
            assertThat(client.cell("select count(*) from t2 where v = '" + value + "'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void aPreparedWriteWhoseAnswerIsLostIsNotRepeated() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "insert into t2(v) values(?)");
            node(2).faults().cutNextResponse(0, "^insert");
            assertThat(statement.execute("binary cut").isError()).isTrue();
            assertThat(nodes.rows("t2", "binary cut")).isEqualTo(1);
            assertThat(statement.execute("binary cut").isError()).isFalse();
            assertThat(nodes.rows("t2", "binary cut")).isEqualTo(2);
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostEndsTheSession() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('commit cut')");
            node(2).faults().cutNextResponse(0, "^commit");
            assertThat(client.error("commit").sqlState()).isEqualTo(LINK_FAILURE);
            assertEnded(client);
            assertThat(nodes.rows("t2", "commit cut")).isEqualTo(1);
        }
    }

    @Test
    void aReadInsideATransactionIsNotRepeatedElsewhere() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('read cut')");
            node(2).faults().cutNextResponse(0, "^select v");
            assertThat(client.error("select v from t2").sqlState()).isEqualTo(LINK_FAILURE);
            assertEnded(client);
            assertThat(nodes.rows("t2", "read cut")).isZero();
        }
    }

    @Test
    void theFirstReadOfATransactionBeginsItElsewhere() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            node(2).faults().cutNextResponse(0, "^select v");
            client.ok("select v from t2");
            client.ok("insert into t2(v) values('begun elsewhere')");
            assertThat(nodes.rows("t2", "begun elsewhere")).isZero();
            client.ok("commit");
            assertThat(nodes.rows("t2", "begun elsewhere")).isEqualTo(1);
        }
    }

    @Test
    void aLockingReadIsNotRepeated() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            node(2).faults().cutNextResponse(0, "^select v");
            assertThat(client.query("select v from t2 where id = 1 for update").isError())
                    .isTrue();
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }

    @Test
    void aReplayCutOffIsRepeatedElsewhere() throws IOException {
        try (JournaledClient client = clientOn(2, 1)) {
            client.ok("set @a = 'replay cut'");
            node(2).faults().cutNextResponse(0, "^SET @a");
            client.ok("insert into t2(v) values(@a)");
            assertThat(nodes.rows("t2", "replay cut")).isEqualTo(1);
            client.ok("set @a = 'replay cut 2'");
            node(2).faults().cutNextResponse(3, "^SET @a");
            assertThat(client.cell("select @a from t2 where id = 1")).isEqualTo("replay cut 2");
        }
    }

    @Test
    void aBeginCutOffBeginsElsewhere() throws IOException {
        try (JournaledClient client = clientOn(2, 1)) {
            client.ok("begin");
            node(2).faults().cutNextResponse(0, "^begin");
            client.ok("insert into t2(v) values('begin cut')");
            assertThat(nodes.rows("t2", "begin cut")).isZero();
            client.ok("rollback");
            assertThat(nodes.rows("t2", "begin cut")).isZero();
        }
    }

    @Test
    void aPrepareCutOffIsRepeatedElsewhere() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            node(2).faults().cutNextResponse(7, "^select v from t2 where id = \\?");
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select v from t2 where id = ?");
            assertThat(statement.id()).isEqualTo(1);
            assertThat(statement.rows("1")).containsExactly("one");
        }
    }

    @Test
    void aCursorIsLostWithItsNodeAndTheSessionGoesOn() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select v from t2 where id = 1");
            statement.execute(BinaryStatement.READ_ONLY_CURSOR);
            node(2).stop();
            assertThat(statement.fetch(1).error().message()).containsIgnoringCase("cursor");
            assertThat(statement.fetch(1).error().errno()).isEqualTo(6309);
            assertThat(statement.rows()).containsExactly("one");
            node(2).start();
            statement.execute(BinaryStatement.READ_ONLY_CURSOR);
            assertThat(statement.firstColumn(statement.fetch(1))).containsExactly("one");
        }
    }

    @Test
    void longDataIsLostWithItsNodeAndTheSessionGoesOn() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "insert into t2(v) values(?)");
            statement.longData(0, "half a value");
            client.await(2, line -> line.startsWith("STMT_SEND_LONG_DATA"));
            node(2).stop();
            assertThat(statement.execute("\0").isError()).isTrue();
            assertThat(nodes.cluster()
                            .sql(nodes.database(), "select count(*) from t2 where v is null or v = ''")
                            .cell())
                    .isEqualTo("0");
            assertThat(client.cell("select v from t1 where id = 1")).isEqualTo("one");
        }
    }

    @Test
    void anIdleConnectionThatIsResetIsReplaced() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("set @a = 1");
            node(1).resetConnections();
            node(2).resetConnections();
            assertThat(client.cell("select @a from t2 where id = 1")).isEqualTo("1");
            assertThat(client.sent(2)).contains("select @a from t2 where id = 1");
        }
    }

    @Test
    void withAllNodesGoneStatementsFailUntilOneIsBack() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("set @a = 'back'");
            nodes.cluster().nodes().forEach(Node::stop);
            assertThat(client.error("select v from t2").sqlState()).isNotEmpty();
            assertThat(client.query("insert into t2(v) values('gone')").isError())
                    .isTrue();
            assertThatThrownBy(() -> nodes.client(proxy).close()).isInstanceOf(IOException.class);
            node(3).start();
            assertThat(client.cell("select concat(v, @a) from t2 where id = 1")).isEqualTo("oneback");
            try (JournaledClient late = nodes.client(proxy)) {
                assertThat(late.cell("select v from t1 where id = 1")).isEqualTo("one");
            }
            assertThat(nodes.rows("t2", "gone")).isZero();
        }
    }

    @Test
    void refusedConnectionsSendNewSessionsElsewhere() throws IOException {
        node(1).refuse();
        node(2).refuse();
        for (int i = 0; i < 3; i++) {
            try (JournaledClient client = nodes.client(proxy)) {
                assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
                assertThat(client.sent(3)).isNotEmpty();
            }
        }
    }

    /** Whatever byte of a result is the last one: the whole result, an error with a usable session, or the end. */
    @Test
    void aResultCutAnywhereIsNeverTakenForWhole() throws IOException {
        nodes.createTable(nodes.database(), "rows3", 2);
        nodes.cluster().sql(nodes.database(), "insert into rows3(v) values('two'), ('three')");
        int length = 220;
        int whole = 0;
        int failed = 0;
        int ended = 0;
        for (int cut = 0; cut < length; cut += 3) {
            try (JournaledClient client = nodes.client(proxy)) {
                node(2).faults().clear();
                node(2).faults().cutNextResponse(cut, "^select v, id from rows3");
                try {
                    Response response = client.query("select v, id from rows3 order by id");
                    if (response.isError()) {
                        failed++;
                        assertThat(client.cell("select v from t1 where id = 1")).isEqualTo("one");
                    } else {
                        whole++;
                        assertThat(response.rows()).hasSize(3);
                    }
                } catch (EOFException end) {
                    ended++;
                }
            }
        }
        assertThat(whole).as("repeated").isPositive();
        assertThat(failed + ended).as("broken off").isPositive();
    }
}
