package com.oceanbase.odp.proxy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.session.ProxyHarness;
import com.oceanbase.odp.proxy.session.ScriptedServer;
import com.oceanbase.odp.proxy.session.WireClient;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KillCommandTest {
    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of("obproxy_sys_password", ""));
        proxy.server(0).when("select sleep", ScriptedServer.untilKilled());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("condition in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private void sendSleep(WireClient client) throws IOException {
        int before = proxy.server(0).journal().size();
        client.send(CommandCode.COM_QUERY.code(), "select sleep(100)".getBytes(StandardCharsets.UTF_8));
        await(() -> proxy.server(0).journal().size() > before);
    }

    private static byte[] packed(long id) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) id)
                .array();
    }

    @Test
    void ownSessionIsToldAndClosed() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            Result killed = client.query("kill " + client.connectionId());
            assertThat(killed.errno()).isEqualTo(1317);
            assertThat(killed.message()).isEqualTo("Query execution was interrupted");
            assertThat(killed.error()).isEqualTo(new ErrPacket(1317, "70100", "Query execution was interrupted"));
            assertThat(client.isClosedByPeer()).isTrue();
            assertThat(proxy.sessions().count()).isZero();
        }
    }

    @Test
    void otherSessionIsClosedWithoutAPacket() throws IOException {
        for (String form : new String[] {"kill %d", "KILL CONNECTION %d", "com"}) {
            try (WireClient killer = proxy.connect("u@t#c");
                    WireClient victim = proxy.connect("u@t#c")) {
                Result answer = form.equals("com")
                        ? killer.command(CommandCode.COM_PROCESS_KILL.code(), packed(victim.connectionId()))
                        : killer.query(form.formatted(victim.connectionId()));
                assertThat(answer.isSuccess()).isTrue();
                assertThat(victim.isClosedByPeer()).isTrue();
                assertThat(killer.query("select 1").isSuccess()).isTrue();
            }
        }
        await(() -> proxy.server(0).sessionCount() == 0);
    }

    @Test
    void killByAServersId() throws IOException {
        try (WireClient killer = proxy.connect("u@t#c");
                WireClient victim = proxy.connect("u@t#c")) {
            String serverId = victim.query("show proxysession attribute like 'server_sessid'")
                    .rows()
                    .getFirst()
                    .get(1);
            assertThat(killer.query("kill " + serverId).isSuccess()).isTrue();
            assertThat(victim.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void privilegesDecide() throws IOException {
        proxy.loginVariables("super@t", Map.of("ob_proxy_user_privilege", Long.toString(1L << 14)));
        try (WireClient user = proxy.connect("u@t#c");
                WireClient other = proxy.connect("v@t#c");
                WireClient foreign = proxy.connect("u@t2#c");
                WireClient superUser = proxy.connect("super@t#c");
                WireClient sysElsewhere = proxy.connect("x@sys#d")) {
            assertThat(user.query("kill " + other.connectionId()).message())
                    .isEqualTo("You are not owner of thread " + other.connectionId());
            assertThat(user.query("kill query " + other.connectionId()).errno()).isEqualTo(1095);
            assertThat(user.query("kill " + foreign.connectionId()).message())
                    .isEqualTo("Unknown thread id: " + foreign.connectionId());
            assertThat(sysElsewhere.query("kill " + other.connectionId()).errno())
                    .isEqualTo(1095);
            assertThat(superUser.query("kill " + foreign.connectionId()).errno())
                    .isEqualTo(1094);
            assertThat(superUser.query("kill " + other.connectionId()).isSuccess())
                    .isTrue();
            assertThat(other.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void unknownIdsAndBadForms() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("kill 999999").message()).isEqualTo("Unknown thread id: 999999");
            assertThat(client.query("kill 99999999999999999999").errno()).isEqualTo(1094);
            assertThat(client.query("kill query 999999").errno()).isEqualTo(1094);
            assertThat(client.query("kill 3221225999").errno()).isEqualTo(1094);
            assertThat(client.query("kill abc").errno()).isEqualTo(5010);
            assertThat(client.query("kill query").errno()).isEqualTo(5010);
            assertThat(client.query("kill proxysession 1").errno()).isEqualTo(5010);
            assertThat(client.command(CommandCode.COM_PROCESS_KILL.code(), (byte) 1)
                            .errno())
                    .isEqualTo(1835);
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void killQueryStopsTheStatementAndLeavesTheSession() throws IOException {
        try (WireClient victim = proxy.connect("u@t#c");
                WireClient killer = proxy.connect("u@t#c")) {
            sendSleep(victim);
            assertThat(killer.query("kill query " + victim.connectionId()).isSuccess())
                    .isTrue();
            assertThat(victim.receive().errno()).isEqualTo(1317);
            assertThat(victim.query("select 1").isSuccess()).isTrue();
            assertThat(proxy.server(0).journal())
                    .filteredOn(line -> line.startsWith("KILL QUERY"))
                    .hasSize(1);
            // The connection that carried KILL QUERY is not kept.
            await(() -> proxy.server(0).sessionCount() == 2);
        }
    }

    @Test
    void administratorStopsStatementsOfOthersInTheirName() throws IOException {
        try (WireClient victim = proxy.connect("u@t#c");
                WireClient administrator = proxy.connect("root@proxysys")) {
            sendSleep(victim);
            assertThat(administrator
                            .query("kill query " + victim.connectionId())
                            .isSuccess())
                    .isTrue();
            assertThat(victim.receive().errno()).isEqualTo(1317);
            assertThat(proxy.server(0).journal())
                    .filteredOn(line -> line.startsWith("login"))
                    .containsOnly("login u@t");
        }
    }

    @Test
    void killQueryOfAnIdleSessionIsDoneAtOnce() throws IOException {
        try (WireClient victim = proxy.connect("u@t#c");
                WireClient killer = proxy.connect("u@t#c")) {
            assertThat(killer.query("kill query " + victim.connectionId()).isSuccess())
                    .isTrue();
            assertThat(killer.query("kill query " + killer.connectionId()).isSuccess())
                    .isTrue();
            assertThat(proxy.server(0).journal()).noneMatch(line -> line.startsWith("KILL"));
        }
    }

    @Test
    void statementThatEndsMeanwhileIsLeftAlone() throws IOException {
        CountDownLatch statementEnds = new CountDownLatch(1);
        CountDownLatch loginsGoOn = new CountDownLatch(1);
        proxy.server(0).when("select sleep", ScriptedServer.afterwards(statementEnds));
        try (WireClient victim = proxy.connect("u@t#c");
                WireClient killer = proxy.connect("u@t#c")) {
            sendSleep(victim);
            proxy.server(0).holdLogins(loginsGoOn);
            int before = proxy.server(0).journal().size();
            String kill = "kill query " + victim.connectionId();
            killer.send(CommandCode.COM_QUERY.code(), kill.getBytes(StandardCharsets.UTF_8));
            await(() -> proxy.server(0).journal().size() > before);
            statementEnds.countDown();
            assertThat(victim.receive().isSuccess()).isTrue();
            loginsGoOn.countDown();
            assertThat(killer.receive().isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).noneMatch(line -> line.startsWith("KILL"));
            await(() -> proxy.server(0).sessionCount() == 2);
        }
    }

    @Test
    void serversRefusalOfKillQueryIsPassedOn() throws IOException {
        proxy.server(0).when("kill query", ScriptedServer.error(1095, "HY000", "no"));
        try (WireClient victim = proxy.connect("u@t#c");
                WireClient killer = proxy.connect("u@t#c")) {
            sendSleep(victim);
            assertThat(killer.query("kill query " + victim.connectionId()).message())
                    .isEqualTo("no");
        }
    }

    @Test
    void killQueryWithoutAnswerIsUnknown() throws IOException {
        proxy.server(0).when("kill query", ScriptedServer.disconnect());
        try (WireClient victim = proxy.connect("u@t#c");
                WireClient killer = proxy.connect("u@t#c")) {
            sendSleep(victim);
            assertThat(killer.query("kill query " + victim.connectionId()).errno())
                    .isEqualTo(4081);
            assertThat(killer.query("select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void serverSessionIsClosedAlone() throws IOException {
        try (WireClient victim = proxy.connect("u@t#c");
                WireClient administrator = proxy.connect("root@sys#c")) {
            String link = victim.query("show proxysession attribute like 'ss_id'")
                    .rows()
                    .getFirst()
                    .get(1);
            String kill = "kill proxysession " + victim.connectionId() + " ";
            assertThat(administrator.query(kill + "9999").message()).isEqualTo("Unknown thread id: 9999");
            assertThat(administrator.query(kill + link).isSuccess()).isTrue();
            await(() -> proxy.server(0).sessionCount() == 1);
            assertThat(victim.query("select 1").isSuccess()).isTrue();
            assertThat(administrator
                            .query("kill proxysession " + victim.connectionId())
                            .isSuccess())
                    .isTrue();
            assertThat(victim.isClosedByPeer()).isTrue();
        }
    }
}
