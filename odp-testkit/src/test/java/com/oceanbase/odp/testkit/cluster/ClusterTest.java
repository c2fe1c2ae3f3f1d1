package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.testkit.junit.WithTestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@WithTestCluster
class ClusterTest {

    /** What obproxy asks for with its 2.0 protocol and compression off. */
    private static final long PROXY_CAPABILITIES = 0x1A0A57;

    private final TestCluster cluster;

    ClusterTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private RawClient direct(int node) throws IOException {
        return RawClient.open(cluster.node(node).address(), cluster.node(node).port(), Login.of("root@sys", ""));
    }

    private RawClient proxied(int node, String user) throws IOException {
        return RawClient.open(
                cluster.node(node).address(),
                cluster.node(node).port(),
                Login.asProxy(user, "", PROXY_CAPABILITIES, cluster.name()));
    }

    @Test
    void sessionsOfTwoNodesShareDataButNotVariables() throws IOException {
        try (RawClient one = direct(1);
                RawClient two = direct(2)) {
            one.query("set @a = 5");
            assertThat(one.query("select @a").cell()).isEqualTo("5");
            assertThat(two.query("select @a").cell()).isNull();
            one.query("create database if not exists shared");
            one.query("create table if not exists shared.t(id int primary key)");
            one.query("replace into shared.t values(7)");
            assertThat(two.query("select id from shared.t").cell()).isEqualTo("7");
        }
    }

    @Test
    void otherTenantNamesAreTheSameTenantAndUnknownOnesAreRefused() throws IOException {
        try (RawClient app = proxied(1, "root@app")) {
            assertThat(app.query("select 1").cell()).isEqualTo("1");
        }
        assertThatThrownBy(() -> proxied(1, "root@nosuch")).hasMessageContaining("1045");
    }

    @Test
    void wrongClusterNameIsRefusedByTheKernel() {
        assertThatThrownBy(() -> RawClient.open(
                        cluster.node(1).address(),
                        cluster.node(1).port(),
                        Login.asProxy("root@sys", "", PROXY_CAPABILITIES, "other")))
                .hasMessageContaining("4666");
    }

    @Test
    void framingsThatNodesDoNotSpeakAreNotGranted() throws IOException {
        try (RawClient client =
                RawClient.connect(cluster.node(1).address(), cluster.node(1).port(), 30_000)) {
            Response login = client.login(Login.asProxy("root@sys", "", 0xFFFFFF, cluster.name()));
            String granted = login.ok().changes().systemVariables().stream()
                    .filter(variable -> variable.name().equals("ob_capability_flag"))
                    .findFirst()
                    .orElseThrow()
                    .value();
            assertThat(Long.parseLong(granted) & 0x400008).isZero();
        }
    }

    @Test
    void journalTellsWhatEachNodeReceived() throws IOException {
        Journal.Mark mark = cluster.journal().mark();
        try (RawClient one = direct(1);
                RawClient two = direct(2)) {
            one.query("select 41");
            two.query("select 42");
            two.query("select * from nowhere.t");
        }
        Journal.View seen = cluster.journal().since(mark);
        assertThat(seen.of(1).queries()).containsExactly("select 41");
        assertThat(seen.of(2).queries()).containsExactly("select 42", "select * from nowhere.t");
        assertThat(seen.containing("nowhere").entries().getFirst().errno()).isEqualTo(1146);
        assertThat(seen.containing("select 42").entries().getFirst().rows()).isEqualTo(1);
    }

