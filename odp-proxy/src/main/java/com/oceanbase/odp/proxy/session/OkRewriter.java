package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.protocol.packet.OkPacket;
import com.oceanbase.odp.protocol.packet.ServerStatus;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.protocol.wire.Wire;
import com.oceanbase.odp.proxy.frontend.ClientConnection;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the OK packet of a server, which always tracks the session for the proxy, into what the client agreed to: no
 * session state at all, or the changes that MySQL reports by default (current database and
 * {@code session_track_system_variables}).
 */
final class OkRewriter {
    /** Default of MySQL's session_track_system_variables. */
    private static final Set<String> TRACKED = Set.of(
            "time_zone", "autocommit", "character_set_client", "character_set_results", "character_set_connection");

    private static final byte[] NO_INFO = new byte[0];

    /** The session changes in an OK packet's payload; {@link SessionChanges#NONE} itself when there are none. */
    SessionChanges changes(ByteBuf payload) {
        ByteBuf block = OkPacket.sessionStateBlock(payload);
        return block == null ? SessionChanges.NONE : SessionChanges.decode(block);
    }

    /** The packet, framed, as this client gets it; null when it may stay as it is. */
    @Nullable
    ByteBuf forClient(ClientConnection client, int sequence, ByteBuf payload) {
        boolean tracks = client.has(Capabilities.SESSION_TRACK);
        int infoStart = infoStart(payload);
        int end = payload.writerIndex();
        boolean hasState = (payload.getUnsignedShortLE(infoStart - 4) & ServerStatus.SESSION_STATE_CHANGED) != 0;
        boolean padded = end - infoStart > 1 && payload.getByte(infoStart + 1) == ' ';
        if (infoStart == end || (tracks && !hasState && !padded)) {
            return null;
        }
        OkPacket ok = OkPacket.decode(payload.duplicate(), Capabilities.PROTOCOL_41 | Capabilities.SESSION_TRACK);
        SessionChanges visible = tracks ? visible(ok.changes()) : SessionChanges.NONE;
        int status = visible == SessionChanges.NONE ? ok.status() & ~ServerStatus.SESSION_STATE_CHANGED : ok.status();
        byte[] info = tracks ? withoutBlank(ok.info()) : ok.info();
        OkPacket rewritten =
                new OkPacket(ok.header(), ok.affectedRows(), ok.lastInsertId(), status, ok.warnings(), info, visible);
        return MysqlFrame.encode(
                client.channel().alloc(), sequence, out -> rewritten.encode(out, client.capabilities()));
    }

    /** The OK that ends rows for a client with DEPRECATE_EOF, made of the server's EOF. */
    ByteBuf eofAsOk(ClientConnection client, int sequence, ByteBuf eof) {
        int warnings = eof.getUnsignedShortLE(eof.readerIndex() + 1);
        int status = eof.getUnsignedShortLE(eof.readerIndex() + 3);
        OkPacket ok = new OkPacket(0xFE, 0, 0, status, warnings, NO_INFO, SessionChanges.NONE);
        return MysqlFrame.encode(client.channel().alloc(), sequence, out -> ok.encode(out, client.capabilities()));
    }

    /**
     * OBServers put a blank before a text for a proxy, and for a client without session tracking: to such a client the text goes
     * without its length, and drivers that expect one read the blank as it. A client with session tracking gets no blank.
     */
    private static byte[] withoutBlank(byte[] text) {
        return text.length > 0 && text[0] == ' ' ? Arrays.copyOfRange(text, 1, text.length) : text;
    }

    private static int infoStart(ByteBuf payload) {
        int start = payload.readerIndex();
        payload.skipBytes(1);
        Wire.readLenencInt(payload);
        Wire.readLenencInt(payload);
        int infoStart = payload.readerIndex() + 4;
        payload.readerIndex(start);
        return infoStart;
    }

    private static SessionChanges visible(SessionChanges changes) {
        List<SessionChanges.Variable> variables = changes.systemVariables().stream()
                .filter(variable -> TRACKED.contains(variable.name()))
                .toList();
        if (variables.isEmpty() && changes.schema() == null) {
            return SessionChanges.NONE;
        }
        return new SessionChanges(variables, List.of(), changes.schema(), false, List.of());
    }
}
