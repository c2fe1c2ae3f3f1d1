package com.oceanbase.odp.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.testkit.cluster.ClusterOptions;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Session state on a cluster whose servers report variables as numbers, as a real cluster does. */
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumericVariablesTest {
    private TestCluster cluster;
    private OdpInstance proxy;

    @BeforeAll
    void start() {
        cluster = TestCluster.start(ClusterOptions.forTests().withNodes(2).withNumericVariables(true));
        cluster.sql("create database num");
        for (int node = 1; node <= 2; node++) {
            cluster.sql("num", "create table t" + node + "(id bigint primary key, v varchar(100))");
            cluster.sql("num", "insert into t" + node + " values(1, 'one')");
            cluster.leaders().moveTable("num", "t" + node, node);
        }
        proxy = OdpInstance.start(cluster.rootServiceList(), cluster.name(), Map.of());
    }

    @AfterAll
    void stop() {
        proxy.close();
        cluster.close();
    }

    private static Response ok(RawClient client, String sql) throws IOException {
        Response response = client.query(sql);
        assertThat(response.isError()).as("%s: %s", sql, response).isFalse();
        return response;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "autocommit = 0 | @@autocommit | SET @@autocommit = 0;",
                "sql_mode = 'ANSI_QUOTES' | @@sql_mode | SET @@sql_mode = 4;",
                "collation_connection = 'utf8mb4_bin' | @@collation_connection | SET @@collation_connection = 46;",
                "character_set_results = NULL | @@character_set_results | SET @@character_set_results = NULL;",
                "time_zone = '+05:00' | @@time_zone | SET @@time_zone = '+05:00';",
                "ob_query_timeout = 20000000 | @@ob_query_timeout | SET @@ob_query_timeout = 20000000;"
            })
    void aVariableIsReplayedInTheFormItWasReported(String assignment, String name, String replayed) throws IOException {
        RawClient.Login login =
                RawClient.Login.of("root@sys#" + cluster.name(), "").withDatabase("num");
        try (RawClient client = proxy.raw(login)) {
            ok(client, "select v from t2");
            ok(client, "select v from t1");
            ok(client, "set session " + assignment);
            String here = ok(client, "select " + name + " from t1 where id = 1").cell();
            ok(client, "commit");
            Journal.Mark mark = cluster.journal().mark();
            assertThat(ok(client, "select " + name + " from t2 where id = 1").cell())
                    .isEqualTo(here);
            assertThat(cluster.journal().since(mark).withoutInner().of(2).queries())
                    .isEqualTo(List.of(replayed, "select " + name + " from t2 where id = 1"));
        }
    }
}
