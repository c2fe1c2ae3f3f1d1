package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PREPARE, EXECUTE and DEALLOCATE as statements: prepared on a node when it is first executed there. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextPreparedTest {
    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @Test
    void aStatementIsPreparedWhereItIsExecuted() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @k = 1");
            client.ok("prepare s from 'select v from t2 where id = ?'");
            assertThat(client.cell("execute s using @k")).isEqualTo("one");
            assertThat(client.cell("execute s using @k")).isEqualTo("one");
            // PREPARE itself goes where the session is; EXECUTE to the table's leader.
            assertThat(client.sent(1)).containsExactly("set @k = 1", "prepare s from 'select v from t2 where id = ?'");
            assertThat(client.sent(2))
                    .containsExactly(
                            "SET @k = 1;",
                            "prepare s from 'select v from t2 where id = ?'",
                            "execute s using @k",
                            "execute s using @k");
        }
    }

    @Test
    void theTextOfAVariableIsTakenWhenItIsPrepared() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @Stmt = 'select concat(v, \"''s\") from t2 where id = 1'");
            client.ok("prepare s from @stmt");
            client.ok("set @stmt = 'select 2'");
            assertThat(client.cell("execute s")).isEqualTo("one's");
            assertThat(client.sent(2))
                    .contains("PREPARE `s` FROM 'select concat(v, \\\"\\'s\\\") from t2 where id = 1'");
        }
    }

    @Test
    void theSameNameAgainReplacesTheStatementEverywhere() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("prepare s from 'select 1 from t2 where id = 1'");
            assertThat(client.cell("execute s")).isEqualTo("1");
            client.visit(1);
            client.ok("prepare S from 'select 2 from t2 where id = 1'");
            assertThat(client.cell("execute s")).isEqualTo("2");
            assertThat(client.sent(2)).containsExactly("prepare S from 'select 2 from t2 where id = 1'", "execute s");
        }
    }

    @Test
    void aFailingPrepareOfAKnownNameLosesTheStatementEverywhere() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("prepare s from 'select 1 from t2 where id = 1'");
            client.ok("execute s");
            client.visit(1);
            assertThat(client.error("prepare s from 'selec'").errno()).isEqualTo(1064);
            assertThat(client.error("execute s").errno()).isEqualTo(1243);
            client.visit(2);
            assertThat(client.error("execute s").errno()).isEqualTo(1243);
        }
    }

    @Test
    void deallocateReachesEveryNodeThatHasIt() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("prepare s from 'select 1 from t2 where id = 1'");
            client.ok("execute s");
            client.forget();
            client.ok("deallocate prepare s");
            client.await(1, line -> line.toLowerCase(Locale.ROOT).startsWith("deallocate prepare"));
            client.await(2, line -> line.toLowerCase(Locale.ROOT).startsWith("deallocate prepare"));
            assertThat(client.error("execute s").errno()).isEqualTo(1243);
            client.visit(1);
            assertThat(client.error("execute s").errno()).isEqualTo(1243);
            assertThat(client.error("deallocate prepare s").errno()).isEqualTo(1243);
        }
    }

    @Test
    void deallocatingDoesNotEndATransaction() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("prepare s from 'select 1 from t2 where id = 1'");
            client.ok("execute s");
            client.ok("begin");
            client.ok("insert into t3(v) values('deallocated')");
            client.ok("deallocate prepare s");
            client.ok("insert into t1(v) values('deallocated')");
            assertThat(nodes.rows("t1", "deallocated")).isZero();
            client.ok("rollback");
            assertThat(nodes.rows("t1", "deallocated") + nodes.rows("t3", "deallocated"))
                    .isZero();
        }
    }

    @Test
    void aStatementWhoseTableIsGoneSaysSo() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            nodes.createTable(nodes.database(), "gone", 2);
            client.ok("prepare s from 'select v from gone where id = 1'");
            nodes.cluster().sql(nodes.database(), "drop table gone");
            assertThat(client.error("execute s").errno()).isEqualTo(1146);
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }

    @Test
    void writesAndTransactionsGoThroughPreparedText() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("prepare ins from 'insert into t2(v) values(?)'");
            client.ok("set @v = 'prepared'");
            client.ok("begin");
            client.ok("execute ins using @v");
            client.ok("execute ins using @v");
            assertThat(nodes.rows("t2", "prepared")).isZero();
            client.ok("commit");
            assertThat(nodes.rows("t2", "prepared")).isEqualTo(2);
            assertThat(client.sent(2))
                    .containsExactly(
                            "SET @v = 'prepared';",
                            "begin",
                            "prepare ins from 'insert into t2(v) values(?)'",
                            "execute ins using @v",
                            "execute ins using @v",
                            "commit");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start transaction read only;deallocate prepare s;execute s;commit;execute s",
                "begin;deallocate prepare s;execute s;commit;execute s;deallocate prepare s",
                "begin;update t1 set v = v where id = 1;deallocate prepare s;commit;execute s",
                "start transaction read only;prepare s from 'select 8';commit;execute s",
                "start transaction read only;select v from t2 where id = 1;prepare s from 'select 8';commit;execute s",
                "set tx_read_only = 1;deallocate prepare s;set session transaction read write;execute s",
                "start transaction read only;deallocate prepare nosuch;commit;deallocate prepare nosuch"
            })
    void statementsInReadOnlyTransactionsAreAsOnTheServer(String script) throws IOException {
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        try (JournaledClient client = nodes.clientOn(2, 1);
                RawClient direct = nodes.environment().direct(nodes.database())) {
            for (String sql : ("prepare s from 'select 7';" + script).split(";")) {
                here.add(outcome(client.query(sql)));
            }
            for (String sql : ("prepare s from 'select 7';" + script).split(";")) {
                there.add(outcome(direct.query(sql)));
            }
        }
        assertThat(here).isEqualTo(there);
    }

    private static String outcome(Response response) {
        return response.isError() ? String.valueOf(response.error().errno()) : String.valueOf(response.cell());
    }
}
