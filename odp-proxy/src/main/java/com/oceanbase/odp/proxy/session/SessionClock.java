package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import java.util.concurrent.TimeUnit;

/**
 * The inactivity timers of a session, checked about twice a second rather than set and cancelled with each request.
 * Rules and values: obproxy ob_mysql_sm.h; session variables are the client's own. Event loop confined.
 */
final class SessionClock {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long DEFAULT_WAIT_TIMEOUT_SECONDS = 28_800;
    private static final long DEFAULT_NET_TIMEOUT_SECONDS = 60;
    private static final long DEFAULT_QUERY_TIMEOUT_MICROS = 10_000_000;
    private static final long DEFAULT_TRANSACTION_TIMEOUT_MICROS = 100_000_000;

    private final ClientSession session;
    private int place = -1;
    /** No look at the timers is due at the next tick. */
    private boolean asleep;

    private boolean clientMoved = true;
    private boolean serverMoved;
    private long clientQuietSince;
    private long serverQuietSince;
    private long unwritableSince = NEVER;
    /** When the client was seen idle first, {@link #NEVER} when it is not idle; for other threads. */
    private volatile long idleSince = NEVER;

    SessionClock(ClientSession session) {
        this.session = session;
    }

    /** Where the session is among those of its loop, -1 when it is not. */
    int place() {
        return place;
    }

    void place(int newPlace) {
        place = newPlace;
    }

    /** The client sent something. */
    void clientActive() {
        clientMoved = true;
        wake();
    }

    private void wake() {
        if (asleep) {
            asleep = false;
            session.loop().timers().wake(place);
        }
    }

    /** The client has taken, or no longer takes, what is queued for it: either way it moves. */
    void clientWritabilityChanged() {
        unwritableSince = NEVER;
        wake();
    }

    /** A request was answered: the client is idle from now on. */
    void requestDone() {
        clientMoved = true;
        serverMoved = true;
        wake();
    }

    /** How long the client has been idle, -1 when it is not. Any thread. */
    long idleNanos(long now) {
        long since = idleSince;
        return since == NEVER ? -1 : Math.max(0, now - since);
    }

    /** Ends what has taken too long. Returns when to look again. */
    long check(long now) {
        if (clientMoved) {
            clientMoved = false;
            clientQuietSince = now;
        }
        boolean idle = session.isLoggedIn()
                && !session.isProxySys()
                && !session.intake().isBusy();
        long since = idle ? clientQuietSince : NEVER;
        if (idleSince != since) {
            idleSince = since;
        }
        RequestFlow flow = session.flow();
        if (flow.takeTouched() || serverMoved || !flow.isActive()) {
            serverMoved = false;
            serverQuietSince = now;
        }
        if (flow.isServersTurn() && session.client().isWritable()) {
            checkServer(now, flow);
        } else if (!flow.isActive() && elapsed(now, clientQuietSince, waitTimeout())) {
            session.expire("wait_timeout: the client was idle");
            return SessionTimers.NEVER;
        }
        checkWriting(now);
        if (session.intake().isReadingRequest() && elapsed(now, clientQuietSince, netTimeout("net_read_timeout"))) {
            session.expire("net_read_timeout: the client did not finish its request");
        }
        return next(idle && session.client().isWritable() && !session.intake().isReadingRequest());
    }

    /** A client that only has to be disconnected some day is not looked at before, unless it moves. */
    private long next(boolean waits) {
        asleep = waits;
        if (!waits) {
            return SessionTimers.NEXT_TICK;
        }
        long timeout = waitTimeout();
        return timeout == NEVER ? SessionTimers.NEVER : clientQuietSince + timeout;
    }

    private void checkServer(long now, RequestFlow flow) {
        ServerLink silent = flow.link();
        if (silent != null && elapsed(now, serverQuietSince, queryTimeout(flow.kind()))) {
            flow.failure().onServerTimeout(silent);
        }
    }

    private void checkWriting(long now) {
        if (session.client().isWritable()) {
            unwritableSince = NEVER;
        } else if (unwritableSince == NEVER) {
            unwritableSince = now;
        } else if (elapsed(now, unwritableSince, netTimeout("net_write_timeout"))) {
            session.expire("net_write_timeout: the client does not read its result");
        }
    }

    private static boolean elapsed(long now, long since, long timeoutNanos) {
        return timeoutNanos != NEVER && now - since > timeoutNanos;
    }

    private long waitTimeout() {
        return TimeUnit.SECONDS.toNanos(session.state().numericVariable("wait_timeout", DEFAULT_WAIT_TIMEOUT_SECONDS));
    }

    private long netTimeout(String variable) {
        return TimeUnit.SECONDS.toNanos(session.state().numericVariable(variable, DEFAULT_NET_TIMEOUT_SECONDS));
    }

    /** How long the server may be silent, nanoseconds. */
    private long queryTimeout(RequestKind kind) {
        if (kind.code() == CommandCode.COM_BINLOG_DUMP || kind.code() == CommandCode.COM_BINLOG_DUMP_GTID) {
            return NEVER;
        }
        StatementSummary summary = kind.summary();
        if (summary != null && summary.kind().isDdl()) {
            return NEVER;
        }
        if (summary != null
                && (summary.kind() == StatementKind.CALL || summary.kind() == StatementKind.ANONYMOUS_BLOCK)) {
            return session.transaction().isInTransaction()
                    ? TimeUnit.MICROSECONDS.toNanos(
                            session.state().numericVariable("ob_trx_timeout", DEFAULT_TRANSACTION_TIMEOUT_MICROS))
                    : NEVER;
        }
        long hinted = summary == null ? 0 : summary.queryTimeoutMicros();
        long micros =
                hinted > 0 ? hinted : session.state().numericVariable("ob_query_timeout", DEFAULT_QUERY_TIMEOUT_MICROS);
        long delta = session.settings().queryTimeoutDelta().toNanos();
        long nanos = TimeUnit.MICROSECONDS.toNanos(micros);
        return nanos > NEVER - delta ? NEVER : nanos + delta;
    }
}
