package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.SessionSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SHOW PROXYSESSION [ATTRIBUTE | STAT | VARIABLES [ALL] | READ_STALE] [id] [LIKE 'pattern']. */
final class ShowProxySession implements InternalCommand {
    private static final List<ResultColumn> STAT_COLUMNS = ResultColumn.of("stat_name", "value:L");
    private static final List<ResultColumn> READ_STALE_COLUMNS =
            ResultColumn.of("server_addr", "table_id:L", "partition_id:L", "feedback_time");

    @Override
    public void run(Call call) {
        CommandArguments arguments = call.arguments();
        if (arguments.areUsedUp()) {
            ShowSessionList.sessions(call);
        } else if (arguments.accept("ATTRIBUTE")) {
            attributes(call);
        } else if (arguments.accept("STAT")) {
            statistics(call);
        } else if (arguments.accept("VARIABLES")) {
            variables(call);
        } else if (arguments.accept("READ_STALE")) {
            arguments.like();
            // No replica is remembered for stale reads.
            answer(call, READ_STALE_COLUMNS, List.of());
        } else {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
        }
    }

    private static void answer(Call call, List<ResultColumn> columns, List<String[]> rows) {
        if (call.arguments().areUsedUp()) {
            call.reply().rows(columns, rows);
        } else {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
        }
    }

    private static void attributes(Call call) {
        Long id = call.arguments().number();
        LikePattern names = call.arguments().like();
        String idcName = call.session().context().config().get().text(Parameters.PROXY_IDC_NAME);
        detail(
                call,
                id,
                SessionAttributes.COLUMNS,
                session -> SessionAttributes.rows(SessionSnapshot.of(session), idcName, names));
    }

    private static void statistics(Call call) {
        Long id = call.arguments().number();
        LikePattern names = call.arguments().like();
        detail(call, id, STAT_COLUMNS, session -> statisticsOf(session, names));
    }

    private static List<String[]> statisticsOf(ClientSession session, LikePattern names) {
        List<String[]> rows = new ArrayList<>();
        session.statistics().forEach((name, value) -> {
            if (names.matches(name)) {
                rows.add(new String[] {name, Long.toString(value)});
            }
        });
        return rows;
    }

    private static void variables(Call call) {
        boolean all = call.arguments().accept("ALL");
        Long id = call.arguments().number();
        LikePattern names = call.arguments().like();
        detail(call, id, SessionVariables.COLUMNS, session -> SessionVariables.rows(session, all, names));
    }

    /** Answers with what is found out about one session, by default the own one. */
    private static void detail(
            Call call,
            @Nullable Long wanted,
            List<ResultColumn> columns,
            Function<ClientSession, List<String[]>> rowsOf) {
        if (!call.arguments().areUsedUp()) {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
            return;
        }
        long id = wanted == null ? call.session().id() : wanted;
        Caller caller = call.caller();
        SessionSurvey.<List<String[]>>one(
                call.session(), id, session -> isVisible(caller, session) ? rowsOf.apply(session) : null, rows -> {
                    if (rows == null) {
                        call.reply().error(ErrorCode.UNKNOWN_THREAD, id);
                    } else {
                        call.reply().rows(columns, rows);
                    }
                });
    }

    private static boolean isVisible(Caller caller, ClientSession session) {
        AccountName account = session.isLoggedIn() ? session.login().account() : null;
        return caller.seesSession(session.id(), account);
    }
}
