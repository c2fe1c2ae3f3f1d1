package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where transactions begin, that they stay there, and that nothing outlives them. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionReplayTest {
    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    private static int status(Response response) {
        return response.ok().status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin",
                "BEGIN WORK",
                "start transaction",
                "start transaction read only",
                "start transaction read write"
            })
    void aTransactionBeginsWhereItsFirstStatementGoes(String begin) throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            Response answer = client.ok(begin);
            assertThat(status(answer) & ServerStatus.IN_TRANS).isNotZero();
            assertThat(client.sent(1)).isEmpty();
            client.ok("select v from t2");
            client.ok("select v from t1");
            client.ok("commit");
            assertThat(client.sent(1)).isEmpty();
            assertThat(client.sent(2)).containsExactly(begin, "select v from t2", "select v from t1", "commit");
            client.ok("select v from t1");
            assertThat(client.sent(1)).containsExactly("select v from t1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "rollback"})
    void anEmptyTransactionIsNotSent(String end) throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            assertThat(status(client.ok(end)) & ServerStatus.IN_TRANS).isZero();
            assertThat(client.sent(1)).isEmpty();
            assertThat(client.sent(2)).isEmpty();
        }
    }

    @Test
    void theLastOfSeveralBeginsCounts() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("start transaction read only");
            client.ok("select v from t2");
            assertThat(client.sent(2)).containsExactly("start transaction read only", "select v from t2");
            client.ok("rollback");
        }
    }

    @Test
    void aConsistentSnapshotIsTakenAtOnce() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("start transaction with consistent snapshot");
            assertThat(client.sent(1)).containsExactly("start transaction with consistent snapshot");
            client.ok("select v from t2");
            client.ok("commit");
            assertThat(client.sent(2)).isEmpty();
        }
    }

    @Test
    void writesOfOneTransactionAreCommittedTogether() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('together')");
            client.ok("insert into t1(v) values('together')");
            assertThat(nodes.rows("t1", "together") + nodes.rows("t2", "together"))
                    .isZero();
            client.ok("commit");
            assertThat(nodes.rows("t1", "together") + nodes.rows("t2", "together"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aBeginInATransactionCommitsIt() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('implicit')");
            client.ok("begin");
            assertThat(nodes.rows("t2", "implicit")).isEqualTo(1);
            client.ok("select v from t1");
            client.ok("rollback");
            assertThat(client.sent(2))
                    .containsExactly(
                            "begin", "insert into t2(v) values('implicit')", "begin", "select v from t1", "rollback");
        }
    }

    @Test
    void aBeginAfterAutocommitOffWaitsToo() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set autocommit = 0");
            client.ok("begin");
            client.ok("insert into t2(v) values('off')");
            client.ok("rollback");
            assertThat(nodes.rows("t2", "off")).isZero();
            assertThat(client.sent(2))
                    .containsExactly("SET @@autocommit = 0;", "begin", "insert into t2(v) values('off')", "rollback");
        }
    }

    @Test
    void withoutAutocommitTheFirstWriteBindsTheSession() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set autocommit = 0");
            client.ok("insert into t2(v) values('bound')");
            client.ok("insert into t1(v) values('bound')");
            client.ok("commit");
            client.ok("insert into t1(v) values('bound')");
            client.ok("rollback");
            assertThat(nodes.rows("t1", "bound")).isEqualTo(1);
            assertThat(client.sent(2)).endsWith("insert into t1(v) values('bound')", "commit");
        }
    }

    @Test
    void savepointsStayWithTheTransaction() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('before')");
            client.ok("savepoint sp");
            client.ok("insert into t1(v) values('after')");
            client.ok("rollback to sp");
            client.ok("commit");
            assertThat(nodes.rows("t2", "before")).isEqualTo(1);
            assertThat(nodes.rows("t1", "after")).isZero();
            assertThat(client.sent(1)).isEmpty();
        }
    }

    @Test
    void aSavepointAsFirstStatementHoldsTheTransactionWhereItIs() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("savepoint sp");
            client.ok("insert into t2(v) values('first savepoint')");
            client.ok("rollback to sp");
            client.ok("commit");
            assertThat(nodes.rows("t2", "first savepoint")).isZero();
            assertThat(client.sent(1)).startsWith("begin", "savepoint sp");
            assertThat(client.sent(2)).isEmpty();
        }
    }

    @Test
    void setTransactionHoldsForTheNextTransactionOnItsNode() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set transaction isolation level serializable");
            client.ok("begin");
            client.ok("select v from t2");
            client.ok("commit");
            assertThat(client.sent(1))
                    .containsExactly(
                            "set transaction isolation level serializable", "begin", "select v from t2", "commit");
            client.ok("select v from t2");
            assertThat(client.sent(2)).containsExactly("select v from t2");
        }
    }

    @Test
    void dataDefinitionEndsTheTransaction() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('ddl')");
            client.ok("create table ddl_made(a int)");
            assertThat(nodes.rows("t2", "ddl")).isEqualTo(1);
            client.ok("rollback");
            client.forget();
            client.ok("select v from t1");
            assertThat(client.sent(2)).isEmpty();
        }
    }

    @Test
    void anErrorInATransactionLeavesItOpen() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('error')");
            assertThat(client.error("insert into t2(id) values(1)").errno()).isEqualTo(1062);
            client.ok("insert into t1(v) values('error')");
            client.ok("commit");
            assertThat(nodes.rows("t1", "error")).isEqualTo(1);
            assertThat(client.sent(1)).isEmpty();
        }
    }

    @Test
    void aFailingFirstStatementKeepsTheTransactionOpen() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            assertThat(client.error("insert into t2(id) values(1)").errno()).isEqualTo(1062);
            client.ok("insert into t2(v) values('after failure')");
            client.ok("rollback");
            assertThat(nodes.rows("t2", "after failure")).isZero();
        }
    }

    @Test
    void commitAndChainGoesOnWithATransaction() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('chain')");
            if (client.query("commit and chain").isError()) {
                // Not every server knows it.
                client.ok("rollback");
                return;
            }
            client.ok("insert into t1(v) values('chained')");
            client.ok("rollback");
            assertThat(nodes.rows("t2", "chain")).isEqualTo(1);
            assertThat(nodes.rows("t1", "chained")).isZero();
        }
    }

    @Test
    void severalStatementsInOneTextMayHoldATransaction() throws IOException {
        try (JournaledClient client = MultiStatements.client(nodes)) {
            client.visit(2, 1);
            client.ok("begin; insert into t2(v) values('multi')");
            client.ok("insert into t1(v) values('multi')");
            client.ok("rollback");
            assertThat(nodes.rows("t1", "multi") + nodes.rows("t2", "multi")).isZero();
        }
    }

    @Test
    void afterATransactionTheSessionMovesFreely() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            for (int i = 0; i < 3; i++) {
                client.ok("begin");
                client.ok("select v from t2");
                client.ok("commit");
                client.ok("begin");
                client.ok("select v from t1");
                client.ok("commit");
            }
            assertThat(client.sent(1)).hasSize(9);
            assertThat(client.sent(2)).hasSize(9);
        }
    }
}
