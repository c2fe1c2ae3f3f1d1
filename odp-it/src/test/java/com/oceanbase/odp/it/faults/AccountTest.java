package com.oceanbase.odp.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.testkit.script.RawClient;
import com.oceanbase.odp.testkit.script.Response;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that name the wrong place, and several tenants at once. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountTest {
    private final Environment environment;

    AccountTest(Environment environment) {
        this.environment = environment;
    }

    private static ErrPacket errorOf(OdpInstance proxy, String user) throws IOException {
        try (RawClient client = proxy.greeted()) {
            Response answer = client.login(RawClient.Login.of(user, ""));
            assertThat(answer.isError()).as(user).isTrue();
            return answer.error();
        }
    }

    @Test
    void anUnknownTenantIsRefusedLikeAWrongPassword() throws IOException {
        assertThat(errorOf(
                                environment.proxy(),
                                "root@nosuch#" + environment.cluster().name())
                        .errno())
                .isEqualTo(1045);
    }

    @Test
    void anUnknownClusterDoesNotExist() throws IOException {
        assertThat(errorOf(environment.proxy(), "root@sys#nosuch").errno()).isEqualTo(4669);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sys", "app"})
    void everyTenantOfTheClusterIsServed(String tenant) throws IOException {
        String user = "root@" + tenant + "#" + environment.cluster().name();
        try (RawClient client = environment.proxy().raw(RawClient.Login.of(user, ""))) {
            assertThat(client.query("select 7").cell()).isEqualTo("7");
        }
    }

    @Test
    void aClusterOfAnotherNameThanConfiguredIsNotServed() throws IOException {
        try (OdpInstance proxy = OdpInstance.start(
                environment.cluster().rootServiceList(), "misnamed", Map.of("enable_cluster_checkout", "true"))) {
            assertThat(errorOf(proxy, "root@sys#misnamed").message()).contains("4666");
        }
    }

    @Test
    void withoutTheCheckTheNameIsOnlyAName() throws IOException {
        try (OdpInstance proxy = OdpInstance.start(
                        environment.cluster().rootServiceList(),
                        "misnamed",
                        Map.of("enable_cluster_checkout", "false"));
                RawClient client = proxy.raw(RawClient.Login.of("root@sys#misnamed", ""))) {
            assertThat(client.query("select 8").cell()).isEqualTo("8");
        }
    }

    @Test
    void aWrongPasswordIsTheServersToRefuse() {
        assertThatThrownBy(() -> environment.proxy().raw(RawClient.Login.of(environment.user(), "wrong")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Access denied");
    }
}
