package com.oceanbase.odp.it.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables and most of the statements are those that the original was asked about on the same kernel. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainRouteTest {
    private static final List<String> TABLES = List.of(
            "create table p1t(id bigint primary key) partition by key(id) partitions 4",
            "drop table p1t",
            "drop table if exists t1, t2, t3",
            "create table t1(id bigint primary key, v varchar(20)) partition by key(id) partitions 4",
            "create table t2(id bigint primary key, n int, v varchar(20)) partition by key(id) partitions 8",
            "create table t3(id bigint, d datetime, primary key(id, d)) partition by hash(id) subpartition by range"
                    + " columns(d) subpartition template (subpartition s0 values less than ('2020-01-01'),"
                    + " subpartition s1 values less than (maxvalue)) partitions 2",
            "create table t4(id bigint, d bigint, primary key(id, d)) partition by hash(id) subpartition by range"
                    + " columns(d) subpartition template (subpartition s0 values less than (100),"
                    + " subpartition s1 values less than (maxvalue)) partitions 2",
            "create table t5(k varchar(20) primary key, v int) partition by key(k) partitions 4",
            "create table t6(k varchar(20) primary key, v int) partition by list columns(k) (partition p0 values in"
                    + " ('a', 'b'), partition p1 values in (default))",
            "create table np(id bigint primary key, v int)",
            "create procedure pr(in a int, in b int) begin select v from t2 where id = b; end");

    private static final Pattern SERVER = Pattern.compile("\"server\":\"([^\"]+)\"");

    private Nodes nodes;

    @BeforeAll
    void prepare(Environment environment) {
        nodes = Nodes.create(environment);
        TABLES.forEach(sql -> assertThat(environment.cluster().sql(nodes.database(), sql))
                .as(sql)
                .returns(false, Response::isError));
        environment.cluster().leaders().spread();
        environment.cluster().leaders().moveTable(nodes.database(), "np", 3);
    }

    private JournaledClient client() throws IOException {
        JournaledClient client = nodes.client();
        client.ok("set @x = 5");
        client.ok("prepare s1 from 'select * from t2 where id = ?'");
        return client;
    }

    private static String cell(JournaledClient client, String sql) throws IOException {
        Response response = client.ok(sql);
        assertThat(response.columns()).containsExactly("Route Plan");
        return String.valueOf(response.cell());
    }

    private static Stream<String> catalogue() throws IOException {
        try (InputStream in = Objects.requireNonNull(ExplainRouteTest.class.getResourceAsStream("routes.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void saysWhatEachStageFound(String line) throws IOException {
        String[] parts = line.split(" ==> ", -1);
        try (JournaledClient client = client()) {
            client.ok("select * from np");
            client.forget();

            String tree = cell(client, "explain route " + parts[0]);

            assertThat(tree).as(parts[0]).contains(parts[1].split(";; *"));
            for (int node = 1; node <= 3; node++) {
                assertThat(client.sent(node)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theStatementGoesWhereItWasSaidToGo(String line) throws IOException {
        String sql = line.split(" ==> ", -1)[0];
        boolean choosesAtRandom = sql.contains("weak");
        try (JournaledClient client = client()) {
            client.ok("select * from np");
            Matcher server = SERVER.matcher(cell(client, "explain route format=json " + sql));
            if (!server.find() || choosesAtRandom) {
                return;
            }
            client.forget();

            client.query(sql);

            for (int node = 1; node <= 3; node++) {
                boolean said =
                        server.group(1).startsWith(nodes.cluster().node(node).address() + ":");
                String executed = sql.startsWith("execute") ? "execute" : sql;
                assertThat(client.sent(node).stream().anyMatch(entry -> entry.startsWith(executed)))
                        .as("%s on node %d, said %s", sql, node, server.group(1))
                        .isEqualTo(said);
            }
            client.query("rollback");
        }
    }

    @Test
    void staysWithTheTransaction() throws IOException {
        try (JournaledClient client = client()) {
            client.ok("begin");
            client.ok("insert into np values (801, 1)");
            client.forget();

            assertThat(cell(client, "explain route select * from t2 where id=7"))
                    .startsWith("\nTrans First Query:\"insert into np values (801, 1)\"\n"
                            + "Trans Current Query:\"explain route select * from t2 where id=7\"\n")
                    .contains("because current query in transaction")
                    .contains("> ROUTE_INFO:{route_info_type:\"USE_LAST_SESSION\", svr_addr:\""
                            + nodes.cluster().node(3).address() + ":")
                    .contains("in_transaction:true");
            client.ok("rollback");
            assertThat(client.cell("select count(*) from np where id = 801")).isEqualTo("0");
        }
    }

    @Test
    void fetchesWhatItDoesNotKnow() throws IOException {
        String other = nodes.otherDatabase("fresh", 2);
        try (JournaledClient client = client()) {
            assertThat(cell(client, "explain route select * from " + other + ".fresh"))
                    .contains("> TABLE_ENTRY_LOOKUP_START:{}\n    > FETCH_TABLE_RELATED_DATA:{table_entry:\"not a"
                            + " partition table\"}")
                    .containsOnlyOnce("> TABLE_ENTRY_LOOKUP_DONE:{")
                    .contains(nodes.cluster().node(2).address());
            assertThat(cell(client, "explain route select * from " + other + ".fresh"))
                    .doesNotContain("FETCH_TABLE_RELATED_DATA")
                    .contains("entry_from_remote:false");
        }
    }

    @Test
    void worksForOrdinaryDrivers() throws IOException {
        try (RawClient raw = nodes.environment().raw(nodes.database())) {
            Response response = raw.query("explain route select * from np");
            assertThat(response.rows()).hasSize(1);
            assertThat(response.isError()).isFalse();
        }
    }
}
