package com.oceanbase.odp.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.response.ResponseScanner;
import com.oceanbase.odp.protocol.response.ServerDialect;
import com.oceanbase.odp.proxy.frontend.ClientConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseRelayTest {
    private static final byte[] OK = {0, 1, 0, 2, 0, 0, 0};
    private static final byte[] OK_MORE = {0, 1, 0, 0x0A, 0, 0, 0};
    private static final byte[] STOPPING = {(byte) 0xFF, 0x42, 0x1F, '#', 'H', 'Y', '0', '0', '0', 'x'};

    private final List<Boolean> errorsThatWereFirst = new ArrayList<>();

    /** Sends every error elsewhere that may go there. */
    private final class Impatient implements ResponseRelay.Listener {
        @Override
        public boolean onError(ErrPacket error, boolean first) {
            errorsThatWereFirst.add(first);
            return !first;
        }

        @Override
        public void onSessionChanges(SessionChanges changes) {}

        @Override
        public void onPrepareOk(ByteBuf payload) {}

        @Override
        public void onCursorOpened() {}

        @Override
        public void onFileWanted() {}

        @Override
        public void onResponseComplete(int status) {}
    }

    private int bytesForTheClient(byte[]... packets) {
        EmbeddedChannel channel = new EmbeddedChannel();
        ResponseRelay relay = new ResponseRelay(new ClientConnection(channel), new Impatient());
        ResponseScanner scanner = new ResponseScanner(channel.alloc(), ServerDialect.OCEANBASE, 1 << 16);
        relay.begin(false);
        scanner.expect(CommandCode.COM_QUERY, relay);
        ByteBuf together = Unpooled.buffer();
        int sequence = 1;
        for (byte[] packet : packets) {
            together.writeMediumLE(packet.length).writeByte(sequence++).writeBytes(packet);
        }
        scanner.scan(together);
        channel.flush();
        int bytes = 0;
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            bytes += out.readableBytes();
            out.release();
        }
        return bytes;
    }

    @Test
    void aRefusalOfTheWholeRequestMayGoElsewhere() {
        assertThat(bytesForTheClient(STOPPING, OK)).isZero();
        assertThat(errorsThatWereFirst).containsExactly(true);
    }

    /** Both packets come in one buffer, so nothing has gone to the client yet when the error is seen. */
    @Test
    void aRefusalOfASecondStatementStaysBecauseTheFirstWasExecuted() {
        assertThat(bytesForTheClient(OK_MORE, STOPPING, OK)).isEqualTo(4 + OK_MORE.length + 4 + STOPPING.length);
        assertThat(errorsThatWereFirst).containsExactly(false);
    }
}
