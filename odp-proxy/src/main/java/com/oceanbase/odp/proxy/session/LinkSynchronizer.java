package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.frame.MysqlFrame;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.protocol.wire.LosslessText;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.LinkState;
import com.oceanbase.odp.proxy.state.PreparedStatement;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.proxy.state.SessionSync;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import com.oceanbase.odp.proxy.state.TransactionState.HeldStart;
import com.oceanbase.odp.sql.StatementSummary;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Brings a server link into step with its session before a request: sends whatever the link lacks in one go, in the
 * order database, option, variables, read consistency, BEGIN, prepared statements, and follows how it went. Event loop confined; one
 * instance a session.
 */
final class LinkSynchronizer {
    /** What is to be done before the request. */
    enum Result {
        /** Nothing. */
        IN_STEP,
        /** Replays are queued on the link; the callback tells when they have ended. */
        REPLAYING,
        /** The link has a state that no command takes back: another one is needed. */
        BEYOND_REPAIR
    }

    /** The first replay that a server refused. */
    record Failure(ReplayHandler.Kind kind, ErrPacket error) {}

    private final ClientSession session;
    private final Runnable finished;
    private int pending;
    private boolean pipelinable;
    private @Nullable HeldStart sentBegin;
    private @Nullable Failure failure;
    private @Nullable PreparedStatement preparing;
    private @Nullable TextStatement preparingText;
    private boolean initialised;
    private boolean saysWeak;
    private long tellsSnapshot;
    private boolean weakRefused;

    LinkSynchronizer(ClientSession session, Runnable finished) {
        this.session = session;
        this.finished = finished;
    }

    /** Nothing of an earlier attempt or request counts any more. */
    void forget() {
        pending = 0;
        failure = null;
        sentBegin = null;
    }

    /**
     * Queues on the link what it lacks for the request.
     *
     * @param weak whether the server must be told that the request is a weak read
     * @param snapshot what it must be told for a weak read to see; 0 for nothing
     */
    Result begin(ServerLink link, RequestKind kind, boolean weak, long snapshot) {
        forget();
        pipelinable = true;
        SessionState state = session.state();
        if (SessionSync.isBeyondRepair(state, link.state())) {
            return Result.BEYOND_REPAIR;
        }
        if (!SessionSync.isInStep(state, link.state())) {
            replayState(link, state);
        }
        if (weak || (link.state().readsWeakly() && !asksAboutLastStatement(kind))) {
            replayConsistency(link, state, weak && !weakRefused);
        }
        if (snapshot > link.state().snapshotTold() && knowsSnapshots(link) && !asksAboutLastStatement(kind)) {
            tellsSnapshot = snapshot;
            replay(
                    link,
                    ReplayHandler.Kind.SNAPSHOT,
                    CommandCode.COM_QUERY,
                    bytes(SessionSync.snapshotStatement(snapshot)));
        }
        replayBegin(link);
        replayStatements(link, kind);
        replayInitSql(link);
        return pending == 0 ? Result.IN_STEP : Result.REPLAYING;
    }

    /** Whether a harmless request may follow at once, without waiting for the replays' answers. */
    boolean mayPipeline() {
        return pipelinable;
    }

    /** How the replays failed; null when they did not, or are still under way. */
    @Nullable
    Failure failure() {
        return failure;
    }

    /** Whether a BEGIN that the client believes done was sent by these replays. */
    boolean sentBegin() {
        return sentBegin != null;
    }

    /** The link that got the BEGIN is not used: the transaction begins anew elsewhere. */
    void holdBeginAgain() {
        HeldStart begin = sentBegin;
        if (begin != null) {
            session.transaction().hold(begin);
            sentBegin = null;
        }
    }

    private void replayState(ServerLink link, SessionState state) {
        LinkState linkState = link.state();
        String database = state.database();
        if (database != null && SessionSync.needsDatabase(state, linkState)) {
            replay(link, ReplayHandler.Kind.DATABASE, CommandCode.COM_INIT_DB, bytes(database));
        }
        if (SessionSync.needsOption(state, linkState)) {
            byte off = (byte) (Boolean.TRUE.equals(state.multiStatements()) ? 0 : 1);
            replay(link, ReplayHandler.Kind.OPTION, CommandCode.COM_SET_OPTION, new byte[] {off, 0});
        }
        for (String set : SessionSync.setStatements(state, linkState, session.variableCatalog())) {
            replay(link, ReplayHandler.Kind.VARIABLES, CommandCode.COM_QUERY, bytes(set));
        }
    }

    private static boolean knowsSnapshots(ServerLink link) {
        return ObCapabilities.has(link.state().baseline().capabilityFlag(), ObCapabilities.SAFE_WEAK_READ);
    }

    /** Any statement ahead of such a one would change its answer. */
    private static boolean asksAboutLastStatement(RequestKind kind) {
        StatementSummary summary = kind.summary();
        return summary != null && summary.dependsOnLastServer();
    }

    private void replayConsistency(ServerLink link, SessionState state, boolean weak) {
        String set = SessionSync.consistencyStatement(state, link.state(), weak, session.variableCatalog());
        if (set != null) {
            saysWeak = weak;
            replay(link, ReplayHandler.Kind.CONSISTENCY, CommandCode.COM_QUERY, bytes(set));
        }
    }

