package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OkPatchTest {

    private static final long CAPABILITIES = Capabilities.PROTOCOL_41 | Capabilities.SESSION_TRACK;
    private static final HexFormat HEX = HexFormat.of();

    private static OkPacket decode(byte[] payload) {
        return OkPacket.decode(Unpooled.wrappedBuffer(payload), CAPABILITIES);
    }

    @Test
    void missIsAddedToAPlainOk() {
        byte[] payload = HEX.parseHex("0001002200000000");
        OkPacket ok = decode(OkPatch.patch(payload, (_, value) -> value, "ob_proxy_partition_hit", "OFF"));
        assertThat(ok.affectedRows()).isEqualTo(1);
        assertThat(ok.status()).isEqualTo(0x4022);
        assertThat(ok.changes().systemVariables()).containsExactly(new Variable("ob_proxy_partition_hit", "OFF"));
    }

    @Test
    void oneEntryStaysOneEntryAndTheOthersStay() {
        SessionChanges changes = new SessionChanges(
                List.of(new Variable("autocommit", "ON"), new Variable("sql_mode", "")),
                List.of(new Variable("@a", "'1'")),
                "db",
                true,
                List.of());
        ByteBuf out = Unpooled.buffer();
        OkPacket.of(0, 0, 0x0002, 0).withChanges(changes).encode(out, CAPABILITIES);
        byte[] payload = new byte[out.readableBytes()];
        out.readBytes(payload);
        byte[] patched = OkPatch.patch(
                payload, (name, value) -> name.equals("autocommit") ? "1" : value, "ob_proxy_partition_hit", "0");
        SessionChanges read = decode(patched).changes();
        assertThat(read.systemVariables())
                .containsExactly(
                        new Variable("ob_proxy_partition_hit", "0"),
                        new Variable("autocommit", "1"),
                        new Variable("sql_mode", ""));
        assertThat(read.userVariables()).containsExactly(new Variable("@a", "'1'"));
        assertThat(read.schema()).isEqualTo("db");
        assertThat(read.stateChanged()).isTrue();
    }

    @Test
    void nothingToDoIsTheSameObject() {
        byte[] payload = HEX.parseHex("0000000200000000");
        assertThat(OkPatch.patch(payload, (_, value) -> value, null, "")).isSameAs(payload);
    }
}
