package com.oceanbase.odp.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.it.session.JournaledClient;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node accepts and does not answer, or answers nonsense: the proxy's own time limits end every wait. */
class SlowNodeTest extends FaultyCluster {
    SlowNodeTest() {
        super(Map.of(
                "enable_congestion", "false",
                "short_async_task_timeout", "1s",
                "observer_query_timeout_delta", "1s"));
    }

    /** A session whose statements may take a second. */
    @Override
    protected JournaledClient clientOn(int... numbers) throws IOException {
        JournaledClient client = nodes.client(proxy);
        client.ok("set ob_query_timeout = 1000000");
        return client.visit(numbers);
    }

    @Test
    void aNodeThatDoesNotGreetIsPassedOver() throws IOException {
        try (JournaledClient client = nodes.clientAwayFrom(proxy, 2, 1)) {
            node(2).faults().freeze();
            client.ok("insert into t2(v) values('frozen login')");
            assertThat(nodes.rows("t2", "frozen login")).isEqualTo(1);
        }
    }

    @Test
    void newSessionsPassOverItToo() throws IOException {
        node(1).faults().freeze();
        node(2).faults().freeze();
        try (JournaledClient client = nodes.client(proxy)) {
            assertThat(client.cell("select 5")).isEqualTo("5");
            assertThat(client.sent(3)).contains("select 5");
        }
    }

    @Test
    void aStatementThatIsNotAnsweredFailsAndTheSessionGoesOn() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("set @a = 'kept'");
            node(2).faults().freeze();
            assertThat(client.query("insert into t2(v) values('frozen')").isError())
                    .isTrue();
            assertThat(client.cell("select @a from t1 where id = 1")).isEqualTo("kept");
        }
    }

    @Test
    void inATransactionItEndsTheSession() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            client.ok("begin");
            client.ok("insert into t2(v) values('frozen tx')");
            node(2).faults().freeze();
            assertThat(client.error("select v from t2").sqlState()).isEqualTo("08S01");
            assertThatThrownBy(() -> client.query("select 1")).isInstanceOf(IOException.class);
        }
        node(2).faults().thaw();
        assertThat(nodes.rows("t2", "frozen tx")).isZero();
    }

    @Test
    void aReplayThatIsNotAnsweredSendsTheStatementElsewhere() throws IOException {
        try (JournaledClient client = clientOn(2, 1)) {
            client.ok("set @a = 'frozen replay'");
            client.ok("begin");
            node(2).faults().freeze();
            client.ok("insert into t2(v) values(@a)");
            assertThat(nodes.rows("t2", "frozen replay")).isZero();
            client.ok("commit");
            node(2).faults().thaw();
            assertThat(nodes.rows("t2", "frozen replay")).isEqualTo(1);
        }
    }

    @Test
    void aDelayWithinTheLimitIsOnlyADelay() throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            node(2).faults().delay(Duration.ofMillis(300));
            assertThat(client.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }

    /** Length, sequence number or kind of the first packet are wrong: no wait without end, no wrong session. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void wrongBytesDoNotHoldTheSession(int offset) throws IOException {
        try (JournaledClient client = clientOn(1, 2)) {
            node(2).faults().corruptNextResponse(offset, "^insert");
            try {
                client.query("insert into t2(v) values('wrong " + offset + "')");
                client.query("select 1");
            } catch (IOException ended) {
                // What cannot be understood ends the session.
                assertThat(ended).isInstanceOf(EOFException.class);
            }
            assertThat(nodes.rows("t2", "wrong " + offset)).isEqualTo(1);
        }
        try (JournaledClient next = clientOn(1, 2)) {
            assertThat(next.cell("select v from t2 where id = 1")).isEqualTo("one");
        }
    }
}