    /** A server would not read weakly: none is asked to any more. */
    void weakRefused() {
        weakRefused = true;
    }

    private void replayBegin(ServerLink link) {
        HeldStart begin = session.transaction().held();
        if (begin != null) {
            sentBegin = begin;
            replay(link, ReplayHandler.Kind.BEGIN, CommandCode.COM_QUERY, begin.text());
        }
    }

    private void replayStatements(ServerLink link, RequestKind kind) {
        PreparedStatement statement = kind.statement();
        preparing = statement;
        if (statement != null && link.state().statement(statement.clientId()) == null) {
            pipelinable = false;
            prepareIn(
                    link,
                    statement.database(),
                    () -> replay(link, ReplayHandler.Kind.PREPARE, CommandCode.COM_STMT_PREPARE, statement.text()));
        }
        preparingText = kind.textStatement();
        if (preparingText != null && link.state().textStatement(preparingText.name()) != preparingText.version()) {
            byte[] prepareSql = preparingText.prepareSql();
            prepareIn(
                    link,
                    preparingText.database(),
                    () -> replay(link, ReplayHandler.Kind.TEXT_PREPARE, CommandCode.COM_QUERY, prepareSql));
        }
    }

    /** Sent once a client, before its first request; again elsewhere if the server went away meanwhile. */
    private void replayInitSql(ServerLink link) {
        String initSql = session.settings().initSql();
        if (initialised || initSql.isEmpty() || session.isPassThrough()) {
            return;
        }
        pipelinable = false;
        pending++;
        ReplayHandler handler = new ReplayHandler(
                ReplayHandler.Kind.INIT_SQL,
                link,
                this::onReplayed,
                changes -> session.learner().learn(link, changes));
        link.send(CommandCode.COM_QUERY, frame(link, CommandCode.COM_QUERY, bytes(initSql)), handler);
    }

    /** The names in a statement belong to the database that was current when the client prepared it. */
    private void prepareIn(ServerLink link, @Nullable String database, Runnable prepare) {
        String current = session.state().database();
        if (database == null || database.equals(current)) {
            prepare.run();
            return;
        }
        pipelinable = false;
        replay(link, ReplayHandler.Kind.PREPARE_DATABASE, CommandCode.COM_INIT_DB, bytes(database));
        prepare.run();
        if (current != null) {
            replay(link, ReplayHandler.Kind.PREPARE_DATABASE, CommandCode.COM_INIT_DB, bytes(current));
        }
    }

    private static byte[] bytes(String text) {
        return LosslessText.encode(text);
    }

    private void replay(ServerLink link, ReplayHandler.Kind kind, CommandCode command, byte[] argument) {
        pending++;
        countReplay(kind);
        ReplayHandler handler = new ReplayHandler(kind, link, this::onReplayed);
        link.send(command, frame(link, command, argument), handler);
    }

    private void countReplay(ReplayHandler.Kind kind) {
        switch (kind) {
            case DATABASE -> session.statistics().count(SessionStatistics.Counter.SEND_USE_DATABASE_REQUESTS);
            case VARIABLES -> session.statistics().count(SessionStatistics.Counter.SEND_CHANGED_SESSION_VARS_REQUESTS);
            case BEGIN -> session.statistics().count(SessionStatistics.Counter.SEND_START_TRANS_REQUESTS);
            default -> {
                // The original has no counter for the others.
            }
        }
    }

    /** Frames a command of the proxy's own. */
    static ByteBuf frame(ServerLink link, CommandCode command, byte[] argument) {
        return MysqlFrame.encode(
                link.allocator(), 0, out -> out.writeByte(command.code()).writeBytes(argument));
    }

    private void onReplayed(ReplayHandler replay, @Nullable ErrPacket error) {
        if (error == null && failure == null) {
            // What follows a failure was executed on a wrong footing and does not count.
            apply(replay);
        } else if (error != null && failure == null) {
            failure = new Failure(replay.kind(), error);
        }
        if (--pending == 0) {
            finished.run();
        }
    }

    private void apply(ReplayHandler replay) {
        ServerLink link = replay.link();
        LinkState linkState = link.state();
        switch (replay.kind()) {
            case DATABASE -> linkState.database(session.state().database());
            case OPTION -> linkState.multiStatements(session.state().multiStatements());
            case VARIABLES -> SessionSync.setExecuted(session.state(), linkState);
            case CONSISTENCY -> SessionSync.consistencyExecuted(session.state(), linkState, saysWeak);
            case SNAPSHOT -> linkState.snapshotTold(tellsSnapshot);
            case BEGIN -> {
                session.transaction().heldExecuted();
                session.transaction().responseEnded(replay.status());
                session.links().current(link);
            }
            case PREPARE -> {
                PreparedStatement statement = preparing;
                if (statement != null) {
                    linkState.prepared(statement.clientId(), replay.preparedId());
                }
            }
            case TEXT_PREPARE -> {
                TextStatement statement = preparingText;
                if (statement != null) {
                    linkState.textStatement(statement.name(), statement.version());
                }
            }
            case PREPARE_DATABASE -> {
                // The link's database is known from the server's own report.
            }
            case INIT_SQL -> initialised = true;
            case CLEANUP -> throw new IllegalStateException("clean-up is no replay");
        }
    }
}
