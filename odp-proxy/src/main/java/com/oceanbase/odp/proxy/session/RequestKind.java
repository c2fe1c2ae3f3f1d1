package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.PreparedStatement;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.sql.StatementSummary;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What is special about one request on its way to a server and back: where it is bound to, what the server must have
 * prepared first, how its bytes look there, and what its success changes. This class is the ordinary case; subclasses
 * differ where a command does.
 */
class RequestKind {
    private final CommandCode code;
    private final @Nullable StatementSummary summary;

    RequestKind(CommandCode code, @Nullable StatementSummary summary) {
        this.code = code;
        this.summary = summary;
    }

    final CommandCode code() {
        return code;
    }

    /** What is known of the statement's text, null for commands without. */
    final @Nullable StatementSummary summary() {
        return summary;
    }

    /** What the router is to know of the statement; null for a command without one. */
    @Nullable
    RoutedStatement routed(ClientSession session, ClientRequest request) {
        return summary == null ? null : RoutedStatement.of(summary);
    }

    /** Why the request must go to {@link #boundLink}, null when the router chooses. */
    @Nullable
    PinReason boundBy(ClientSession session) {
        return null;
    }

    /** The link that {@link #boundBy} means; null when it is gone. */
    @Nullable
    ServerLink boundLink(ClientSession session) {
        return null;
    }

    /** The link that {@link #boundBy} means is gone, and the request with it. */
    void onBoundLinkGone() {}

    /** Whether the session's state must be on the server first. */
    boolean needsSync() {
        return true;
    }

    /** Whether the session counts as having moved to the server that executed this. */
    boolean movesSession() {
        return true;
    }

    /** Whether executing it twice, or in vain, changes nothing. */
    boolean isRepeatable() {
        return summary != null && summary.isReadOnly();
    }

    /** A statement that the server must have prepared, null for none. */
    @Nullable
    PreparedStatement statement() {
        return null;
    }

    /** A text statement that the server must have prepared, null for none. */
    @Nullable
    TextStatement textStatement() {
        return null;
    }

    /** The bytes for this server; owned by the caller. */
    ByteBuf encode(ClientRequest request, ServerLink link) {
        return request.bytes().retainedDuplicate();
    }

    /** A server prepared the statement: takes its id and puts the client's in place. */
    void onPrepareOk(ClientSession session, ServerLink link, ByteBuf payload) {
        throw new IllegalStateException("answer to a prepare for " + code);
    }

    /** A cursor was opened. */
    void onCursorOpened(ServerLink link) {}

    /** The response came to its end without an ERR. */
    void onSuccess(ClientSession session, ServerLink link) {}

    /** A command that has no answer was lost on its way: whoever needs its effect must learn it. */
    void onUnanswered() {}

    /** The server answered with this error; {@link #onFailure} follows unless another server is tried. */
    void onError(ErrPacket error) {}

    /** The response was an ERR, or ended in one. */
    void onFailure(ClientSession session, ServerLink link) {}

    /** The response came to its end, with or without an ERR. */
    void onEnd(ClientSession session, ServerLink link) {}
}
