package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.SessionKill;
import org.jspecify.annotations.Nullable;

/** The forms of KILL: a session, the statement of a session, one server link of a session. */
final class KillCommand {
    private KillCommand() {}

    /** {@code KILL [CONNECTION | QUERY] id}. */
    static void kill(InternalCommand.Call call) {
        CommandArguments arguments = call.arguments();
        boolean statement = arguments.accept("QUERY");
        if (!statement) {
            arguments.accept("CONNECTION");
        }
        Long id = arguments.number();
        if (id == null || !arguments.areUsedUp()) {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
        } else if (statement) {
            statement(call, id);
        } else {
            session(call, id);
        }
    }

    /** {@code KILL PROXYSESSION id [ss_id]}, for administrators. */
    static void killProxySession(InternalCommand.Call call) {
        Long id = call.arguments().number();
        Long linkId = call.arguments().number();
        if (!call.caller().isAdministrator() || id == null || !call.arguments().areUsedUp()) {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
        } else if (linkId == null) {
            session(call, id);
        } else {
            link(call, id, linkId);
        }
    }

    /** Whom the id means, and why the caller may not do it to him; null when he may. */
    private record Outcome(ClientSession victim, @Nullable ErrorCode refusal) {}

    /** Why the link's session is out of reach, null when it is not; whether the link was found. */
    private record LinkOutcome(@Nullable ErrorCode refusal, boolean found) {}

    private static @Nullable AccountName accountOf(ClientSession session) {
        return session.isLoggedIn() ? session.login().account() : null;
    }

    /** Closes a session. */
    static void session(InternalCommand.Call call, long id) {
        Caller caller = call.caller();
        SessionSurvey.<Outcome>one(
                call.session(),
                id,
                victim -> new Outcome(victim, caller.refusalToEnd(victim.id(), accountOf(victim))),
                outcome -> {
                    if (outcome == null || outcome.refusal() != null) {
                        refuse(call, id, outcome);
                    } else if (outcome.victim() == call.session()) {
                        call.reply().endSession();
                    } else {
                        outcome.victim().execute(ClientSession::kill);
                        call.reply().ok();
                    }
                });
    }

    private static void statement(InternalCommand.Call call, long id) {
        Caller caller = call.caller();
        SessionSurvey.<Outcome>one(
                call.session(),
                id,
                victim -> new Outcome(victim, caller.refusalToStop(victim.id(), accountOf(victim))),
                outcome -> {
                    if (outcome == null || outcome.refusal() != null) {
                        refuse(call, id, outcome);
                    } else {
                        stop(call, outcome.victim());
                    }
                });
    }

    private static void stop(InternalCommand.Call call, ClientSession victim) {
        victim.execute(same -> SessionKill.statement(
                same,
                error -> call.session().execute(asker -> {
                    if (error == null) {
                        call.reply().ok();
                    } else {
                        call.reply().error(error);
                    }
                })));
    }

    private static void link(InternalCommand.Call call, long id, long linkId) {
        Caller caller = call.caller();
        SessionSurvey.<LinkOutcome>one(
                call.session(),
                id,
                victim -> {
                    ErrorCode refusal = caller.refusalToEnd(victim.id(), accountOf(victim));
                    return new LinkOutcome(refusal, refusal == null && SessionKill.link(victim, linkId));
                },
                outcome -> {
                    if (outcome == null) {
                        call.reply().error(ErrorCode.UNKNOWN_THREAD, id);
                    } else if (outcome.refusal() != null) {
                        call.reply().error(outcome.refusal(), id);
                    } else if (outcome.found()) {
                        call.reply().ok();
                    } else {
                        call.reply().error(ErrorCode.UNKNOWN_THREAD, linkId);
                    }
                });
    }

    private static void refuse(InternalCommand.Call call, long id, @Nullable Outcome outcome) {
        ErrorCode refusal = outcome == null ? null : outcome.refusal();
        call.reply().error(refusal == null ? ErrorCode.UNKNOWN_THREAD : refusal, id);
    }
}
