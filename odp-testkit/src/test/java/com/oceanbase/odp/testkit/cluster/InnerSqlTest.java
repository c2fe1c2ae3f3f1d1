package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.testkit.junit.WithTestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every query that obproxy sends on its own to a 4.x server, through a node. */
@WithTestCluster
class InnerSqlTest {

    private final TestCluster cluster;
    private String tableId = "";

    InnerSqlTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void tables() {
        cluster.sql("create database if not exists inner_sql");
        cluster.sql(
                "inner_sql",
                "create table if not exists p(a bigint, b bigint, primary key(a, b)) partition by hash(a)"
                        + " subpartition by range columns(b) subpartition template(subpartition s0 values less than (100),"
                        + " subpartition s1 values less than (maxvalue)) partitions 2");
        tableId =
                Objects.requireNonNull(cluster.sql("select table_id from oceanbase.__all_table where table_name = 'p'")
                        .cell());
    }

    private RawClient inner(int node) throws IOException {
        return RawClient.open(
                cluster.node(node).address(),
                cluster.node(node).port(),
                Login.asProxy("proxyro@sys", "", 0x1A0A57, cluster.name()).withDatabase("oceanbase"));
    }

    @Test
    void everyQueryHasItsColumns() throws Exception {
        Map<String, String> values = Map.of(
                "{force}", "",
                "{tenant}", "app",
                "{tenant_id}", "1002",
                "{tenant_id_list}", "1002",
                "{db}", "inner_sql",
                "{table}", "p",
                "{table_id}", tableId,
                "{routine}", "r",
                "{package or empty}", "",
                "{tablegroup}", "g");
        List<List<String>> queries = read();
        assertThat(queries).hasSizeGreaterThan(20);
        List<Long> tablets = cluster.leaders().tablets("inner_sql", "p");
        try (RawClient client = inner(2)) {
            for (List<String> query : queries) {
                String sql = query.get(1)
                        .replace("{tablet_id}", tablets.getFirst().toString())
                        .replace("{id_list}", tablets.get(0) + "," + tablets.get(1));
                for (Map.Entry<String, String> value : values.entrySet()) {
                    sql = sql.replace(value.getKey(), value.getValue());
                }
                Response response = client.query(sql);
                assertThat(response.isError()).as("%s: %s", sql, response).isFalse();
                List<String> columns = lower(response.columns());
                String wanted = query.get(2);
                if (wanted.startsWith("*")) {
                    List<String> among = lower(Arrays.asList(wanted.substring(1).split(", ")));
                    among.removeIf(String::isEmpty);
                    assertThat(columns).as(sql).containsAll(among);
                } else {
                    assertThat(columns).as(sql).isEqualTo(lower(Arrays.asList(wanted.split(", "))));
                }
            }
        }
    }

    @Test
    void locationsNameEveryNodeAndOneLeader() throws IOException {
        cluster.leaders().moveTable("inner_sql", "p", 3);
        long tablet = cluster.leaders().tablets("inner_sql", "p").getFirst();
        try (RawClient client = inner(1)) {
            Response response =
                    client.query("SELECT A.svr_ip, A.role, B.svr_port FROM oceanbase.__all_virtual_proxy_schema A"
                            + " inner join oceanbase.DBA_OB_SERVERS B ON A.svr_ip = B.svr_ip and A.sql_port = B.sql_port"
                            + " WHERE A.tenant_name = 'app' AND A.database_name = 'inner_sql' AND A.table_name = 'p'"
                            + " AND A.tablet_id = " + tablet + " ORDER BY A.role ASC");
            assertThat(response.rows()).hasSize(3);
            assertThat(response.rows().getFirst().subList(0, 2))
                    .containsExactly(cluster.node(3).address(), "1");
            assertThat(response.rows().get(1).get(1)).isEqualTo("2");
        }
    }

    @Test
    void serversZonesAndTenantsFollowTheirChanges() throws IOException {
        try (RawClient client = inner(1)) {
            String servers = "SELECT svr_ip, status, stop_time is not null FROM oceanbase.DBA_OB_SERVERS ORDER BY zone";
            assertThat(client.query(servers).rows())
                    .containsExactly(
                            List.of("127.0.0.1", "ACTIVE", "0"),
                            List.of("127.0.0.2", "ACTIVE", "0"),
                            List.of("127.0.0.3", "ACTIVE", "0"));
            cluster.serverStatus(2, "INACTIVE");
            cluster.serverStopped(3, true);
            cluster.zoneStatus("z2", "INACTIVE");
            assertThat(client.query(servers).rows().get(1).get(1)).isEqualTo("INACTIVE");
            assertThat(client.query(servers).rows().get(2).get(2)).isEqualTo("1");
            assertThat(client.query("select status from DBA_OB_ZONES where zone = 'z2'")
                            .cell())
                    .isEqualTo("INACTIVE");
            cluster.followerLag(2, 5_000);
            assertThat(client.query("select count(*) from oceanbase.GV$OB_LOG_STAT where in_sync = 'NO'")
                            .cell())
                    .isNotEqualTo("0");
        }
    }

    private static List<String> lower(List<String> names) {
        List<String> lower = new ArrayList<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static List<List<String>> read() throws Exception {
        var url = Objects.requireNonNull(InnerSqlTest.class.getResource("inner-sql.csv"));
        List<List<String>> rows = new ArrayList<>();
        for (String line :
                Files.readString(Path.of(url.toURI())).lines().skip(1).toList()) {
            rows.add(fields(line));
        }
        return rows;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
