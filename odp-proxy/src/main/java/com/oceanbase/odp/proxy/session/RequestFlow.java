package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request of a client on its straight line: choose a server, take or open a link to it, bring the link into step,
 * send the request, relay the response. One instance a session, reused for each request; event loop confined.
 *
 * <pre>
 *   start ─► route ─► acquire ─► synchronise ─► send ─► relay ─► finish
 *              ▲         │            │           │        │
 *              └─────────┴── retry ◄──┴───────────┘        └─► break off
 * </pre>
 *
 * A request is tried again only when it cannot have been executed, or when executing it changes nothing, and only while
 * nothing of a response has gone to the client.
 */
final class RequestFlow implements ResponseRelay.Listener, LinkFinder.Listener {
    private final ClientSession session;
    private final ResponseRelay relay;
    private final LinkSynchronizer synchronizer;
    private final LinkFinder finder;
    private final RequestStream stream;

    private @Nullable ClientRequest request;
    private RequestKind kind = RequestKinds.NONE;
    private @Nullable ServerLink link;
    private @Nullable PinReason pin;
    private @Nullable ErrPacket refusal;
    private int generation;
    private boolean sent;
    private boolean responseDone;
    private boolean touched;

    RequestFlow(ClientSession session) {
        this.session = session;
        this.relay = new ResponseRelay(session.client(), this);
        this.synchronizer = new LinkSynchronizer(session, this::onSynchronised);
        this.finder = new LinkFinder(session, this);
        this.stream = new RequestStream(session);
    }

    /** Whether a request is on its way. */
    boolean isActive() {
        return request != null;
    }

    /** The link that the request in flight uses, null when there is none yet. */
    @Nullable ServerLink link() {
        return link;
    }

    /** Changes with every attempt at every request. */
    int generation() {
        return generation;
    }

    RequestKind kind() {
        return kind;
    }

    /** Whether something moved since the last call: for the inactivity timer. */
    boolean takeTouched() {
        boolean moved = touched;
        touched = false;
        return moved;
    }

    /** Whether a server is to answer: the request, or what is replayed ahead of it. */
    boolean isWaitingForServer() {
        return request != null && link != null && !responseDone;
    }

    void start(ClientRequest newRequest, RequestKind newKind) {
        request = newRequest;
        kind = newKind;
        stream.begin(newRequest);
        finder.begin();
        next();
    }

    private ClientRequest request() {
        ClientRequest current = request;
        if (current == null) {
            throw new IllegalStateException("no request in flight");
        }
        return current;
    }

    /** Whether losing the link in use means losing part of the session. */
    private boolean isSessionBound() {
        return pin != null && pin.holdsSession();
    }

    private ServerLink activeLink() {
        ServerLink current = link;
        if (current == null) {
            throw new IllegalStateException("no link in use");
        }
        return current;
    }

    // --- route

    private void next() {
        generation++;
        link = null;
        sent = false;
        responseDone = false;
        refusal = null;
        touched = true;
        synchronizer.forget();
        pin = kind.boundBy(session);
        ServerLink bound = pin == null ? null : kind.boundLink(session);
        if (pin == null) {
            pin = session.pinFor(kind.summary());
            bound = pin == null ? null : session.links().current();
        }
        if (bound != null && bound.isOpen()) {
            onLink(bound);
        } else if (pin != null && pin.holdsSession()) {
            session.breakOff(BreakOff.stateLost(pin, "its connection is gone"));
        } else if (pin == PinReason.CURSOR || pin == PinReason.LONG_DATA) {
            kind.onBoundLinkGone();
            fail(BreakOff.stateLost(pin, "its connection is gone").error());
        } else {
            finder.find(kind);
        }
    }

    @Override
    public void onServerFailed(ServerAddress failedServer, ErrPacket error) {
        if (finder.exclude(failedServer, error)) {
            next();
        } else {
            fail(error);
        }
    }

    @Override
    public void onNoServer(ErrPacket error) {
        fail(error);
    }

    // --- synchronise and send

    @Override
    public void onLink(ServerLink chosen) {
        link = chosen;
        if (!kind.needsSync()) {
            send();
            return;
        }
        switch (synchronizer.begin(chosen, kind)) {
            case IN_STEP -> send();
            case BEYOND_REPAIR -> {
                session.dropLink(chosen);
                finder.connect(chosen.address());
            }
            case REPLAYING -> {
                if (kind.isRepeatable() && synchronizer.mayPipeline()) {
                    send();
                } else {
                    chosen.flush();
                }
            }
        }
    }

