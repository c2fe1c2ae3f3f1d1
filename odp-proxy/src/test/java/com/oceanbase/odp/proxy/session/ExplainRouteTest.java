package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainRouteTest {
    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of("short_async_task_timeout", "1s", "obproxy_sys_password", ""));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static String cell(WireClient client, String sql) throws IOException {
        WireClient.Result result = client.query(sql);
        assertThat(result.titles()).containsExactly("Route Plan");
        assertThat(result.rows()).hasSize(1);
        return String.valueOf(result.value());
    }

    private static ScriptedServer.Answer inTransaction() {
        return session -> session.packet(new OkPacket(
                0, 0, 0, ServerStatus.IN_TRANS | ServerStatus.AUTOCOMMIT, 0, new byte[0], SessionChanges.NONE));
    }

    @Test
    void showsTheWayAndGoesNowhere() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(cell(client, "explain route select * from t1 where id = 1"))
                    .isEqualTo("""

                            Trans Current Query:"explain route select * from t1 where id = 1"

                            Route Prompts
                            -----------------


                            Route Plan
                            -----------------
                            > SQL_PARSE:{cmd:"OB_MYSQL_COM_QUERY", table:"t1"}
                            > CONGESTION_CONTROL:{svr_addr:"%s"}
                            """.formatted(proxy.server(1).address()));
            assertThat(proxy.server(0).journal()).containsExactly("login u@t");
            assertThat(proxy.server(1).journal()).isEmpty();
        }
    }

    @Test
    void tellsProgramsInJson() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(cell(client, "/* c */ EXPLAIN ROUTE FORMAT = json update t1 set a = 1"))
                    .startsWith(
                            "{\"statement\":\"/* c */ EXPLAIN ROUTE FORMAT = json update t1 set a = 1\",\"server\":\""
                                    + proxy.server(1).address() + "\",\"reason\":\"leader of the table\"")
                    .contains(
                            "{\"point\":\"SQL_PARSE\",\"level\":1,\"fields\":{\"cmd\":\"OB_MYSQL_COM_QUERY\",\"table\":\"t1\"}}");
            assertThat(client.query("explain route format=xml select 1").errno())
                    .isEqualTo(5010);
        }
    }

    @Test
    void saysThatATransactionStaysWhereItIs() throws IOException {
        proxy.server(1).when("insert", inTransaction());
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("begin");
            assertThat(cell(client, "explain route select 1 from t0"))
                    .contains(proxy.server(0).address().toString())
                    .doesNotContain("First");
            client.query("insert into t1 values ('" + "x".repeat(2000) + "')");
            List<String> before = proxy.server(1).journal();
            int sent = before.size();

            String tree = cell(client, "explain route select * from t0");

            assertThat(tree)
                    .startsWith("\nTrans First Query:\"insert into t1 values ('xxx")
                    .contains("\nTrans Current Query:\"explain route select * from t0\"\n")
                    .contains("> ROUTE_INFO:{route_info_type:\"USE_LAST_SESSION\", svr_addr:\""
                            + proxy.server(1).address()
                            + "\", in_transaction:true, why:\"a transaction is open there\"}");
            assertThat(proxy.server(1).journal()).hasSize(sent);
            client.query("commit");
            assertThat(cell(client, "explain route select * from t0")).doesNotContain("Trans First Query");
        }
    }

    @Test
    void leavesTheSessionAsItWas() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("select 1 from t0");
            client.query("explain route select * from t1");
            client.query("explain route set @a = 1");
            client.query("explain route lock tables t1 write");
            client.query("explain route begin");
            client.query("select row_count()");
            assertThat(proxy.server(0).journal()).endsWith("select 1 from t0", "select row_count()");
            assertThat(proxy.server(1).journal()).isEmpty();
        }
    }

    @Test
    void namesWhatDependsOnTheLastServer() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(cell(client, "explain route select row_count()"))
                    .contains("depent_func:true", "asks about the previous one");
        }
    }

    @Test
    void saysWhoAnswersBegin() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(cell(client, "explain route begin")).contains("the proxy answers this itself");
        }
    }

    @Test
    void followsPreparedStatements() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("prepare p from 'select * from t1 where id = ?'");
            assertThat(cell(client, "explain route execute p using @a"))
                    .contains("table:\"t1\"", "routed by the text of the prepared statement p")
                    .contains("svr_addr:\"" + proxy.server(1).address());
            assertThat(cell(client, "explain route execute q")).contains("the session has prepared no statement q");
        }
    }

    @Test
    void explainsWhatExplainWouldDo() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(cell(client, "explain route explain select * from t1"))
                    .contains("table:\"t1\"", "svr_addr:\"" + proxy.server(1).address());
        }
    }

    @Test
    void waitsForALocationAsTheStatementWould() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            client.send(
                    CommandCode.COM_QUERY.code(),
                    "explain route select * from nowhere".getBytes(StandardCharsets.UTF_8));
            client.send(CommandCode.COM_QUERY.code(), "select 5".getBytes(StandardCharsets.UTF_8));
            assertThat(String.valueOf(client.receive().value())).contains("CONGESTION_CONTROL");
            assertThat(client.receive().isSuccess()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain route explain route select 1",
                "explain route prepare p from 'select 1'",
                "explain route deallocate prepare p",
                "explain route format = tree"
            })
    void doesNotExplainEverything(String sql) throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(cell(client, sql)).isEqualTo("Route diagnosis does not support this query");
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void hasNothingToSayWithoutACluster() throws IOException {
        try (WireClient client = proxy.connect("root@proxysys")) {
            assertThat(cell(client, "explain route select 1")).isEqualTo("Route diagnosis does not support this query");
        }
    }
}
