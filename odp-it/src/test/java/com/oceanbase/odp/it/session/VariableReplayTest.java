package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables set on one node are on the other one before the next statement there, and nothing else is sent. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariableReplayTest {
    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
    }

    @Test
    void theProductsExampleOfAutocommitOnTwoServers() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set autocommit = 0");
            client.ok("insert into t1(v) values('example')");
            client.ok("commit");
            String id = nodes.cluster()
                    .sql(nodes.database(), "select max(id) from t1")
                    .cell();
            client.ok("insert into t2(v) values('example')");
            assertThat(client.sent(1))
                    .containsExactly("set autocommit = 0", "insert into t1(v) values('example')", "commit");
            assertThat(client.sent(2))
                    .containsExactly(
                            "SET @@autocommit = 0, @@last_insert_id = " + id + ";",
                            "insert into t2(v) values('example')");
            assertThat(nodes.rows("t2", "example"))
                    .as("not committed by itself")
                    .isZero();
            client.ok("rollback");
            assertThat(client.cell("select count(*) from t2 where v = 'example'"))
                    .isEqualTo("0");
            assertThat(client.cell("select count(*) from t1 where v = 'example'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void withoutChangesNothingIsSent() throws IOException {
        try (JournaledClient client = nodes.clientOn(1, 2)) {
            client.ok("select 1 from t1");
            client.ok("select 2 from t2");
            client.ok("select 3 from t1");
            assertThat(client.sent(1)).containsExactly("select 1 from t1", "select 3 from t1");
            assertThat(client.sent(2)).containsExactly("select 2 from t2");
        }
    }

    @Test
    void aServerIsLoggedInToWhenItIsNeededFirst() throws IOException {
        try (JournaledClient client = nodes.clientAwayFrom(nodes.environment().proxy(), 2, 1)) {
            client.ok("set @a = 5, @b = 'x y'");
            client.ok("select @a, v from t2");
            assertThat(client.sent(1)).containsExactly("set @a = 5, @b = 'x y'");
            assertThat(client.sent(2))
                    .endsWith("INIT_DB " + nodes.database(), "SET @a = 5, @b = 'x y';", "select @a, v from t2")
                    .hasSize(4);
            assertThat(client.entries(3).isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "5 | 5",
                "-17 | -17",
                "1.50 | 1.50",
                "18446744073709551615 | 18446744073709551615",
                "NULL | NULL",
                "'x y' | 'x y'",
                "'' | ''",
                "'it''s' | 'it\\'s'",
                "'say \"hi\"' | 'say \\\"hi\\\"'",
                "'back\\\\slash' | 'back\\\\slash'",
                "'a;b' | 'a;b'",
                "'é 中' | 'é 中'",
                "x'00ff27e95c' | X'00FF27E95C'",
                "'line\\nnext\\0' | 'line\\nnext\\0'",
                "true | 1",
                "cast('2020-01-02 03:04:05' as datetime) | '2020-01-02 03:04:05'"
            })
    void userVariable(String literal, String replayed) throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @var = " + literal);
            String here = client.cell("select hex(@var) from t1 where id = 1");
            client.forget();
            assertThat(client.cell("select hex(@var) from t2 where id = 1")).isEqualTo(here);
            assertThat(client.sent(2))
                    .containsExactly("SET @var = " + replayed + ";", "select hex(@var) from t2 where id = 1");
            assertThat(client.cell("select hex(@var) from t2 where id = 1")).isEqualTo(here);
        }
    }

    @Test
    void onlyVariablesThatChangedAreSent() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 1, @b = 2");
            client.ok("select 1 from t2");
            client.ok("set @b = 3");
            client.forget();
            client.ok("select 1 from t1");
            assertThat(client.sent(1)).containsExactly("SET @b = 3;", "select 1 from t1");
            client.ok("select @a := @a + 1 from t1 where id = 1");
            client.forget();
            assertThat(client.cell("select @a from t2 where id = 1")).isEqualTo("2");
            assertThat(client.sent(2)).containsExactly("SET @a = 2;", "select @a from t2 where id = 1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ob_query_timeout = 20000000 | @@ob_query_timeout | SET @@ob_query_timeout = 20000000;",
                "autocommit = 0 | @@autocommit | SET @@autocommit = 0;",
                "time_zone = '+03:00' | @@time_zone | SET @@time_zone = '+03:00';",
                "sql_mode = 'ANSI_QUOTES' | @@sql_mode | SET @@sql_mode = 'ANSI_QUOTES';",
                "sql_mode = '' | @@sql_mode | SET @@sql_mode = '';",
                "character_set_results = NULL | @@character_set_results | SET @@character_set_results = NULL;",
                "ob_trx_idle_timeout = 77000000 | @@ob_trx_idle_timeout | SET @@ob_trx_idle_timeout = 77000000;",
                "foreign_key_checks = off | @@foreign_key_checks | SET @@foreign_key_checks = 0;",
                "wait_timeout = 1000 | @@wait_timeout | SET @@wait_timeout = 1000;",
                "auto_increment_increment = 3 | @@auto_increment_increment | SET @@auto_increment_increment = 3;"
            })
    void systemVariable(String assignment, String name, String replayed) throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set session " + assignment);
            String here = client.cell("select " + name + " from t1 where id = 1");
            client.ok("commit");
            client.forget();
            assertThat(client.cell("select " + name + " from t2 where id = 1")).isEqualTo(here);
            assertThat(client.sent(2)).containsExactly(replayed, "select " + name + " from t2 where id = 1");
        }
    }

    @Test
    void setNamesIsReplayedAsItsVariables() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set names utf8mb4 collate utf8mb4_bin");
            assertThat(client.cell("select @@collation_connection from t2 where id = 1"))
                    .isEqualTo("utf8mb4_bin");
            assertThat(client.replayed(2)).containsExactly("SET @@collation_connection = 'utf8mb4_bin';");
        }
    }

    @Test
    void isolationIsReplayed() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set session transaction isolation level serializable");
            assertThat(client.cell("select @@transaction_isolation from t2 where id = 1"))
                    .isEqualTo("SERIALIZABLE");
            assertThat(client.replayed(2))
                    .containsExactly("SET @@tx_isolation = 'SERIALIZABLE', @@transaction_isolation = 'SERIALIZABLE';");
        }
    }

    @Test
    void systemVariablesComeInGroupsBeforeLastInsertIdAndUserVariables() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @a = 1");
            client.ok("set autocommit = 0, ob_query_timeout = 30000000, last_insert_id = 77, time_zone = '+01:00'");
            client.ok("select 1 from t2");
            assertThat(client.replayed(2))
                    .containsExactly("SET @@time_zone = '+01:00', @@autocommit = 0, @@ob_query_timeout = 30000000,"
                            + " @@last_insert_id = 77, @a = 1;");
        }
    }

    @Test
    void lastInsertIdFollowsTheSession() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("insert into t1(v) values('lii')");
            String id = client.cell("select last_insert_id()");
            assertThat(id).isNotEqualTo("0");
            assertThat(client.cell("select last_insert_id() from t2 where id = 1"))
                    .isEqualTo(id);
            client.ok("insert into t2 select last_insert_id() + 1000, 'lii'");
            assertThat(client.cell("select count(*) from t2 where id = " + id + " + 1000"))
                    .isEqualTo("1");
        }
    }

    @Test
    void quotingOfStringsHoldsWithoutBackslashEscapes() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set sql_mode = 'NO_BACKSLASH_ESCAPES'");
            client.ok("set @s = 'it''s a \\ slash'");
            assertThat(client.cell("select @s from t2 where id = 1")).isEqualTo("it's a \\ slash");
            client.ok("set @t = 'c:\\dir', @n = x'00'");
            assertThat(client.cell("select concat(@s, @t, hex(@n)) from t1 where id = 1"))
                    .isEqualTo("it's a \\ slashc:\\dir00");
            client.ok("set sql_mode = ''");
            client.ok("set @s = 'it''s now \\\\'");
            assertThat(client.cell("select @s from t2 where id = 1")).isEqualTo("it's now \\");
        }
    }

    @Test
    void textInAnotherCharacterSetArrivesAsItWas() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            client.ok("set @u = '中'");
            client.ok("set names gbk");
            byte[] set = {3, 's', 'e', 't', ' ', '@', 'g', '=', '\'', (byte) 0xD6, (byte) 0xD0, '\''};
            assertThat(client.raw().command(set).isError()).isFalse();
            assertThat(client.cell("select concat(hex(convert(@g using utf8mb4)), hex(convert(@u using utf8mb4)))"
                            + " from t2 where id = 1"))
                    .isEqualTo("E4B8ADE4B8AD");
            client.ok("set names utf8mb4");
            client.ok("set @x = 1");
            assertThat(client.cell("select concat(hex(convert(@g using utf8mb4)), hex(convert(@u using utf8mb4)))"
                            + " from t3 where id = 1"))
                    .isEqualTo("E4B8ADE4B8AD");
        }
    }

    @Test
    void ofAFailedSetOnlyThatPartIsReplayedWhichTheServerExecuted() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            assertThat(client.error("set no_such_variable = 1").errno()).isEqualTo(1193);
            client.ok("select 1 from t2");
            assertThat(client.sent(2)).containsExactly("select 1 from t2");
            assertThat(client.error("set @a = 1, no_such_variable = 1").errno()).isEqualTo(1193);
            assertThat(client.cell("select @a from t2 where id = 1")).isEqualTo("1");
        }
    }

    @Test
    void aGlobalVariableIsNotTheSessions() throws IOException {
        try (JournaledClient client = nodes.clientOn(2, 1)) {
            String global = client.cell("select @@global.net_buffer_length");
            client.ok("set global net_buffer_length = 16384");
            client.ok("select 1 from t2");
            // What the server reports instead is the version of the schema, which holds the global variables.
            assertThat(client.replayed(2)).hasSize(1).first().asString().startsWith("SET @@ob_last_schema_version = ");
            client.ok("set global net_buffer_length = " + global);
        }
    }
}
