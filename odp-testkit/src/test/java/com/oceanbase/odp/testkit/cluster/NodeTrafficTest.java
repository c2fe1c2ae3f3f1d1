package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ChangeUser;
import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.testkit.cluster.JournalEntry.PartitionHit;
import com.oceanbase.odp.testkit.junit.WithTestCluster;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.RawClient.Login;
import com.oceanbase.odp.testkit.script.Response;
import com.oceanbase.odp.testkit.script.ResponseFollower;
import com.oceanbase.odp.testkit.script.ResponseFollower.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic of every shape passes the nodes unharmed. */
@WithTestCluster
class NodeTrafficTest {

    private final TestCluster cluster;

    NodeTrafficTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    private RawClient open(int node, Login login) throws IOException {
        RawClient client =
                RawClient.open(cluster.node(node).address(), cluster.node(node).port(), login);
        client.socket().socket().setSoTimeout(120_000);
        return client;
    }

    private RawClient proxied(int node) throws IOException {
        Login login = Login.asProxy("root@sys", "", 0x1A0A57, cluster.name());
        return open(node, login.withCapabilities(login.capabilities() | Capabilities.MULTI_STATEMENTS));
    }

    @Test
    void boundValuesDecideHitOrMiss() throws IOException {
        cluster.sql("create database if not exists bound");
        cluster.sql("bound", "create table if not exists k(id bigint primary key) partition by key(id) partitions 4");
        try (RawClient client = proxied(1)) {
            client.command(RawClient.COM_INIT_DB, "bound");
            Response prepared = client.command(RawClient.COM_STMT_PREPARE, "select id from k where id = ?");
            byte[] first = prepared.packets().getFirst().payload();
            int id = (int) Unpooled.wrappedBuffer(first).getUnsignedIntLE(1);
            for (long key = 0; key < 12; key++) {
                ByteBuf execute = Unpooled.buffer();
                execute.writeByte(0x17)
                        .writeIntLE(id)
                        .writeByte(0)
                        .writeIntLE(1)
                        .writeByte(0);
                execute.writeByte(key == 0 ? 1 : 0);
                if (key == 0) {
                    execute.writeShortLE(8);
                }
                execute.writeLongLE(key);
                Response response = client.command(bytes(execute));
                assertThat(response.isError()).as("%s", response).isFalse();
                String partition =
                        Objects.requireNonNull(cluster.sql("bound", "explain select id from k where id = " + key)
                                .rows()
                                .toString());
                int index = Integer.parseInt(partition.replaceAll("(?s).*partitions\\(p(\\d)\\).*", "$1"));
                long tablet = cluster.leaders().tablets("bound", "k").get(index);
                JournalEntry entry = cluster.journal()
                        .all()
                        .command("STMT_EXECUTE")
                        .entries()
                        .getLast();
                assertThat(entry.text()).isEqualTo("select id from k where id = ?");
                assertThat(entry.statementId()).isEqualTo(id);
                assertThat(entry.hit())
                        .isEqualTo(cluster.leaders().of(tablet) == 1 ? PartitionHit.HIT : PartitionHit.MISS);
            }
        }
    }

    @Test
    void statementsAreJudgedInTheDatabaseThatIsPipelinedBeforeThem() throws IOException {
        for (int node = 1; node <= 2; node++) {
            cluster.sql("create database led_by_" + node);
            cluster.sql("led_by_" + node, "create table t(id bigint primary key)");
            cluster.leaders().moveTable("led_by_" + node, "t", node);
        }
        try (RawClient client = proxied(2)) {
            client.command(RawClient.COM_INIT_DB, "led_by_1");
            assertThat(client.query("select count(*) from t").isError()).isFalse();
            client.send(RawClient.payload(RawClient.COM_INIT_DB, "led_by_2"));
            client.send(RawClient.payload(RawClient.COM_QUERY, "select count(*) from t"));
            assertThat(client.readResponse(RawClient.COM_INIT_DB).isOk()).isTrue();
            assertThat(client.readResponse(RawClient.COM_QUERY).cell()).isEqualTo("0");
        }
        assertThat(cluster.journal().all().command("QUERY").entries().stream()
                        .filter(entry -> entry.text().equals("select count(*) from t"))
                        .map(JournalEntry::hit))
                .containsExactly(PartitionHit.MISS, PartitionHit.HIT);
    }

