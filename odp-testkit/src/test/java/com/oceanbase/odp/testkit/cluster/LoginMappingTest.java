package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import com.oceanbase.odp.protocol.packet.HandshakeResponse41;
import com.oceanbase.odp.testkit.script.RawClient;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginMappingTest {

    private final LoginMapping mapping = new LoginMapping(List.of("sys", "app"), "demo", "demo");

    private static HandshakeResponse41 login(String user, ConnectionAttributes attributes) {
        return new HandshakeResponse41(
                RawClient.USUAL_CAPABILITIES,
                1 << 24,
                45,
                user,
                new byte[0],
                null,
                "mysql_native_password",
                attributes,
                0);
    }

    @Test
    void tenantsAreMappedAndUnknownOnesLeft() {
        assertThat(mapping.user("root@app")).isEqualTo("root@sys");
        assertThat(mapping.user("a@b@app")).isEqualTo("a@b@sys");
        assertThat(mapping.user("root@other")).isEqualTo("root@other");
        assertThat(mapping.user("root")).isEqualTo("root");
    }

    @Test
    void onlyTheCapabilityFlagChangesAmongTheAttributes() {
        ConnectionAttributes attributes = ConnectionAttributes.builder()
                .add("__mysql_client_type", "__ob_proxy")
                .add("__proxy_capability_flag", Long.toString(0xFFFFFF))
                .add("__proxy_scramble", new byte[] {1, (byte) 0xFF, 0})
                .build();
        HandshakeResponse41 mapped = mapping.map(login("root@app", attributes));
        assertThat(Long.parseLong(String.valueOf(mapped.attributes().text("__proxy_capability_flag"))))
                .isEqualTo(0xBFFFF7);
        assertThat(mapped.attributes().get("__proxy_scramble")).isEqualTo(new byte[] {1, (byte) 0xFF, 0});
        assertThat(mapping.map(login("root", ConnectionAttributes.NONE)).attributes())
                .isSameAs(ConnectionAttributes.NONE);
    }

    @Test
    void boundParametersBecomeLiterals() {
        PreparedText text = new PreparedText("select '?' from t where a = ? and b = ? and c = ?");
        byte[] payload = HexFormat.of()
                .parseHex("17" + "01000000" + "00" + "01000000" + "04" + "01" + "0800" + "fd00" + "0600"
                        + "0500000000000000" + "0469742773");
        assertThat(BoundParameters.substitute(text, payload))
                .isEqualTo("select '?' from t where a = 5 and b = 'it''s' and c = NULL");
        byte[] again =
                HexFormat.of().parseHex("17" + "01000000" + "00" + "01000000" + "06" + "00" + "0600000000000000");
        assertThat(BoundParameters.substitute(text, again))
                .isEqualTo("select '?' from t where a = 6 and b = NULL and c = NULL");
    }
}
