package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.SessionChanges;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.topology.ServerAddress;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
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
    private final ReplayRecovery recovery;
    private final RequestFailure failure;
    private final Rerouting rerouting;
    private final Repetition repetition;

    private @Nullable ClientRequest request;
    private RequestKind kind = RequestKinds.NONE;
    private @Nullable ServerLink link;
    private @Nullable PinReason pin;
    private @Nullable ErrPacket refusal;
    private int generation;
    private boolean sessionBound;
    private boolean sent;
    private boolean fileWanted;
    private boolean responseDone;
    private boolean touched;

    RequestFlow(ClientSession session) {
        this.session = session;
        this.relay = new ResponseRelay(session.client(), this);
        this.synchronizer = new LinkSynchronizer(session, this::onSynchronised);
        this.finder = new LinkFinder(session, this);
        this.stream = new RequestStream(session);
        this.recovery = new ReplayRecovery(session, this);
        this.failure = new RequestFailure(session, this, relay, stream);
        this.rerouting = new Rerouting(session);
        this.repetition = new Repetition(session, this, finder, rerouting, synchronizer);
    }

    /** Whether a request is on its way. */
    boolean isActive() {
        return request != null;
    }

    /** The link that the request in flight uses, null when there is none yet. */
    @Nullable
    ServerLink link() {
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

    /** Whether it is for the server, not for a client that still sends, to make the next move. */
    boolean isServersTurn() {
        ServerLink current = link;
        if (request == null || current == null) {
            return false;
        }
        return stream.isOpen() ? !sent || !current.isWritable() : !responseDone;
    }

    /** What becomes of the request in flight when it cannot go on. */
    RequestFailure failure() {
        return failure;
    }

    /** Where the request goes when its server refused it. */
    Repetition repetition() {
        return repetition;
    }

    /** Whether the request, or its beginning, has gone to the server. */
    boolean isSent() {
        return sent;
    }

    /** Whether all of the request is in memory, so that it can be sent again. */
    boolean isComplete() {
        return request().isComplete();
    }

    /** Whether the server refused the request without executing it. */
    boolean isRefused() {
        return refusal != null;
    }

    /** Whether the server asked for a file of the client's. */
    boolean isFileWanted() {
        return fileWanted;
    }

    /** Whether the client has the whole answer. */
    boolean isResponseDone() {
        return responseDone;
    }

    /** Whether losing the link in use means losing part of the session. */
    boolean isSessionBound() {
        return sessionBound;
    }

    /** Ends a request for which no server has been found yet. Returns whether there was one. */
    boolean interrupt(ErrPacket error) {
        boolean searching = isActive() && link == null;
        if (searching) {
            fail(error);
        }
        return searching;
    }

    void start(ClientRequest newRequest, RequestKind newKind) {
        request = newRequest;
        kind = newKind;
        stream.begin(newRequest);
        finder.begin(newRequest, newKind);
        rerouting.begin();
        next();
    }

    private ClientRequest request() {
        return Objects.requireNonNull(request, "no request in flight");
    }

    private ServerLink activeLink() {
        return Objects.requireNonNull(link, "no link in use");
    }

    // --- route

    /** Begins an attempt at the request. */
    void next() {
        beginAttempt();
        RequestBinding binding = RequestBinding.of(kind, session);
        PinReason reason = binding.reason();
        ServerLink bound = binding.link();
        pin = reason;
        session.diagnosis().bound(binding);
        if (bound != null && isForbidden(bound)) {
            fail(ErrPacket.of(ErrorCode.TARGET_SERVER_NOT_ALLOWED));
        } else if (bound != null) {
            onLink(bound);
        } else if (reason != null && reason.holdsSession()) {
            failure.onSessionLost(reason, binding.trouble());
        } else if (reason == PinReason.CURSOR || reason == PinReason.LONG_DATA) {
            kind.onBoundLinkGone();
            fail(BreakOff.stateLost(reason, binding.trouble()).error());
        } else {
            finder.find(kind, request());
        }
    }

    /** A comment or the configuration names other servers than the one that the session is bound to. */
    private boolean isForbidden(ServerLink bound) {
        return !session.isPassThrough() && !session.context().router().allows(kind.summary(), bound.address());
    }

    void beginAttempt() {
        generation++;
        link = null;
        sessionBound = false;
        sent = false;
        fileWanted = false;
        responseDone = false;
        refusal = null;
        touched = true;
        synchronizer.forget();
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
        session.attempts().use(chosen.address());
        // Whatever the request itself is bound by: losing the link then means losing part of the session.
        sessionBound = chosen == session.links().current() && session.pinFor(null) != null;
        if (!kind.needsSync()) {
            send();
            return;
        }
        switch (synchronizer.begin(chosen, kind, finder.mustSayWeak(), finder.snapshotToTell())) {
            case IN_STEP -> send();
            case BEYOND_REPAIR -> replaceBeyondRepair(chosen);
            case REPLAYING -> {
                if (kind.isRepeatable() && request().isComplete() && synchronizer.mayPipeline()) {
                    send();
                } else {
                    chosen.flush();
                }
            }
        }
    }

    private void replaceBeyondRepair(ServerLink useless) {
        PinReason bound = session.pinFor(null);
        session.dropLink(useless);
        link = null;
        if (sessionBound && bound != null) {
            session.breakOff(BreakOff.stateLost(bound, "its current database cannot be given up"));
        } else {
            finder.connect(useless.address());
        }
    }

    private void onSynchronised() {
        LinkSynchronizer.Failure refusedReplay = synchronizer.failure();
        if (sent) {
            if (refusedReplay != null) {
                relay.discard();
            }
        } else if (refusedReplay != null) {
            recovery.recover(activeLink(), refusedReplay);
        } else {
            send();
        }
    }

    /** The link that nothing bound the session to is not used any more: a BEGIN sent ahead on it waits again. */
    void withdraw() {
        session.transaction().serverLost();
        synchronizer.holdBeginAgain();
    }

    /** No server is asked to read weakly any more. */
    void weakRefused() {
        synchronizer.weakRefused();
    }

    private void send() {
        ServerLink target = activeLink();
        ClientRequest current = request();
        sent = true;
        touched = true;
        relay.begin(session.isPassThrough());
        session.intake().throttleServer(target);
        session.statistics().count(SessionStatistics.Counter.SERVER_REQUESTS);
        if (target.speaksOb20()) {
            target.nextFlags(rerouting.requestFlags(target, finder.followed(), mayRepeatElsewhere()));
        }
        ByteBuf bytes = kind.encode(current, target);
        if (kind.code().expectsResponse()) {
            target.send(kind.code(), bytes, relay);
        } else {
            target.sendUnanswered(bytes);
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
        ServerLink target = activeLink();
        if (isAnsweredFile()) {
            stream.discard();
        } else if (!stream.forward(target)) {
            // A server that has answered early still has to be given the whole request, or its connection is useless.
            failure.onOversized(target);
            return;
        }
        if (!stream.isOpen()) {
            finishIfDone();
        }
    }

    /** The server does not want the rest of the file: it takes what comes now for commands. */
    private boolean isAnsweredFile() {
        return responseDone && fileWanted;
    }

    /** Whether more of what the client streams can be dealt with now. */
    boolean takesStream() {
        ServerLink target = link;
        return isAnsweredFile() || (sent && target != null && target.isWritable());
    }

    // --- relay

    @Override
    public boolean onError(ErrPacket error, boolean first) {
        kind.onError(error);
        finder.answered(kind, request(), activeLink().address(), error);
        if (first && mayRepeatElsewhere() && rerouting.sendsElsewhere(error.errno(), finder.followed())) {
            refusal = error;
            return false;
        }
        return true;
    }

    /** The server refused the request without executing it: another may take it, if nothing binds it to this one. */
    boolean mayRepeatElsewhere() {
        return pin == null && request().isComplete() && finder.mayTryAnother();
    }

    @Override
    public void onSessionChanges(SessionChanges changes) {
        if (refusal == null) {
            session.learner().learn(activeLink(), changes);
        } else {
            rerouting.learn(changes);
        }
    }

    /** A server told what the request changed, and whether it was not for it. */
    void learned(ServerLink from, boolean missed) {
        if (isActive()) {
            finder.learned(kind, request(), from, missed);
        }
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
        fileWanted = true;
        session.framer().expectFileContent();
        session.intake().throttleClient();
    }

    @Override
    public void onResponseComplete(int status) {
        if (kind.movesSession() || activeLink() == session.links().current()) {
            // A cursor or a statement on another server tells nothing of the session's transaction.
            session.transaction().responseEnded(status);
        }
        responseDone = true;
        LinkSynchronizer.Failure refusedReplay = synchronizer.failure();
        ErrPacket refused = refusal;
        if (refusedReplay != null) {
            sent = false;
            recovery.recover(activeLink(), refusedReplay);
        } else if (refused != null) {
            repetition.whereNamed(activeLink(), refused);
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
            ServerLink used = activeLink();
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
            DefinitionChanges.note(session, finished, success);
            session.attempts()
                    .answered(used.address(), success, session.transaction().isOpenForClient());
            session.statistics().countAnswered(success, session.transaction().isOpenForClient());
            done();
        }
    }

    private void done() {
        ClientRequest finished = request();
        session.diagnosis().end();
        request = null;
        kind = RequestKinds.NONE;
        link = null;
        finished.release();
        session.requestDone();
    }

    /** Ends the request with an error, wherever its response is. */
    void fail(ErrPacket error) {
        failure.fail(error);
    }

    /** The client has its answer, or needs none; what it still streams is thrown away as it comes. */
    void abandon() {
        generation++;
        finder.cancel();
        done();
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
