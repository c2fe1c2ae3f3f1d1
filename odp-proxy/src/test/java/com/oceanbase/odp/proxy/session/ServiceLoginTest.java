package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.routing.ServiceInstance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that log in to a service instead of a tenant. Tenant {@code one} is on the first server, {@code two} on the second. */
class ServiceLoginTest {
    private static final ServiceInstance ONE = new ServiceInstance("c1", "one");
    private static final ServiceInstance TWO = new ServiceInstance("c2", "two");

    private static ProxyHarness proxy(Map<String, String> parameters) throws IOException {
        ProxyHarness proxy = new ProxyHarness(2, parameters);
        proxy.serve("one", 0);
        proxy.serve("two", 1);
        proxy.services.put("shop", ONE);
        return proxy;
    }

    private static void switchover(ProxyHarness proxy, int errno) {
        proxy.services.put("shop", TWO);
        proxy.server(0).when("insert", ScriptedServer.error(errno, "HY000", "not here"));
        proxy.server(0).when("select", ScriptedServer.error(errno, "HY000", "not here"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"u@SERVICE:Shop", "u@service:shop#c9"})
    void aLoginGoesToThePrimaryOfItsService(String user) throws IOException {
        try (ProxyHarness proxy = proxy(Map.of())) {
            try (WireClient client = proxy.connect(user)) {
                assertThat(client.query("select 1").isSuccess()).isTrue();
                assertThat(proxy.server(0).journal()).contains("select 1");
                assertThat(proxy.server(1).journal()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4780, 4782, 4688})
    void aSwitchoverMovesTheSessionWithItsState(int errno) throws IOException {
        try (ProxyHarness proxy = proxy(Map.of());
                WireClient client = proxy.connect("u@SERVICE:shop")) {
            proxy.server(0)
                    .when(
                            "set",
                            ScriptedServer.ok(new SessionChanges(
                                    List.of(),
                                    List.of(new SessionChanges.Variable("a", "5")),
                                    null,
                                    false,
                                    List.of())));
            assertThat(client.query("set @a = 5").isSuccess()).isTrue();
            assertThat(client.query("insert into t values (1)").isSuccess()).isTrue();
            switchover(proxy, errno);
            assertThat(client.query("insert into t values (2)").isSuccess()).isTrue();
            List<String> moved = proxy.server(1).journal();
            assertThat(moved).contains("insert into t values (2)");
            assertThat(moved).as("the state came along").anyMatch(text -> text.contains("@a"));
            assertThat(proxy.notPrimary).containsExactly("shop c1.one");
            assertThat(client.query("select 7").isSuccess()).isTrue();
            assertThat(proxy.server(1).journal()).contains("select 7");
        }
    }

    @Test
    void theBeginningOfATransactionMoves() throws IOException {
        try (ProxyHarness proxy = proxy(Map.of());
                WireClient client = proxy.connect("u@SERVICE:shop")) {
            assertThat(client.query("begin").isSuccess()).isTrue();
            switchover(proxy, 4782);
            assertThat(client.query("insert into t values (2)").isSuccess())
                    .as("the first statement of a transaction takes its begin along")
                    .isTrue();
            assertThat(proxy.server(1).journal()).containsSubsequence("begin", "insert into t values (2)");
        }
    }

    @Test
    void aServiceWithoutPrimaryGivesTheServersError() throws IOException {
        try (ProxyHarness proxy = proxy(Map.of());
                WireClient client = proxy.connect("u@SERVICE:shop")) {
            proxy.server(0).when("insert", ScriptedServer.error(4782, "HY000", "not primary"));
            assertThat(client.query("insert into t values (2)").errno()).isEqualTo(4782);
            assertThat(client.query("select 7").isSuccess()).isTrue();
        }
    }

    @Test
    void whoNamesATenantGetsItsErrors() throws IOException {
        try (ProxyHarness proxy = proxy(Map.of());
                WireClient client = proxy.connect("u@one#c1")) {
            switchover(proxy, 4782);
            assertThat(client.query("insert into t values (2)").errno()).isEqualTo(4782);
            assertThat(proxy.notPrimary).isEmpty();
        }
    }
}