    private void onSynchronised() {
        LinkSynchronizer.Failure failure = synchronizer.failure();
        if (sent) {
            if (failure != null) {
                relay.discard();
            }
        } else if (failure != null) {
            onReplayFailed(failure);
        } else {
            send();
        }
    }

    private void onReplayFailed(LinkSynchronizer.Failure failure) {
        ServerLink failed = activeLink();
        session.log().replayFailed(failed, failure);
        switch (failure.kind()) {
            case BEGIN, TEXT_PREPARE, PREPARE -> {
                if (RetryRules.isElsewhere(failure.error().errno()) && mayRepeatElsewhere()) {
                    repeatElsewhere(failed, failure.error());
                } else {
                    fail(failure.error());
                }
            }
            case DATABASE -> {
                if (failure.error().errno() == ErrorCode.UNKNOWN_DATABASE.errno()) {
                    // Somebody dropped it. A session of MySQL is left without current database then.
                    session.databaseGone(failed);
                    withdraw();
                    next();
                } else {
                    replaceLink(failed, failure.error());
                }
            }
            case PREPARE_DATABASE -> {
                session.dropLink(failed);
                fail(failure.error());
            }
            case OPTION, VARIABLES, CLEANUP -> replaceLink(failed, failure.error());
        }
    }

    private void replaceLink(ServerLink failed, ErrPacket error) {
        session.dropLink(failed);
        if (isSessionBound()) {
            session.breakOff(BreakOff.withError(error));
        } else {
            withdraw();
            onServerFailed(failed.address(), error);
        }
    }

    /** The link that nothing bound the session to is not used any more: a BEGIN sent ahead on it waits again. */
    private void withdraw() {
        session.transaction().serverLost();
        synchronizer.holdBeginAgain();
    }

    /** The server refused without executing anything: another one may take the request. */
    private void repeatElsewhere(ServerLink refused, ErrPacket error) {
        if (synchronizer.sentBegin()) {
            session.dropLink(refused);
            withdraw();
        }
        onServerFailed(refused.address(), error);
    }

    private void send() {
        ServerLink target = activeLink();
        ClientRequest current = request();
        sent = true;
        touched = true;
        relay.begin(session.isPassThrough());
        session.statistics().count(SessionStatistics.Counter.SERVER_REQUESTS);
        ByteBuf bytes = kind.encode(current, target);
        if (kind.code().expectsResponse()) {
            target.send(kind.code(), bytes, relay);
        } else {
            target.sendBytes(bytes);
            responseDone = true;
        }
        target.flush();
        if (current.isComplete()) {
            finishIfDone();
        } else {
            pumpStream();
            session.intake().throttleClient();
        }
    }

    /** Passes on what the client streams: the rest of a large request, or a file. */
    void pumpStream() {
        if (!sent && !responseDone) {
            // No server has the beginning yet: the rest waits.
            return;
        }
        touched = true;
        ServerLink target = link;
        if (target == null || (responseDone && kind.code().expectsResponse())) {
            stream.discard();
        } else if (!stream.forward(target)) {
            refuseOversized(target);
            return;
        }
        if (!stream.isOpen()) {
            finishIfDone();
        }
    }

    /** Whether more of what the client streams can be dealt with now. */
    boolean takesStream() {
        return responseDone || (sent && link != null && link.isWritable());
    }

    /** The server has part of a request that it would refuse: it never gets the rest, so it executes nothing. */
    private void refuseOversized(ServerLink target) {
        boolean bound = isSessionBound();
        ErrorCode code = ErrorCode.NET_PACKET_TOO_LARGE;
        ErrPacket error = new ErrPacket(code.errno(), code.sqlState(), code.format());
        session.dropLink(target);
        if (bound) {
            session.breakOff(BreakOff.withError(error));
        } else {
            session.transaction().serverLost();
            fail(error);
        }
    }

    /** The client answers an auth switch of the server. */
    void forwardAuthAnswer(ClientRequest answer) {
        ServerLink target = activeLink();
        target.sendBytes(answer.bytes().retainedDuplicate());
        answer.release();
        target.scanner().tracker().authAnswerSent();
        target.flush();
    }

    /** Whether the next packet of the client is not a command but an answer to the server's auth switch. */
    boolean awaitsAuthAnswer() {
        return link != null && sent && link.scanner().tracker().awaitsAuthAnswer();
    }

    // --- relay

    @Override
    public boolean onError(ErrPacket error, boolean first) {
        ServerLink current = activeLink();
        session.context().health().reportServerError(current.address(), error.errno());
        if (first && RetryRules.isElsewhere(error.errno()) && mayRepeatElsewhere()) {
            refusal = error;
            return false;
        }
        return true;
    }

