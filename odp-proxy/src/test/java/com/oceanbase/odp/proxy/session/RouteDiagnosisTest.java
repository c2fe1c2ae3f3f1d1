package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import com.oceanbase.odp.topology.ServerAddress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(RouteDiagnosis.LOGGER)
class RouteDiagnosisTest {
    private static final SessionChanges MISS =
            new SessionChanges(List.of(new Variable("ob_proxy_partition_hit", "0")), List.of(), null, false, List.of());

    private static final int MISSED = ServerStatus.AUTOCOMMIT | ServerStatus.SESSION_STATE_CHANGED;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Lines appender = new Lines();

    private final class Lines extends AbstractAppender {
        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }

    private static Logger logger() {
        return LoggerContext.getContext(false).getLogger(RouteDiagnosis.LOGGER);
    }

    @BeforeEach
    void listen() {
        appender.start();
        logger().addAppender(appender);
        Configurator.setLevel(RouteDiagnosis.LOGGER, Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        logger().removeAppender(appender);
    }

    private static ProxyHarness proxy(int level) throws IOException {
        return new ProxyHarness(2, Map.of("route_diagnosis_level", Integer.toString(level)));
    }

    private static ScriptedServer.Answer answer(int flags, SessionChanges changes) {
        return session -> session.packet(new OkPacket(0, 0, 0, flags, 0, new byte[0], changes));
    }

    /** The line of a request is written before the next one is looked at. */
    private static void oneMore(WireClient client) throws IOException {
        client.query("ping proxy");
    }

    @Test
    void tellsHowAMissedStatementWasRouted() throws IOException {
        try (ProxyHarness proxy = proxy(2);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(1).when("update t1", answer(MISSED, MISS));

            client.query("update t1 set a = 1\nwhere b = 2");
            client.query("select 1");
            oneMore(client);

            assertThat(lines)
                    .containsExactly(
                            "INFO [ROUTE]((*route_diagnosis=/nTrans Current Query:\"update t1 set a = 1/nwhere b"
                                    + " = 2\"/n/nRoute Prompts/n/n/nRoute Plan/n> SQL_PARSE:{cmd:\"OB_MYSQL_COM_QUERY\","
                                    + " table:\"t1\"}/n> CONGESTION_CONTROL:{svr_addr:\""
                                    + proxy.server(1).address()
                                    + "\"}/n> HANDLE_RESPONSE:{is_partition_hit:\"false\", send_action:\"SERVER_SEND_REQUEST\","
                                    + " state:\"TRANSACTION_COMPLETE\", why:\"the server needed other servers for this"
                                    + " statement\"}/n)");
        }
    }

    @Test
    void isSilentWhenItIsOff() throws IOException {
        try (ProxyHarness proxy = proxy(0);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(1).when("update t1", answer(MISSED, MISS));
            client.query("update t1 set a = 1");
            oneMore(client);
            assertThat(lines).isEmpty();
            assertThat(client.query("explain route select 1").isSuccess()).isTrue();
        }
    }

    @Test
    void tellsEverythingAtLevelFour() throws IOException {
        try (ProxyHarness proxy = proxy(4);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("select bad", ScriptedServer.error(1054, "42S22", "no column bad"));
            client.query("select bad from t0");
            client.query("select row_count()");
            client.query("explain route select 1");
            oneMore(client);
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).contains("state:\"RESPONSE_ERROR\", error:\"1054 no column bad\"");
            assertThat(lines.get(1)).contains("USE_LAST_SESSION", "depent_func:true", "state:\"TRANSACTION_COMPLETE\"");
        }
    }

    @Test
    void writesMissesInsideATransactionForDevelopersOnly() throws IOException {
        try (ProxyHarness proxy = proxy(2);
                WireClient client = proxy.connect("u@t#c")) {
            int open = ServerStatus.IN_TRANS | ServerStatus.AUTOCOMMIT;
            proxy.server(1).when("insert", answer(open, SessionChanges.NONE));
            proxy.server(1).when("delete", answer(open | ServerStatus.SESSION_STATE_CHANGED, MISS));
            client.query("begin");
            client.query("insert into t1 values (1)");
            client.query("delete from t0");
            oneMore(client);
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .startsWith(
                            "TRACE [ROUTE]((*route_diagnosis=/nTrans First Query:\"insert into t1 values (1)\"/nTrans Current"
                                    + " Query:\"delete from t0\"/n/nRoute Prompts/n> ROUTE_INFO/n  [INFO] Will route to last"
                                    + " connected server(");
        }
    }

    @Test
    void tellsOfFailedAttempts() throws IOException {
        try (ProxyHarness proxy = proxy(1);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(1).close();
            assertThat(client.query("select 1 from t1").isSuccess()).isFalse();
            oneMore(client);
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .startsWith("INFO ")
                    .contains(
                            "> HANDLE_RESPONSE:{is_partition_hit:\"true\", send_action:\"SERVER_SEND_NONE\","
                                    + " state:\"CONNECT_ERROR\"",
                            "> RETRY:{retry_status:\"NOT_FOUND_EXISTING_ADDR\", retry_type:\"NOT_RETRY\", attempts:2",
                            "> RETRY:{retry_status:\"NO_NEED_RETRY\"");
        }
    }

    private List<String> lastStates(ScriptedServer.Answer answer, String... statements) throws IOException {
        try (ProxyHarness proxy = proxy(4);
                WireClient client = proxy.connect("u@t#c")) {
            proxy.server(0).when("odd", answer);
            proxy.server(0).when("update t0", answer);
            for (String statement : statements) {
                client.query(statement);
            }
            oneMore(client);
            return lines.stream()
                    .map(line -> line.replaceAll("(?s).*send_action:\"(\\w+)\", state:\"(\\w+)\".*", "$1 $2"))
                    .toList();
        }
    }

    @Test
    void tellsWhetherTheTransactionGoesOn() throws IOException {
        int open = ServerStatus.IN_TRANS | ServerStatus.AUTOCOMMIT;
        assertThat(lastStates(answer(open, SessionChanges.NONE), "begin", "odd 1 from t0", "commit"))
                .containsSubsequence("SERVER_SEND_REQUEST CMD_COMPLETE", "SERVER_SEND_REQUEST TRANSACTION_COMPLETE");
    }

    @Test
    void tellsOfServersThatGoAway() throws IOException {
        assertThat(lastStates(ScriptedServer.disconnect(), "update t0 set odd = 1"))
                .containsExactly("SERVER_SEND_REQUEST CONNECTION_CLOSED");
    }

    @Test
    void tellsOfServersThatNameABetterOne() throws IOException {
        try (ProxyHarness proxy = new ProxyHarness(2, Map.of("route_diagnosis_level", "1", "enable_reroute", "true"));
                WireClient client = proxy.connect("u@t#c")) {
            ServerAddress named = proxy.server(1).address();
            proxy.server(0).when("insert", ReroutingTest.reroute(ReroutingTest.info(named, 1, "t0", 77)));
            client.query("insert into t0 values (1)");
            oneMore(client);
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .contains(
                            "state:\"RESPONSE_ERROR\", error:\"5727 ",
                            "> RETRY:{retry_status:\"FOUND_EXISTING_ADDR\", retry_type:\"REROUTE\", retry_addr:\""
                                    + named + "\", attempts:2",
                            "state:\"TRANSACTION_COMPLETE\"");
        }
    }
}
