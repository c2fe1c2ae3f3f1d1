package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statements of the binary protocol: prepared on a node when first executed there, closed on all. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BinaryPreparedTest {
    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @Test
    void aStatementIsPreparedOnceOnEachNodeThatExecutesIt() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            String sql = "select concat(v, ?) from t2 where id = 1";
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), sql);
            assertThat(client.sent(2)).containsExactly("STMT_PREPARE " + sql);
            client.visit(1);
            assertThat(statement.rows("!")).containsExactly("one!");
            assertThat(statement.rows("?")).containsExactly("one?");
            assertThat(client.sent(1)).isEmpty();
            assertThat(client.sent(2)).containsExactly("STMT_EXECUTE " + sql, "STMT_EXECUTE " + sql);
        }
    }

    @Test
    void anotherNodePreparesTheStatementBeforeItsFirstExecution() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            // No table: prepared and executed wherever the session is.
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select concat(?, ':', ?)");
            assertThat(statement.rows("a", "b")).containsExactly("a:b");
            client.visit(2);
            // The types, which the client does not send again, are added for the node that has not seen them.
            assertThat(statement.rows("c", "d")).containsExactly("c:d");
            assertThat(statement.rows("é", "")).containsExactly("é:");
            assertThat(client.sent(2))
                    .containsExactly(
                            "STMT_PREPARE select concat(?, ':', ?)",
                            "STMT_EXECUTE select concat(?, ':', ?)",
                            "STMT_EXECUTE select concat(?, ':', ?)");
            client.visit(1);
            assertThat(statement.rows("e", "f")).containsExactly("e:f");
            assertThat(client.sent(1)).containsExactly("STMT_EXECUTE select concat(?, ':', ?)");
        }
    }

    @Test
    void stateIsReplayedBeforeAStatementIsPrepared() throws IOException {
        try (JournaledClient client = nodes.clientOn(1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select concat(@p, ?)");
            client.ok("set @p = 'p'");
            client.ok("select 1 from t2");
            client.forget();
            client.ok("set @p = 'q'");
            client.visit(2);
            assertThat(statement.rows("x")).containsExactly("qx");
            assertThat(client.sent(2))
                    .containsExactly("STMT_PREPARE select concat(@p, ?)", "STMT_EXECUTE select concat(@p, ?)");
        }
    }

    @Test
    void closingReachesEveryNode() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select ?");
            BinaryStatement kept = BinaryStatement.prepare(client.raw(), "select ?");
            statement.rows("1");
            client.visit(2);
            statement.rows("1");
            client.forget();
            statement.close();
            client.await(1, line -> line.startsWith("STMT_CLOSE"));
            client.await(2, line -> line.startsWith("STMT_CLOSE"));
            assertThat(statement.execute("1").error().errno()).isEqualTo(1243);
            assertThat(kept.rows("2")).containsExactly("2");
        }
    }

    @Test
    void idsAreTheSessionsAndUnknownOnesAreRefused() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement first = BinaryStatement.prepare(client.raw(), "select 1");
            client.visit(2);
            BinaryStatement second = BinaryStatement.prepare(client.raw(), "select 2");
            assertThat(first.id()).isEqualTo(1);
            assertThat(second.id()).isEqualTo(2);
            assertThat(first.rows()).containsExactly("1");
            assertThat(second.rows()).containsExactly("2");
            byte[] unknown = {0x17, 99, 0, 0, 0, 0, 1, 0, 0, 0};
            assertThat(client.raw().command(unknown).error().errno()).isEqualTo(1243);
        }
    }

    @Test
    void longDataGoesWhereTheStatementIsExecuted() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "insert into t2(v) values(?)");
            client.visit(1);
            statement.longData(0, "long ");
            statement.longData(0, "data");
            assertThat(statement.execute("\0").isError()).isFalse();
            assertThat(nodes.rows("t2", "long data")).isEqualTo(1);
            assertThat(client.sent(1)).isEmpty();
            assertThat(client.sent(2))
                    .containsExactly(
                            "STMT_SEND_LONG_DATA insert into t2(v) values(?)",
                            "STMT_SEND_LONG_DATA insert into t2(v) values(?)",
                            "STMT_EXECUTE insert into t2(v) values(?)");
        }
    }

    @Test
    void longDataOnANodeWithoutTheStatementPreparesItFirst() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select concat('<', ?, '>')");
            client.visit(2);
            statement.longData(0, "body");
            client.await(2, line -> line.startsWith("STMT_SEND_LONG_DATA"));
            // A statement in between goes to another node; the execution follows its data nevertheless.
            client.ok("select 1 from t1");
            assertThat(statement.firstColumn(statement.execute("\0"))).containsExactly("<body>");
            assertThat(client.entries(2).command("STMT_EXECUTE").count()).isEqualTo(1);
        }
    }

    @Test
    void aCursorIsReadFromTheNodeThatOpenedIt() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            nodes.createTable(nodes.database(), "many", 2);
            nodes.cluster()
                    .sql(nodes.database(), "insert into many(v) values('2'),('3'),('4'),('5'),('6'),('7'),('8')");
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select id from many order by id");
            Response opened = statement.execute(BinaryStatement.READ_ONLY_CURSOR);
            assertThat(opened.isError()).isFalse();
            assertThat(statement.firstColumn(opened)).isEmpty();
            assertThat(statement.firstColumn(statement.fetch(3))).hasSize(3);
            client.visit(1);
            client.ok("insert into t1(v) values('between')");
            assertThat(statement.firstColumn(statement.fetch(3))).hasSize(3);
            client.ok("select 1 from t3");
            assertThat(statement.firstColumn(statement.fetch(100))).hasSize(2);
            assertThat(client.sent(2).stream().filter(line -> line.startsWith("STMT_FETCH")))
                    .hasSize(2);
            assertThat(client.sent(1)).noneMatch(line -> line.startsWith("STMT"));
            assertThat(client.cell("select v from t1 where id = 1")).isEqualTo("one");
        }
    }

    @Test
    void theCursorIsThatOfTheLastExecution() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            nodes.cluster()
                    .sql(
                            nodes.database(),
                            "create table cursors(id bigint primary key) partition by hash(id) partitions 6");
            nodes.cluster().sql(nodes.database(), "insert into cursors values(0),(1),(2),(3),(4),(5)");
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select id from cursors where id = ?");
            for (int round = 0; round < 2; round++) {
                for (int id = 0; id < 6; id++) {
                    assertThat(statement
                                    .execute(BinaryStatement.READ_ONLY_CURSOR, Integer.toString(id))
                                    .isError())
                            .isFalse();
                    assertThat(statement.firstColumn(statement.fetch(5))).containsExactly(Integer.toString(id));
                }
            }
            statement.execute(BinaryStatement.READ_ONLY_CURSOR, "1");
            assertThat(statement.rows("2")).containsExactly("2");
            assertThat(statement.fetch(5).isError()).isTrue();
        }
    }

    @Test
    void fetchingFromAnotherNodeDoesNotEndATransaction() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select id from t2 order by id");
            statement.execute(BinaryStatement.READ_ONLY_CURSOR);
            client.ok("begin");
            client.ok("insert into t1(v) values('fetched')");
            assertThat(statement.firstColumn(statement.fetch(1))).containsExactly("1");
            client.ok("insert into t2(v) values('fetched')");
            assertThat(nodes.rows("t2", "fetched")).isZero();
            assertThat(statement.reset().isError()).isFalse();
            client.ok("insert into t2(v) values('fetched')");
            client.ok("rollback");
            assertThat(nodes.rows("t1", "fetched") + nodes.rows("t2", "fetched"))
                    .isZero();
        }
    }

    @Test
    void aResetStatementHasNoCursorAnyMore() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select id from t2");
            statement.execute(BinaryStatement.READ_ONLY_CURSOR);
            client.visit(1);
            assertThat(statement.reset().isError()).isFalse();
            assertThat(statement.fetch(1).isError()).isTrue();
            assertThat(statement.rows()).isNotEmpty();
        }
    }

    @Test
    void resettingDropsLongData() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select concat('<', ?, '>')");
            statement.longData(0, "thrown away");
            assertThat(statement.reset().isError()).isFalse();
            client.visit(2);
            assertThat(statement.rows("kept")).containsExactly("<kept>");
        }
    }

    @Test
    void aPreparedBeginIsATransaction() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            BinaryStatement begin = BinaryStatement.prepare(client.raw(), "begin");
            BinaryStatement insert = BinaryStatement.prepare(client.raw(), "insert into t2(v) values(?)");
            assertThat(begin.execute().isError()).isFalse();
            assertThat(insert.execute("binary begin").isError()).isFalse();
            assertThat(nodes.rows("t2", "binary begin")).isZero();
            client.ok("rollback");
            assertThat(nodes.rows("t2", "binary begin")).isZero();
            assertThat(insert.execute("binary begin").isError()).isFalse();
            assertThat(nodes.rows("t2", "binary begin")).isEqualTo(1);
        }
    }

    @Test
    void aFailingPrepareTakesNoId() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            Response refused = client.raw().command(0x16, "select nosuch from t2");
            assertThat(refused.error().errno()).isEqualTo(1054);
            BinaryStatement statement = BinaryStatement.prepare(client.raw(), "select v from t2 where id = ?");
            assertThat(List.of(statement.id())).containsExactly(1);
            assertThat(statement.rows("1")).containsExactly("one");
        }
    }
}
