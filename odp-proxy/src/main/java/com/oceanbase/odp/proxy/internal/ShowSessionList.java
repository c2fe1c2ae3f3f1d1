package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.proxy.login.AccountName;
import com.oceanbase.odp.proxy.session.SessionSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** SHOW PROCESSLIST and SHOW PROXYSESSION: one row a session. */
final class ShowSessionList {
    private static final List<ResultColumn> PROCESS_COLUMNS = ResultColumn.of(
            "Id:L", "Tenant", "User", "Host", "db", "trans_count:L", "svr_session_count:L", "state", "tid:L", "pid:I");

    private static final List<ResultColumn> SESSION_COLUMNS = ResultColumn.of(
            "proxy_sessid:U",
            "Id:L",
            "Cluster",
            "Tenant",
            "User",
            "Host",
            "db",
            "trans_count:L",
            "svr_session_count:L",
            "state",
            "tid:L",
            "pid:I",
            "using_ssl:I");

    private ShowSessionList() {}

    /** SHOW PROCESSLIST. */
    static void processes(InternalCommand.Call call) {
        if (!call.arguments().areUsedUp()) {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
            return;
        }
        gather(
                call,
                seen -> call.caller().seesProcess(seen.account()),
                ShowSessionList::processRow,
                rows -> call.reply().allRows(PROCESS_COLUMNS, rows));
    }

    /** SHOW PROXYSESSION without further words. */
    static void sessions(InternalCommand.Call call) {
        gather(
                call,
                seen -> call.caller().seesSession(seen.id(), seen.account()),
                ShowSessionList::sessionRow,
                rows -> call.reply().rows(SESSION_COLUMNS, rows));
    }

    private static void gather(
            InternalCommand.Call call,
            Predicate<SessionSnapshot> visible,
            Function<SessionSnapshot, String[]> row,
            Consumer<List<String[]>> answer) {
        SessionSurvey.all(
                call.session(),
                SessionSnapshot::of,
                seen -> answer.accept(seen.stream()
                        .filter(visible)
                        .sorted(Comparator.comparingLong(SessionSnapshot::id))
                        .map(row)
                        .toList()));
    }

    private static String[] processRow(SessionSnapshot session) {
        AccountName account = session.account();
        return new String[] {
            Long.toString(session.id()),
            account == null ? "" : account.tenant(),
            account == null ? "" : account.user(),
            host(session),
            SessionAttributes.database(session),
            Long.toString(session.transactions()),
            Integer.toString(session.links().size()),
            SessionAttributes.state(session),
            Long.toString(session.threadId()),
            SessionAttributes.PROCESS_ID
        };
    }

    private static String[] sessionRow(SessionSnapshot session) {
        AccountName account = session.account();
        return new String[] {
            Long.toUnsignedString(session.proxySessionId()),
            Long.toString(session.id()),
            account == null ? "" : account.cluster(),
            account == null ? "" : account.tenant(),
            account == null ? "" : account.user(),
            host(session),
            SessionAttributes.database(session),
            Long.toString(session.transactions()),
            Integer.toString(session.links().size()),
            SessionAttributes.state(session),
            Long.toString(session.threadId()),
            SessionAttributes.PROCESS_ID,
            session.usingTls() ? "1" : "0"
        };
    }

    private static String host(SessionSnapshot session) {
        return session.client().getAddress().getHostAddress() + ":"
                + session.client().getPort();
    }
}