    @Test
    void largeResultsAndStatementsPass() throws IOException {
        try (RawClient client = proxied(2)) {
            client.query("set ob_query_timeout = 100000000");
            Response response = client.query("select repeat('x', 1000000) from information_schema.collations limit 40");
            assertThat(response.isError()).as("%s", response).isFalse();
            assertThat(response.kinds().stream().filter(kind -> kind == Kind.ROW))
                    .hasSizeGreaterThan(5);
            String text = "a".repeat(3_000_000);
            assertThat(client.query("select length('" + text + "')").cell()).isEqualTo("3000000");
            assertThat(client.query("select 1").cell()).isEqualTo("1");
        }
    }

    @Test
    void pipelinedCommandsKeepTheirOrderAroundAnInjectedError() throws IOException {
        cluster.node(1).faults().failNext(1, 4012, "HY000", "Timeout", "second");
        try (RawClient client = proxied(1)) {
            client.send(RawClient.payload(RawClient.COM_QUERY, "select 'first', sleep(0.2)"));
            client.send(RawClient.payload(RawClient.COM_QUERY, "select 'second'"));
            client.send(RawClient.payload(RawClient.COM_QUERY, "select 'third'"));
            assertThat(client.readResponse(RawClient.COM_QUERY).cell()).isEqualTo("first");
            assertThat(client.readResponse(RawClient.COM_QUERY).error().errno()).isEqualTo(4012);
            assertThat(client.readResponse(RawClient.COM_QUERY).cell()).isEqualTo("third");
        }
    }

    @Test
    void multiStatementsAndErrorsEndWhereTheyShould() throws IOException {
        try (RawClient client = proxied(3)) {
            Response both = client.query("select 1; select 2; set @a = 1");
            assertThat(both.rows()).containsExactly(List.of("1"), List.of("2"));
            assertThat(client.query("select 1; select * from no.where").isError())
                    .isTrue();
            assertThat(client.command(new byte[] {0x0E}).isOk()).isTrue();
            assertThat(client.command(new byte[] {0x1F}).isOk()).isTrue();
            assertThat(client.query("select @a").cell()).isNull();
            assertThat(client.command(new byte[] {0x09}).kinds().getFirst()).isEqualTo(Kind.TEXT);
        }
    }

    @Test
    void userChangesKeepTheTenantMapping() throws IOException {
        try (RawClient client = open(1, Login.of("root@app", ""))) {
            ByteBuf out = Unpooled.buffer();
            new ChangeUser("root@app", new byte[0], "oceanbase", 45, "mysql_native_password", ConnectionAttributes.NONE)
                    .encode(out, RawClient.USUAL_CAPABILITIES);
            Response response = client.command(bytes(out));
            if (response.kinds().getLast() == Kind.AUTH) {
                // The kernel asks for the proof once more; no password has an empty one.
                client.socket().write(response.packets().getLast().sequence() + 1, new byte[0]);
                response = client.readResponse(ResponseFollower.LOGIN);
            }
            assertThat(response.isOk()).as("%s", response).isTrue();
            assertThat(client.query("select database()").cell()).isEqualTo("oceanbase");
        }
    }

    @Test
    void crashedKernelComesBack() throws IOException {
        cluster.sql("create database if not exists kept");
        int before = cluster.kernel().crashes();
        ProcessHandle.of(cluster.kernel().pid()).orElseThrow().destroyForcibly();
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (true) {
            try (RawClient client = open(1, Login.of("root@sys", ""))) {
                if (cluster.kernel().crashes() > before) {
                    assertThat(client.query("show databases like 'kept'").cell())
                            .isEqualTo("kept");
                    break;
                }
            } catch (IOException notYet) {
                assertThat(System.nanoTime()).as("%s", notYet).isLessThan(deadline);
            }
        }
        assertThat(cluster.kernel().lastCrash()).contains("status");
    }

    @Test
    void closedClusterLeavesNothing(@TempDir Path directory) throws IOException {
        ClusterOptions options = ClusterOptions.forTests().withName("second").withNodes(2);
        ProcessHandle process;
        try (TestCluster second =
                TestCluster.start(options.withKernel(options.kernel().withDirectory(directory)))) {
            process = ProcessHandle.of(second.kernel().pid()).orElseThrow();
            try (RawClient client = RawClient.open(
                    second.node(2).address(), second.node(2).port(), Login.asProxy("root", "", 0, "second"))) {
                assertThat(client.query("select value from oceanbase.V$OB_PARAMETERS where name = 'cluster'")
                                .cell())
                        .isEqualTo("second");
            }
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).hasSize(1);
            }
        }
        assertThat(process.isAlive()).isFalse();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
