package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.cluster.NodeFaults;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node refuses what is replayed: the statement works elsewhere or fails, and the session goes on. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayFailureTest {
    private static final int INTERNAL = 4016;

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @AfterEach
    void heal() {
        nodes.cluster().nodes().forEach(node -> node.faults().clear());
    }

    private NodeFaults faults(int node) {
        return nodes.cluster().node(node).faults();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select concat(@a, v) from t2 where id = 1",
                "select concat(@a, v) from t2 where id = 1 for update"
            })
    void refusedVariablesSendTheStatementElsewhere(String sql) throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 'x'");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^SET @a = 'x';$");
            assertThat(client.cell(sql)).isEqualTo("xone");
            assertThat(client.sent(2)).first().isEqualTo("SET @a = 'x';");
            assertThat(faults(2).armedCount()).isZero();
            // The refusing link was given up; the next statement for its node makes another.
            assertThat(client.cell(sql)).isEqualTo("xone");
            assertThat(client.sent(2)).contains("SET @a = 'x';").last().isEqualTo(sql);
        }
    }

    @Test
    void aWriteWhoseVariablesAreRefusedIsExecutedOnce() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 'refused'");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^SET @a");
            client.ok("insert into t2(v) values(@a)");
            assertThat(nodes.rows("t2", "refused")).isEqualTo(1);
            assertThat(client.sent(2)).containsExactly("SET @a = 'refused';");
        }
    }

    /** A read is sent with its replays in one go and repeated if they fail; a write waits for their answers. */
    @Test
    void readsFollowTheirReplaysAtOnceAndWritesWait() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 1");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^SET @a");
            client.ok("select v from t2 where id = @a");
            assertThat(client.sent(2)).containsExactly("SET @a = 1;", "select v from t2 where id = @a");
            client.visit(2, 1);
            client.ok("set @a = 2");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^SET @a");
            client.ok("update t2 set v = 'two' where id = @a");
            assertThat(client.sent(2)).containsExactly("SET @a = 2;");
        }
    }

    @Test
    void aRefusedDatabaseSendsTheStatementElsewhere() throws IOException {
        String other = nodes.otherDatabase("t2", 2);
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("use " + other);
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^" + other + "$");
            assertThat(client.cell("select concat(v, database()) from t2 where id = 1"))
                    .isEqualTo("one" + other);
            assertThat(faults(2).armedCount()).isZero();
            assertThat(client.cell("select database() from t2 where id = 1")).isEqualTo(other);
        }
    }

    @Test
    void aRefusedBeginFailsTheStatementAndKeepsTheTransaction() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^begin$");
            assertThat(client.error("insert into t2(v) values('no begin')").errno())
                    .isEqualTo(INTERNAL);
            assertThat(nodes.rows("t2", "no begin")).isZero();
            client.ok("insert into t2(v) values('no begin')");
            client.ok("rollback");
            assertThat(nodes.rows("t2", "no begin")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8001, 8002, 5150, 4124})
    void aBeginThatANodeCannotTakeBeginsElsewhere(int errno) throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("begin");
            faults(2).failNext(1, errno, "HY000", "injected", "^begin$");
            client.ok("insert into t2(v) values('else" + errno + "')");
            assertThat(nodes.rows("t2", "else" + errno)).isZero();
            client.ok("commit");
            assertThat(nodes.rows("t2", "else" + errno)).isEqualTo(1);
            assertThat(client.sent(2)).containsExactly("begin");
        }
    }

    @Test
    void variablesRefusedBeforeATransactionMoveItAsAWhole() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 'tx'");
            client.ok("begin");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^SET @a");
            client.ok("insert into t2(v) values(@a)");
            assertThat(nodes.rows("t2", "tx")).isZero();
            client.ok("insert into t1(v) values(@a)");
            client.ok("commit");
            assertThat(nodes.rows("t2", "tx") + nodes.rows("t1", "tx")).isEqualTo(2);
        }
    }

    @Test
    void aReadIsRepeatedAsAWholeToo() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 'tr'");
            client.ok("begin");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^SET @a");
            assertThat(client.cell("select concat(@a, v) from t2 where id = 1")).isEqualTo("trone");
            client.ok("insert into t2(v) values(@a)");
            assertThat(nodes.rows("t2", "tr")).isZero();
            client.ok("rollback");
            assertThat(nodes.rows("t2", "tr")).isZero();
        }
    }

    @Test
    void aRefusedPreparationFailsTheExecution() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select concat('p', ?)");
            client.visit(2);
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^select concat\\('p'");
            assertThat(statement.execute("1").error().errno()).isEqualTo(INTERNAL);
            assertThat(statement.rows("2")).containsExactly("p2");
            client.ok("prepare s from 'select v from t2 where id = 1'");
            client.visit(1);
            client.ok("deallocate prepare s");
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }

    @Test
    void aRefusedPreparationLeavesNoErrorForTheCommandsAfterIt() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement cursor = BinaryStatement.prepare(client.raw(), "select id from t1");
            cursor.execute(BinaryStatement.READ_ONLY_CURSOR);
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select concat('q', ?)");
            client.visit(2);
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^select concat\\('q'");
            assertThat(statement.execute("1").error().errno()).isEqualTo(INTERNAL);
            assertThat(cursor.fetch(10).isError()).isFalse();
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }

    @Test
    void aRefusedTextPreparationFailsTheExecution() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("prepare s from 'select v from t2 where id = 1'");
            faults(2).failNext(1, INTERNAL, "HY000", "injected", "^prepare s");
            assertThat(client.error("execute s").errno()).isEqualTo(INTERNAL);
            assertThat(client.cell("execute s")).isEqualTo("one");
        }
    }
}
