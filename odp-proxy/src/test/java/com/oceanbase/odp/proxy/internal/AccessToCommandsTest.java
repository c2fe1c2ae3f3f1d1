package com.oceanbase.odp.proxy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.session.ProxyHarness;
import com.oceanbase.odp.proxy.session.WireClient;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessToCommandsTest {
    /** Stage-one hash of "insp". */
    private static final String INSPECTOR_HASH = "8e5ed02730ec7a1e4c045b3cb06dabb4b4c09b1e";

    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(1, Map.of("obproxy_sys_password", "", "inspector_password", INSPECTOR_HASH));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    @Test
    void commandsForEverybody() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("ping proxy").isSuccess()).isTrue();
            assertThat(client.query("ping proxy now").errno()).isEqualTo(5010);
            Result version = client.query("SELECT PROXY_VERSION()");
            assertThat(version.titles()).containsExactly("proxy_version()");
            assertThat(version.value()).isEqualTo(ProxyHarness.VERSION);
            assertThat(client.query("select proxy_version() as v").titles()).containsExactly("v");
            assertThat(client.query("select proxy_status()").value()).isEqualTo("ACTIVE");
            assertThat(client.query("show slave hosts").titles()).startsWith("Server_id");
            assertThat(client.query("show relaylog events").rows()).isEmpty();
            assertThat(client.query("explain route select 1").titles()).containsExactly("Route Plan");
            assertThat(proxy.server(0).journal()).containsExactly("login u@t");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"show proxyconfig", "alter proxyconfig set a = 1", "show proxystat", "show globalsession"})
    void commandsForAdministratorsGoToTheServerForOthers(String command) throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query(command);
            assertThat(proxy.server(0).journal()).contains(command);
        }
    }

    @Test
    void administratorsSeeTheConfiguration() throws IOException {
        try (WireClient client = proxy.connect("root@sys#c")) {
            Result config = client.query("show proxyconfig like 'obproxy_sys_pass%'");
            assertThat(config.titles())
                    .containsExactly("name", "value", "info", "need_reboot", "visible_level", "range", "config_level");
            assertThat(config.column("name")).containsExactly("obproxy_sys_password");
            assertThat(client.query("show proxyconfig").column("name"))
                    .isSorted()
                    .contains("listen_port");
            assertThat(client.query("show proxyconfig diff").column("name"))
                    .contains("inspector_password")
                    .doesNotContain("listen_port");
            assertThat(client.query("show proxyconfig diff user like 'insp%'").rows())
                    .isEmpty();
            assertThat(client.query("show proxyconfig foo").errno()).isEqualTo(5010);
            assertThat(client.query("show proxynet thread").message()).contains("SHOW PROXYNET");
            assertThat(client.query("alter proxyresource delete c").errno()).isEqualTo(1235);
        }
    }

    @Test
    void proxySysAnswersWhatClientsAskAtLogin() throws IOException {
        try (WireClient client = proxy.connect("root@proxysys")) {
            assertThat(client.query("select @@version_comment limit 1").value()).contains(ProxyHarness.VERSION);
            assertThat(client.query("/* driver */SELECT @@session.autocommit AS a, @@max_allowed_packet")
                            .titles())
                    .containsExactly("a", "@@max_allowed_packet");
            assertThat(client.query("SHOW VARIABLES LIKE 'VERSION\\_%'").column("Variable_name"))
                    .containsExactly("version_comment");
            assertThat(client.query("show variables where variable_name = 'x'").rows())
                    .hasSizeGreaterThan(18);
            assertThat(client.query("select @@session.tx_read_only").value()).isEqualTo("0");
            assertThat(client.query("set names utf8mb4").isSuccess()).isTrue();
            assertThat(client.query("begin").isSuccess()).isTrue();
            assertThat(client.query("rollback").isSuccess()).isTrue();
            assertThat(client.query("select database()").value()).isNull();
            assertThat(client.query("use d1").isSuccess()).isTrue();
            assertThat(client.query("select database()").value()).isEqualTo("d1");
            assertThat(client.command(CommandCode.COM_INIT_DB.code(), "d2".getBytes(StandardCharsets.UTF_8))
                            .isSuccess())
                    .isTrue();
            assertThat(client.query("select schema()").value()).isEqualTo("d2");
            assertThat(client.query("select connection_id()").value()).isEqualTo(Long.toString(client.connectionId()));
            assertThat(client.query("show warnings").rows()).isEmpty();
            assertThat(client.query("show full processlist").rows()).hasSize(1);
            assertThat(proxy.server(0).journal()).isEmpty();
        }
    }

    @Test
    void proxySysRefusesEverythingElse() throws IOException {
        try (WireClient client = proxy.connect("root@proxysys")) {
            assertThat(client.query("select * from t").errno()).isEqualTo(1235);
            assertThat(client.query("insert into t values (1)").errno()).isEqualTo(1235);
            assertThat(client.query("select @@nope").errno()).isEqualTo(1193);
            assertThat(client.query("show tables").errno()).isEqualTo(1235);
            assertThat(client.command(CommandCode.COM_STMT_PREPARE.code(), (byte) '1')
                            .errno())
                    .isEqualTo(1235);
            assertThat(client.command(CommandCode.COM_STATISTICS.code()).errno())
                    .isEqualTo(1235);
            assertThat(client.command(CommandCode.COM_PROCESS_INFO.code()).errno())
                    .isEqualTo(1235);
            assertThat(client.command(CommandCode.COM_CHANGE_USER.code()).errno())
                    .isEqualTo(1235);
            assertThat(client.command(CommandCode.COM_PING.code()).isSuccess()).isTrue();
        }
    }

    @Test
    void inspectorMayOnlyPing() throws IOException {
        assertThatThrownBy(() -> proxy.connect("inspector@proxysys")).isInstanceOf(WireClient.Refused.class);
        try (WireClient client = proxy.connect("inspector@proxysys", "insp", 0)) {
            assertThat(client.query("ping proxy").isSuccess()).isTrue();
            assertThat(client.query("set names utf8mb4").isSuccess()).isTrue();
            assertThat(client.query("show processlist").errno()).isEqualTo(5010);
            assertThat(client.query("select 1").errno()).isEqualTo(5010);
            assertThat(client.query("kill 1").errno()).isEqualTo(5010);
        }
    }

    @Test
    void serversThatKnowClientIdsListAndKill() throws IOException {
        proxy.close();
        proxy = new ProxyHarness(1, Map.of("client_session_id_version", "2", "proxy_id", "3"));
        proxy.loginVariables("u@t", Map.of("ob_capability_flag", Long.toString(1L << 21)));
        try (WireClient client = proxy.connect("u@t#c");
                WireClient other = proxy.connect("v@t#c")) {
            client.query("show processlist");
            client.query("kill 5");
            client.command(CommandCode.COM_PROCESS_KILL.code(), new byte[4]);
            assertThat(proxy.server(0).journal()).contains("show processlist", "kill 5", "COM_PROCESS_KILL");
            assertThat(client.query("show proxysession").rows()).hasSize(1);
            // A server that did not agree knows nothing of such ids.
            assertThat(other.query("show processlist").rows()).hasSize(1);
        }
    }

    @Test
    void answersAreLimited() throws IOException {
        proxy.close();
        proxy = new ProxyHarness(1, Map.of("obproxy_sys_password", "", "internal_cmd_mem_limited", "1K"));
        try (WireClient client = proxy.connect("root@proxysys")) {
            assertThat(client.query("show proxyconfig").errno()).isEqualTo(4024);
            assertThat(client.query("show processlist").isSuccess()).isTrue();
        }
    }
}