    @Test
    void missIsToldWhenAnotherNodeLeads() throws IOException {
        cluster.sql("create database if not exists lead");
        cluster.sql("lead", "drop table if exists k");
        cluster.sql("lead", "create table k(id bigint primary key, v int) partition by key(id) partitions 4");
        cluster.leaders().moveAll(2);
        for (int node = 1; node <= 3; node++) {
            try (RawClient client = proxied(node, "root@sys")) {
                client.command(RawClient.COM_INIT_DB, "lead");
                for (String statement : List.of(
                        "select * from k where id = " + node,
                        "insert into k values(" + node + ", 1), (" + (node + 10) + ", 2)",
                        "update k set v = v + 1 where id = " + node,
                        "select a.* from lead.k a where a.id = 5",
                        "replace into lead.k(v, id) values(3, " + node + ")",
                        "select * from k",
                        "delete from k where id = " + node)) {
                    Response response = client.query(statement);
                    assertThat(response.isError()).as(statement).isFalse();
                    boolean missed = response.lastOk().changes().systemVariables().stream()
                            .anyMatch(variable -> variable.name().equals("ob_proxy_partition_hit"));
                    assertThat(missed).as("node %s: %s", node, statement).isEqualTo(node != 2);
                }
            }
        }
    }

    @Test
    void eachFaultShowsAsItShould() throws IOException {
        Node node = cluster.node(3);
        try (RawClient client = direct(3)) {
            node.faults().failNext(1, 4012, "HY000", "Timeout", "from dual");
            assertThat(client.query("select 1").cell()).isEqualTo("1");
            assertThat(client.query("select 2 from dual").error().errno()).isEqualTo(4012);
            assertThat(client.query("select 2 from dual").cell()).isEqualTo("2");
            node.faults().cutNextResponse(10);
            assertThatThrownBy(() -> client.query("select 3")).isInstanceOf(IOException.class);
        }
        try (RawClient client = direct(3)) {
            node.resetConnections();
            assertThatThrownBy(() -> client.query("select 4")).isInstanceOf(IOException.class);
        }
        try (RawClient client = direct(3)) {
            node.refuse();
            assertThatThrownBy(() -> direct(3)).isInstanceOf(IOException.class);
            assertThat(client.query("select 5").cell()).isEqualTo("5");
            node.stop();
            assertThatThrownBy(() -> client.query("select 6")).isInstanceOf(IOException.class);
            node.start();
        }
        try (RawClient client = direct(3)) {
            node.faults().corruptNextResponse(4);
            assertThat(client.query("select 7").kinds().getFirst().name()).isNotEqualTo("COLUMN_COUNT");
        }
    }

    @Test
    void frozenNodeAnswersAfterThaw() throws IOException {
        Node node = cluster.node(1);
        try (RawClient client = direct(1)) {
            node.faults().freeze();
            client.send(RawClient.payload(RawClient.COM_QUERY, "select 1"));
            client.socket().socket().setSoTimeout(300);
            assertThatThrownBy(() -> client.readResponse(RawClient.COM_QUERY)).hasMessageContaining("timed out");
            node.faults().thaw();
            client.socket().socket().setSoTimeout(10_000);
            assertThat(client.readResponse(RawClient.COM_QUERY).cell()).isEqualTo("1");
            long start = System.nanoTime();
            node.faults().delay(Duration.ofMillis(200));
            client.query("select 1");
            assertThat(System.nanoTime() - start).isGreaterThan(190_000_000L);
        }
    }

    @Test
    void lostNodeLeadsNothing() throws IOException {
        cluster.loseNode(2);
        for (long tablet = 200_000; tablet < 200_010; tablet++) {
            assertThat(cluster.leaders().of(tablet)).isNotEqualTo(2);
        }
        assertThatThrownBy(() -> direct(2)).isInstanceOf(IOException.class);
        try (RawClient client = direct(1)) {
            assertThat(client.query("select status from oceanbase.DBA_OB_SERVERS where id = 2")
                            .cell())
                    .isEqualTo("INACTIVE");
            cluster.recoverNode(2);
            assertThat(client.query("select status from oceanbase.DBA_OB_SERVERS where id = 2")
                            .cell())
                    .isEqualTo("ACTIVE");
        }
        direct(2).close();
    }
}
