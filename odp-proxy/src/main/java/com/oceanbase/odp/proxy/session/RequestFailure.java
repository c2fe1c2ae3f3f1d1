package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.common.error.MalformedPacketException;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.routing.trace.HandleResponse.State;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the request in flight when its server is gone, is silent or cannot have all of it: it is tried again
 * elsewhere where nothing forbids that, else it ends in an error, alone or with its session. Event loop confined.
 */
final class RequestFailure {
    private final ClientSession session;
    private final RequestFlow flow;
    private final ResponseRelay relay;
    private final RequestStream stream;

    RequestFailure(ClientSession session, RequestFlow flow, ResponseRelay relay, RequestStream stream) {
        this.session = session;
        this.flow = flow;
        this.relay = relay;
        this.stream = stream;
    }

    /** The link in use is gone. */
    void onLinkLost(ServerLink lost, @Nullable Throwable cause) {
        ErrPacket error = BreakOff.serverGone(lost.address(), cause, isResponseStarted());
        session.diagnosis().linkLost(state(cause));
        boolean unanswered = flow.kind().isRepeatable() && !relay.isStarted() && !flow.isResponseDone();
        boolean harmless = flow.isRefused() || unanswered;
        if (!flow.isSessionBound() && (!flow.isSent() || (harmless && flow.isComplete()))) {
            flow.withdraw();
            flow.onServerFailed(lost.address(), error);
        } else if (isRollbackOfLostTransaction()) {
            confirmRollback();
        } else {
            // The client may have its whole answer already.
            boolean answered = flow.isResponseDone()
                    || (relay.isStarted() && lost.scanner().tracker().lacksOnlyTrailingOk());
            giveUp(error, answered);
        }
    }

    private static State state(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> State.CONNECTION_CLOSED;
            case MalformedPacketException _ -> State.ANALYZE_ERROR;
            default -> State.CONNECTION_ERROR;
        };
    }

    /** The request is bound to a link that was lost before, with what of the session was there. */
    void onSessionLost(PinReason reason, String trouble) {
        if (isRollbackOfLostTransaction()) {
            confirmRollback();
        } else {
            session.breakOff(BreakOff.stateLost(reason, trouble));
        }
    }

    private void confirmRollback() {
        session.transaction().serverLost();
        session.client().sendOk(session.framer().answerSequence(), AnswerStatus.ofOk(session));
        flow.abandon();
    }

    /** The server rolls back whatever its client leaves behind: ROLLBACK is done, whether it arrived or not. */
    private boolean isRollbackOfLostTransaction() {
        StatementSummary summary = flow.kind().summary();
        return summary != null
                && summary.kind() == StatementKind.ROLLBACK
                && CommandDispatcher.isPlainEnd(summary)
                && session.pinFor(null) == PinReason.TRANSACTION
                && session.transaction().pin(session.state()) == null
                && !isResponseStarted()
                && !flow.isResponseDone();
    }

    /** The server was silent for too long: its link is useless, and whether it executed the request is unknown. */
    void onServerTimeout(ServerLink silent) {
        ErrPacket error = BreakOff.serverTimeout(silent.address());
        session.diagnosis().linkLost(State.INACTIVE_TIMEOUT);
        session.context().health().reportConnectFailure(silent.address());
        if (!flow.isSessionBound()) {
            session.dropLink(silent);
            if (!flow.isSent()) {
                flow.withdraw();
                flow.onServerFailed(silent.address(), error);
                return;
            }
        }
        giveUp(error, flow.isResponseDone());
    }

    /** The server has part of a request that it would refuse: it never gets the rest, so it executes nothing. */
    void onOversized(ServerLink target) {
        session.dropLink(target);
        if (!flow.isSessionBound()) {
            flow.withdraw();
        }
        giveUp(ErrPacket.of(ErrorCode.NET_PACKET_TOO_LARGE), flow.isResponseDone());
    }

    /** The link in use is gone, and it may have had the request. */
    private void giveUp(ErrPacket error, boolean answered) {
        boolean bound = flow.isSessionBound() || session.transaction().isInTransaction();
        if (answered && flow.kind().code().expectsResponse()) {
            session.log().requestFailed(flow.kind(), error);
            if (bound) {
                session.lose(session.pinFor(null));
            }
            flow.abandon();
        } else if (bound) {
            session.breakOff(BreakOff.withError(error));
        } else {
            fail(error);
        }
    }

    /**
     * Ends the request with an error, wherever its response is, and the session goes on; unless the client is in the
     * middle of a packet, where it could not read an error.
     */
    void fail(ErrPacket error) {
        RequestKind kind = flow.kind();
        int sequence = errorSequence();
        if (!kind.code().expectsResponse()) {
            kind.onUnanswered();
        } else if (stream.isOpen() && (flow.isFileWanted() || !isResponseStarted())) {
            // Its number follows that of the client's last packet.
            session.intake().answerBehindStream(error);
        } else if (sequence >= 0) {
            session.client().sendError(sequence, error);
        } else {
            session.breakOff(BreakOff.silently(error));
            return;
        }
        session.log().requestFailed(kind, error);
        flow.abandon();
    }

    private boolean isResponseStarted() {
        return flow.isSent() && relay.isStarted();
    }

    /** Sequence number of an error packet that ends this request, or -1 when the client could not read one. */
    int errorSequence() {
        if (!flow.kind().code().expectsResponse()) {
            return -1;
        }
        ServerLink current = flow.link();
        if (current == null || !isResponseStarted() || flow.isFileWanted()) {
            return session.framer().answerSequence();
        }
        return relay.errorSequence(current.scanner());
    }
}