    /** The server refused the request without executing it: another may take it, if nothing binds it to this one. */
    private boolean mayRepeatElsewhere() {
        return pin == null && request().isComplete() && finder.mayTryAnother();
    }

    @Override
    public void onSessionChanges(SessionChanges changes) {
        session.learn(activeLink(), changes, kind);
    }

    @Override
    public void onPrepareOk(ByteBuf payload) {
        kind.onPrepareOk(session, activeLink(), payload);
    }

    @Override
    public void onCursorOpened() {
        kind.onCursorOpened(activeLink());
    }

    @Override
    public void onFileWanted() {
        session.framer().expectFileContent();
    }

    @Override
    public void onResponseComplete(int status) {
        session.transaction().responseEnded(status);
        responseDone = true;
        LinkSynchronizer.Failure failure = synchronizer.failure();
        ErrPacket refused = refusal;
        if (failure != null) {
            sent = false;
            onReplayFailed(failure);
        } else if (refused != null) {
            repeatElsewhere(activeLink(), refused);
        } else {
            finishIfDone();
        }
    }

    /** Something arrived. */
    void touch() {
        touched = true;
    }

    private void finishIfDone() {
        if (responseDone && isActive() && !stream.isOpen()) {
            ServerLink used = link;
            if (used == null) {
                // It was answered by the proxy; the client has now sent the rest of it.
                done();
                return;
            }
            RequestKind finished = kind;
            boolean success = !relay.isFailed();
            if (finished.movesSession()) {
                session.links().current(used);
            }
            if (success) {
                finished.onSuccess(session, used);
            } else {
                finished.onFailure(session, used);
            }
            finished.onEnd(session, used);
            session.statistics()
                    .countAnswered(success, session.transaction().isOpenForClient());
            done();
        }
    }

    private void done() {
        ClientRequest finished = request();
        request = null;
        kind = RequestKinds.NONE;
        link = null;
        finished.release();
        session.requestDone();
    }

    // --- when it cannot go on

    /** The link in use is gone. */
    void onLinkLost(ServerLink lost, @Nullable Throwable cause) {
        ErrPacket error = BreakOff.serverGone(lost.address(), cause, relay.isStarted() && sent);
        boolean bound = isSessionBound();
        boolean untouched = !sent || (kind.isRepeatable() && !relay.isStarted() && !responseDone);
        if (!bound && untouched && request().isComplete()) {
            withdraw();
            onServerFailed(lost.address(), error);
            return;
        }
        if (bound || session.transaction().isInTransaction()) {
            session.breakOff(BreakOff.withError(error));
        } else {
            fail(error);
        }
    }

    /** The server was silent for too long: its link is useless, and whether it executed the request is unknown. */
    void onServerTimeout() {
        ServerLink silent = activeLink();
        ErrPacket error = BreakOff.serverTimeout(silent.address());
        session.context().health().reportConnectFailure(silent.address());
        if (isSessionBound() || session.transaction().isInTransaction()) {
            session.breakOff(BreakOff.withError(error));
            return;
        }
        session.dropLink(silent);
        if (!sent && request().isComplete()) {
            withdraw();
            onServerFailed(silent.address(), error);
            return;
        }
        session.transaction().serverLost();
        fail(error);
    }

    /**
     * Ends the request with an error, wherever its response is, and the session goes on; unless the client is in the
     * middle of a packet, where it could not read an error.
     */
    private void fail(ErrPacket error) {
        int sequence = errorSequence();
        if (sequence >= 0) {
            session.log().requestFailed(kind, error);
            session.client().sendError(sequence, error);
            abandon();
        } else if (kind.code().expectsResponse()) {
            session.breakOff(BreakOff.silently(error));
        } else {
            session.log().requestFailed(kind, error);
            abandon();
        }
    }

    /** The client has its answer, or needs none; what it still streams is thrown away. */
    private void abandon() {
        link = null;
        sent = false;
        generation++;
        responseDone = true;
        finder.cancel();
        stream.discard();
        if (isActive() && !stream.isOpen()) {
            done();
        }
    }

    /** Sequence number of an error packet that ends this request, or -1 when the client could not read one. */
    int errorSequence() {
        if (!kind.code().expectsResponse()) {
            return -1;
        }
        ServerLink current = link;
        return sent && current != null && relay.isStarted()
                ? relay.errorSequence(current.scanner())
                : (request().sequence() + 1) & 0xFF;
    }

    /** The session ends: nothing goes on. */
    void cancel() {
        ClientRequest current = request;
        if (current != null) {
            request = null;
            generation++;
            finder.cancel();
            current.release();
        }
    }
}
