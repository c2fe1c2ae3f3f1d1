package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XA branches, whose servers need not say that a transaction is open; and statements that are refused behind BEGIN. */
class TransactionStartTest {
    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of("enable_bad_route_reject", "true"));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static void ok(WireClient client, String sql) throws IOException {
        assertThat(client.query(sql).message()).as(sql).isEmpty();
    }

    @Test
    void aBranchBeginsWhereItsFirstStatementGoesAndStaysThere() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("XA START 'x1', 'b', 7").status() & ServerStatus.IN_TRANS)
                    .isNotZero();
            ok(client, "insert into t1 values (1)");
            ok(client, "insert into t0 values (1)");
            ok(client, "xa end 'x1', 'b', 7");
            ok(client, "select * from t0");
            ok(client, "xa prepare 'x1', 'b', 7");
            ok(client, "select * from t0");
            assertThat(proxy.server(1).journal())
                    .containsSubsequence(
                            "XA START 'x1', 'b', 7",
                            "insert into t1 values (1)",
                            "insert into t0 values (1)",
                            "xa end 'x1', 'b', 7",
                            "select * from t0",
                            "xa prepare 'x1', 'b', 7");
            assertThat(proxy.server(0).journal()).containsOnlyOnce("select * from t0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa commit 'x' one phase", "xa rollback 'x'", "xa prepare 'x'"})
    void theEndOfABranchFreesTheSession(String end) throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            ok(client, "xa begin 'x'");
            ok(client, "insert into t1 values (1)");
            ok(client, "xa end 'x'");
            ok(client, end);
            ok(client, "insert into t0 values (2)");
            assertThat(proxy.server(1).journal()).contains("xa end 'x'", end);
            assertThat(proxy.server(0).journal()).contains("insert into t0 values (2)");
        }
    }

    @Test
    void whatIsDoneInABranchThatWasNotBegunIsToldByTheServer() throws IOException {
        proxy.server(1).when("xa start", ScriptedServer.error(1440, "XAE08", "XAER_DUPID"));
        try (WireClient client = proxy.connect("u@t#c")) {
            ok(client, "xa start 'x'");
            assertThat(client.query("insert into t1 values (1)").message()).contains("XAER_DUPID");
            assertThat(proxy.server(1).journal()).doesNotContain("insert into t1 values (1)");
            ok(client, "insert into t1 values (2)");
        }
    }

    @Test
    void noOtherTransactionBeginsInABranch() throws IOException {
        try (ProxyHarness plain = new ProxyHarness(1, Map.of());
                WireClient client = plain.connect("u@t#c")) {
            plain.server(0).when("begin", ScriptedServer.error(1399, "XAE07", "XAER_RMFAIL"));
            ok(client, "xa start 'x'");
            assertThat(client.query("begin").message()).contains("XAER_RMFAIL");
            assertThat(plain.server(0).journal()).containsSubsequence("xa start 'x'", "begin");
        }
    }

    @Test
    void aPreparedBranchIsCommittedByAnySession() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            ok(client, "xa recover");
            ok(client, "xa commit 'of another session'");
            ok(client, "insert into t1 values (1)");
            assertThat(proxy.server(1).journal()).contains("insert into t1 values (1)");
        }
    }

    @Test
    void aServerThatTakesABranchWithItEndsTheSession() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            ok(client, "xa start 'x'");
            ok(client, "insert into t1 values (1)");
            proxy.server(1).close();
            assertThat(client.query("insert into t1 values (2)").message()).contains("XA START");
        }
    }

    // --- enable_bad_route_reject

    @ParameterizedTest
    @ValueSource(strings = {"select 1", "set @a = 1", "show tables", "savepoint s", "do 1"})
    void aTransactionDoesNotBeginWithoutATable(String sql) throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            ok(client, "begin");
            Result refused = client.query(sql);
            assertThat(refused.message()).isEqualTo("Not supported, bad route request");
            assertThat(refused.errno()).isEqualTo(1235);
            // The transaction is given up.
            assertThat(client.query(sql).isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).contains(sql).doesNotContain("begin");
        }
    }

    @Test
    void aTransactionBeginsWithATableOrNotAtAll() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            ok(client, "begin");
            ok(client, "commit");
            ok(client, "begin");
            ok(client, "insert into t1 values (1)");
            ok(client, "set @a = 1");
            assertThat(proxy.server(1).journal()).containsSubsequence("begin", "insert into t1 values (1)");
        }
    }
}
