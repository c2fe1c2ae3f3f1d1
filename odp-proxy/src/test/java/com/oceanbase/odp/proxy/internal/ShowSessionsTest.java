package com.oceanbase.odp.proxy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.ColumnDefinition41;
import com.oceanbase.odp.protocol.packet.ColumnType;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import com.oceanbase.odp.proxy.session.ProxyHarness;
import com.oceanbase.odp.proxy.session.ScriptedServer;
import com.oceanbase.odp.proxy.session.WireClient;
import com.oceanbase.odp.proxy.session.WireClient.Result;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShowSessionsTest {
    private ProxyHarness proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyHarness(
                2, Map.of("obproxy_sys_password", "", "proxy_idc_name", "idc7", "enable_deprecate_eof", "true"));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private static String id(WireClient client) {
        return Long.toString(client.connectionId());
    }

    @Test
    void processListHasTheSessionsThatMayBeSeen() throws IOException {
        proxy.loginVariables("p@t", Map.of("ob_proxy_user_privilege", Long.toString(1L << 15)));
        try (WireClient mine = proxy.connect("u@t#c");
                WireClient sameUser = proxy.connect("u@t#c");
                WireClient sameTenant = proxy.connect("v@t#c");
                WireClient elsewhere = proxy.connect("u@t2#c");
                WireClient process = proxy.connect("p@t#c");
                WireClient sys = proxy.connect("x@sys#d")) {
            assertThat(mine.query("show processlist").column("Id")).containsExactly(id(mine), id(sameUser));
            assertThat(elsewhere.query("show processlist").column("Id")).containsExactly(id(elsewhere));
            assertThat(process.query("show processlist").column("Id"))
                    .containsExactly(id(mine), id(sameUser), id(sameTenant), id(process));
            assertThat(sys.query("SHOW PROCESSLIST;").rows()).hasSize(6);
            assertThat(mine.command(CommandCode.COM_PROCESS_INFO.code()).column("Id"))
                    .containsExactly(id(mine), id(sameUser));
            assertThat(mine.query("show processlist foo").errno()).isEqualTo(5010);
        }
    }

    @Test
    void processListTellsStateAndPlace() throws IOException {
        try (WireClient idle = proxy.connect("u@t#c");
                WireClient asking = proxy.connect("u@t#c", "", Capabilities.DEPRECATE_EOF)) {
            idle.query("select * from t1");
            Result list = asking.query("show processlist");

            assertThat(list.titles())
                    .containsExactly(
                            "Id",
                            "Tenant",
                            "User",
                            "Host",
                            "db",
                            "trans_count",
                            "svr_session_count",
                            "state",
                            "tid",
                            "pid");
            assertThat(list.columns())
                    .extracting(ColumnDefinition41::type)
                    .startsWith(ColumnType.LONGLONG, ColumnType.VARCHAR);
            assertThat(list.column("state")).containsExactly("MCS_KEEP_ALIVE", "MCS_ACTIVE_READER");
            assertThat(list.column("svr_session_count")).containsExactly("2", "1");
            assertThat(list.column("trans_count")).containsExactly("1", "0");
            assertThat(list.column("db")).containsExactly("NULL", "NULL");
            assertThat(list.rows().getFirst().subList(1, 3)).containsExactly("t", "u");
            assertThat(list.column("Host").getFirst()).startsWith("127.0.0.1:");
            assertThat(list.column("pid").getFirst())
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void sessionListShowsOrdinaryUsersThemselvesOnly() throws IOException {
        try (WireClient first = proxy.connect("u@t#c");
                WireClient second = proxy.connect("u@t#c");
                WireClient administrator = proxy.connect("root@proxysys")) {
            assertThat(second.query("show proxysession").column("Id")).containsExactly(id(second));
            Result all = administrator.query("show proxysession");
            assertThat(all.column("Id")).containsExactly(id(first), id(second), id(administrator));
            assertThat(all.titles()).startsWith("proxy_sessid", "Id", "Cluster").endsWith("pid", "using_ssl");
            assertThat(all.column("Cluster")).containsExactly("c", "c", "");
            assertThat(second.query("show proxysession attribute " + id(first)).errno())
                    .isEqualTo(1094);
        }
    }

    @Test
    void attributesDescribeSessionAndLinks() throws IOException {
        proxy.server(0)
                .when(
                        "set",
                        ScriptedServer.ok(new SessionChanges(
                                List.of(new Variable("ob_query_timeout", "5"), new Variable("sql_mode", "3")),
                                List.of(new Variable("x", "'1'")),
                                "db1",
                                false,
                                List.of())));
        proxy.loginVariables("u@t", Map.of("ob_capability_flag", "512"));
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("set whatever = 1");
            Result attributes = client.query("show proxysession attribute");

            assertThat(attributes.rows()).hasSize(22 + 17);
            assertThat(row(attributes, "cs_id")).containsExactly("cs_id", id(client), "cs common");
            assertThat(row(attributes, "db")).containsExactly("db", "db1", "cs common");
            assertThat(row(attributes, "idc_name")).containsExactly("idc_name", "idc7", "cs common");
            assertThat(row(attributes, "active")).containsExactly("active", "true", "cs common");
            assertThat(row(attributes, "hot_sys_var_version"))
                    .containsExactly("hot_sys_var_version", "1", "cs var version");
            assertThat(row(attributes, "db_name_version")).containsExactly("db_name_version", "1", "cs var version");
            assertThat(attributes.rows().subList(22, 39))
                    .allSatisfy(row -> assertThat(row.get(2)).isEqualTo("last used ss"));
            assertThat(attributes.rows().subList(22, 39))
                    .contains(
                            List.of("state", "MSS_KA_CLIENT_SLAVE", "last used ss"),
                            List.of("user_var_version", "1", "last used ss"),
                            List.of("enable_extra_ok_packet_for_stats", "1", "last used ss"));
        }
    }

    @Test
    void linkThatIsNotInStepShowsWhatItHas() throws IOException {
        SessionChanges change =
                new SessionChanges(List.of(new Variable("sql_mode", "3")), List.of(), null, false, List.of());
        proxy.server(0).when("set", ScriptedServer.ok(change));
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("select * from t1");
            client.query("select * from t0");
            client.query("set sql_mode = 3");
            assertThat(client.query("show proxysession attribute like 'sys_var_version'")
                            .rows())
                    .containsExactly(
                            List.of("sys_var_version", "1", "cs var version"),
                            List.of("sys_var_version", "1", "last used ss"),
                            List.of("sys_var_version", "0", "ss pool [0]"));
        }
    }

    @Test
    void sessionIsFoundByAServersIdOfItToo() throws IOException {
        try (WireClient client = proxy.connect("u@t#c");
                WireClient administrator = proxy.connect("root@proxysys")) {
            String serverId = client.query("show proxysession attribute like 'server_sessid'")
                    .rows()
                    .getFirst()
                    .get(1);
            assertThat(Long.parseLong(serverId)).isGreaterThan(1L << 31);
            Result found = administrator.query("show proxysession attribute " + serverId + " like 'cs_id'");
            assertThat(found.rows().getFirst().get(1)).isEqualTo(id(client));
            assertThat(administrator.query("show proxysession stat 4294967290").message())
                    .isEqualTo("Unknown thread id: 4294967290");
        }
    }

    @Test
    void variablesAreTheChangedOnesOrAll() throws IOException {
        String longValue = "y".repeat(129);
        proxy.server(0)
                .when(
                        "set",
                        ScriptedServer.ok(new SessionChanges(
                                List.of(new Variable("ob_query_timeout", "5"), new Variable("sql_mode", longValue)),
                                List.of(new Variable("x", "'1'")),
                                null,
                                false,
                                List.of())));
        proxy.loginVariables("u@t", Map.of("wait_timeout", "77", "ob_query_timeout", "9"));
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("set a = 1");
            Result changed = client.query("show proxysession variables");
            assertThat(changed.titles())
                    .containsExactly("variable_name", "value", "info", "modified_type", "sys_variable_flag");
            assertThat(changed.rows())
                    .containsExactly(
                            List.of(
                                    "ob_query_timeout",
                                    "5",
                                    "changed sys var",
                                    "hot modified vars",
                                    " && global_scope && session_scope"),
                            List.of(
                                    "sql_mode",
                                    "value is too long to be shown",
                                    "changed sys var",
                                    "cold modified vars",
                                    ""),
                            List.of("x", "'1'", "user var", "cold modified vars", ""));
            Result all = client.query("show proxysession variables all like '%timeout'");
            assertThat(all.column("variable_name"))
                    .contains("ob_query_timeout", "wait_timeout", "net_read_timeout")
                    .doesNotContain("sql_mode")
                    .doesNotHaveDuplicates();
            assertThat(all.rows())
                    .anySatisfy(row -> assertThat(row.subList(0, 3)).containsExactly("wait_timeout", "77", "sys var"));
        }
    }

    @Test
    void statisticsCountWhatHappened() throws IOException {
        proxy.server(0).when("insert", ScriptedServer.error(1062, "23000", "Duplicate entry"));
        try (WireClient client = proxy.connect("u@t#c")) {
            client.query("select 1");
            client.query("insert into x values (1)");
            client.query("ping proxy");
            Map<String, String> counts = new HashMap<>();
            client.query("show proxysession stat").rows().forEach(row -> counts.put(row.getFirst(), row.get(1)));

            assertThat(counts)
                    .containsEntry("client_requests", "4")
                    .containsEntry("client_select_requests", "1")
                    .containsEntry("client_insert_requests", "1")
                    .containsEntry("client_internal_requests", "1")
                    .containsEntry("server_requests", "2")
                    .containsEntry("server_error_responses", "1")
                    .containsEntry("total_transaction_count", "2");
        }
    }

    @Test
    void badGrammarIsAnError() throws IOException {
        try (WireClient client = proxy.connect("u@t#c")) {
            assertThat(client.query("show proxysession foo").message()).isEqualTo("Unknown operator, bad internal cmd");
            assertThat(client.query("show proxysession attribute like").errno()).isEqualTo(5010);
            assertThat(client.query("show proxysession attribute 1 2").errno()).isEqualTo(5010);
            assertThat(client.query("show proxysession read_stale").titles())
                    .containsExactly("server_addr", "table_id", "partition_id", "feedback_time");
            assertThat(client.query("select 1").isSuccess()).isTrue();
        }
    }

    private static List<@Nullable String> row(Result result, String name) {
        return result.rows().stream()
                .filter(row -> name.equals(row.getFirst()))
                .findFirst()
                .orElseThrow();
    }
}
