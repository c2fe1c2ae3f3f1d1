package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** obproxy_read_consistency and obproxy_read_only are told to every server, and clients cannot undo them. */
class ImposedVariablesTest {
    private static final String SET = "SET @@ob_read_consistency = 2, @@tx_read_only = 1;";

    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(2, Map.of("obproxy_read_consistency", "1", "obproxy_read_only", "0"));
        proxy.loginVariables("u@t", Map.of("ob_read_consistency", "STRONG", "tx_read_only", "OFF"));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    @Test
    void everyServerIsToldOnce() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("select * from t0");
            client.query("select * from t1");
            client.query("select * from t0");
            assertThat(proxy.server(0).journal()).containsSubsequence(SET, "select * from t0");
            assertThat(proxy.server(0).journal()).containsOnlyOnce(SET);
            assertThat(proxy.server(1).journal()).containsSubsequence(SET, "select * from t1");
        }
    }

    @Test
    void aResetDoesNotUndoIt() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("select * from t0");
            assertThat(client.command(CommandCode.COM_RESET_CONNECTION.code()).isSuccess())
                    .isTrue();
            client.query("select 2 from t0");
            assertThat(proxy.server(0).journal())
                    .containsSubsequence(SET, "select * from t0", "COM_RESET_CONNECTION", SET, "select 2 from t0");
        }
    }

    @Test
    void onlyUsersOfTheListReadWeakly() throws IOException {
        String weak = "SET @@ob_read_consistency = 2;";
        try (ProxyHarness other = new ProxyHarness(1, Map.of("weak_read_user_list", "someone, u@t"))) {
            other.loginVariables("u@t", Map.of("ob_read_consistency", "STRONG"));
            other.loginVariables("v@t", Map.of("ob_read_consistency", "STRONG"));
            try (WireClient strong = other.connect("v@t#c")) {
                strong.query("select 1 from t0");
                assertThat(other.server(0).journal())
                        .contains("select 1 from t0")
                        .doesNotContain(weak);
                assertThat(strong.query("set ob_read_consistency = 3").isSuccess())
                        .isTrue();
            }
            try (WireClient client = other.connect("u@t#c")) {
                client.query("select 2 from t0");
                assertThat(other.server(0).journal()).containsSubsequence(weak, "select 2 from t0");
                assertThat(client.query("set ob_read_consistency = 3").errno()).isEqualTo(4179);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set ob_read_consistency = 3",
                "SET @a = 1, SESSION Ob_Read_Consistency = 'STRONG'",
                "set @@session.ob_read_consistency = STRONG"
            })
    void readConsistencyCannotBeChanged(String sql) throws IOException {
        assertRefused(sql, "set ob_read_consitency is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set tx_read_only = 0", "set @@transaction_read_only = off", "set local tx_read_only=0"})
    void readOnlyCannotBeChanged(String sql) throws IOException {
        assertRefused(sql, "set tx_read_only/transaction_read_only is not allowed");
    }

    private void assertRefused(String sql, String message) throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            Result refused = client.query(sql);
            assertThat(refused.message()).isEqualTo(message);
            assertThat(refused.errno()).isEqualTo(4179);
            assertThat(client.query("set @b = 2").isSuccess()).isTrue();
            assertThat(proxy.server(0).journal()).doesNotContain(sql);
        }
    }

    @Test
    void otherwiseClientsSetWhatTheyLike() throws IOException {
        try (ProxyHarness plain = new ProxyHarness(1, Map.of());
                WireClient client = plain.connect("u@t#c")) {
            assertThat(client.query("set ob_read_consistency = 2").isSuccess()).isTrue();
            assertThat(client.query("set tx_read_only = 1").isSuccess()).isTrue();
            assertThat(plain.server(0).journal()).contains("set ob_read_consistency = 2", "set tx_read_only = 1");
        }
    }
}
