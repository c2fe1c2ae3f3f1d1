package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement left on its node is asked of that node, and binds the session no longer than it must. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PinnedSessionTest {
    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @Test
    void lockedTablesBindUntilTheyAreUnlocked() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("lock tables t2 write");
            int locked = client.sent(2).isEmpty() ? 1 : 2;
            client.ok("select v from t1");
            client.ok("select v from t2");
            assertThat(client.sent(3 - locked)).isEmpty();
            client.ok("unlock tables");
            client.ok("select v from t" + (3 - locked));
            assertThat(client.sent(3 - locked)).containsExactly("select v from t" + (3 - locked));
        }
    }

    @Test
    void aLockFunctionThatFailedBindsNothing() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            // This kernel has no GET_LOCK.
            if (!client.query("select get_lock('it', 1)").isError()) {
                client.ok("select v from t2");
                assertThat(client.sent(2)).isEmpty();
                client.ok("select release_lock('it')");
            }
            client.ok("select v from t2");
            assertThat(client.sent(2)).containsExactly("select v from t2");
        }
    }

    @Test
    void foundRowsAreThoseOfTheLastQuery() throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.ok("insert into t2(v) values('f1'),('f2'),('f3')");
            client.ok("select sql_calc_found_rows v from t2 where v like 'f_' limit 1");
            assertThat(client.cell("select found_rows()")).isEqualTo("3");
            assertThat(client.sent(1)).isEmpty();
        }
    }

    @Test
    void rowCountIsThatOfTheLastStatement() throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.ok("insert into t2(v) values('r1'),('r2')");
            assertThat(client.cell("select row_count()")).isEqualTo("2");
            assertThat(client.sent(1)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"show warnings", "show errors", "show count(*) warnings"})
    void diagnosticsAreThoseOfTheLastStatement(String show) throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.error("select nosuch from t2");
            client.ok(show);
            assertThat(client.sent(2)).containsExactly("select nosuch from t2", show);
            assertThat(client.sent(1)).isEmpty();
            client.ok("select v from t1");
            assertThat(client.sent(1)).containsExactly("select v from t1");
        }
    }

    @Test
    void warningsOfAWriteAreFoundAfterIt() throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.ok("set sql_mode = ''");
            client.ok("create table narrow(v varchar(2))");
            client.ok("insert into narrow values('too long')");
            List<List<String>> warnings = client.ok("show warnings").rows();
            assertThat(warnings).hasSize(1);
            assertThat(warnings.getFirst()).contains("1265");
        }
    }

    @Test
    void lastInsertIdAloneDoesNotBind() throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.ok("insert into t2(v) values('lii')");
            String id = client.cell("select last_insert_id()");
            assertThat(client.cell("select last_insert_id() from t1 where id = 1"))
                    .isEqualTo(id);
            assertThat(client.cell("select concat(last_insert_id(), ',', row_count())"))
                    .isEqualTo(id + ",-1");
        }
    }
}
