package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.TransactionState.HeldStart;
import java.util.Objects;

/**
 * What becomes of a request when a server refused what was to be replayed before it: the client gets the error where it
 * is the answer to something of its own, else another link or server is tried. Event loop confined.
 */
final class ReplayRecovery {
    private final ClientSession session;
    private final RequestFlow flow;

    ReplayRecovery(ClientSession session, RequestFlow flow) {
        this.session = session;
        this.flow = flow;
    }

    /** Goes on with the request in flight. */
    void recover(ServerLink failed, LinkSynchronizer.Failure failure) {
        session.log().replayFailed(failed, failure);
        ErrPacket error = failure.error();
        switch (failure.kind()) {
            case BEGIN, TEXT_PREPARE, PREPARE -> {
                if (RetryRules.isElsewhere(error.errno(), null) && flow.mayRepeatElsewhere()) {
                    flow.repetition().elsewhere(failed, error);
                } else {
                    forgetXaStart(failure.kind());
                    flow.fail(error);
                }
            }
            case DATABASE -> {
                if (error.errno() == ErrorCode.UNKNOWN_DATABASE.errno()) {
                    // Somebody dropped it. A session of MySQL is left without current database then.
                    session.learner().databaseGone(failed);
                    flow.withdraw();
                    flow.next();
                } else {
                    replaceLink(failed, error);
                }
            }
            case PREPARE_DATABASE -> onPrepareDatabase(failed, error);
            case INIT_SQL ->
                session.breakOff(BreakOff.withError(ErrPacket.of(
                        ErrorCode.INIT_SQL_FAILED, session.settings().initSql())));
            case CONSISTENCY -> {
                flow.weakRefused();
                replaceLink(failed, error);
            }
            case OPTION, VARIABLES, SNAPSHOT, CLEANUP -> replaceLink(failed, error);
        }
    }

    /** Whoever begins a branch in vain is told with the first statement, and what follows is outside of any branch. */
    private void forgetXaStart(ReplayHandler.Kind kind) {
        HeldStart held = session.transaction().held();
        if (kind == ReplayHandler.Kind.BEGIN && held != null && held.xa()) {
            session.transaction().dropHeld();
        }
    }

    /** The statement's database is gone, or the way back from it. */
    private void onPrepareDatabase(ServerLink failed, ErrPacket error) {
        if (Objects.equals(failed.state().database(), session.state().database())) {
            flow.fail(error);
        } else if (flow.isSessionBound() || session.transaction().isInTransaction()) {
            session.breakOff(BreakOff.withError(error));
        } else {
            session.dropLink(failed);
            flow.fail(error);
        }
    }

    private void replaceLink(ServerLink failed, ErrPacket error) {
        session.dropLink(failed);
        if (flow.isSessionBound()) {
            session.breakOff(BreakOff.withError(error));
        } else {
            flow.withdraw();
            flow.onServerFailed(failed.address(), error);
        }
    }
}
