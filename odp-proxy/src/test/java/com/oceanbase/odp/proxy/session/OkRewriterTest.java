package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.packet.SessionChanges.Variable;
import com.oceanbase.odp.proxy.frontend.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of a server's OK a client gets, by what it asked for. */
class OkRewriterTest {
    private static final int HEADER = 4;
    private static final SessionChanges CHANGES = new SessionChanges(
            List.of(new Variable("time_zone", "+03:00"), new Variable("ob_query_timeout", "7")),
            List.of(new Variable("user_variable", "1")),
            "db2",
            false,
            List.of());

    private static @Nullable OkPacket rewritten(long capabilities, String info, SessionChanges changes) {
        int status = ServerStatus.AUTOCOMMIT | (changes.isEmpty() ? 0 : ServerStatus.SESSION_STATE_CHANGED);
        OkPacket ok = new OkPacket(0, 1, 2, status, 0, info.getBytes(StandardCharsets.US_ASCII), changes);
        ByteBuf payload = Unpooled.buffer();
        ok.encode(payload, Capabilities.PROTOCOL_41 | Capabilities.SESSION_TRACK);
        EmbeddedChannel channel = new EmbeddedChannel();
        ClientConnection client = new ClientConnection(channel);
        client.capabilities(Capabilities.PROTOCOL_41 | capabilities);
        ByteBuf packet = new OkRewriter().forClient(client, 1, payload);
        channel.close();
        if (packet == null) {
            return null;
        }
        packet.skipBytes(HEADER);
        OkPacket decoded = OkPacket.decode(packet, Capabilities.PROTOCOL_41 | capabilities);
        packet.release();
        return decoded;
    }

    @Test
    void aClientThatTracksItsSessionSeesWhatMysqlTells() {
        OkPacket ok = rewritten(Capabilities.SESSION_TRACK, "", CHANGES);
        assertThat(ok).isNotNull();
        assertThat(ok.changes().schema()).isEqualTo("db2");
        assertThat(ok.changes().systemVariables()).containsExactly(new Variable("time_zone", "+03:00"));
        assertThat(ok.changes().userVariables()).isEmpty();
        assertThat(ok.status()).isEqualTo(ServerStatus.AUTOCOMMIT | ServerStatus.SESSION_STATE_CHANGED);
    }

    @Test
    void otherClientsSeeNoChanges() {
        OkPacket ok = rewritten(0, "", CHANGES);
        assertThat(ok).isNotNull();
        assertThat(ok.status()).isEqualTo(ServerStatus.AUTOCOMMIT);
        assertThat(ok.lastInsertId()).isEqualTo(2);
    }

    @Test
    void theBlankThatServersPutBeforeTextsForProxiesIsTakenAway() {
        OkPacket ok = rewritten(Capabilities.SESSION_TRACK, " Records: 2", SessionChanges.NONE);
        assertThat(ok).isNotNull();
        assertThat(ok.info()).asString(StandardCharsets.US_ASCII).isEqualTo("Records: 2");
        assertThat(rewritten(Capabilities.SESSION_TRACK, "Records: 2", SessionChanges.NONE))
                .isNull();
    }
}
