package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.RequestAttempts.Attempt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHOW PROXYTRACE [cs_id [attempt]]: the servers that the last request of a session was tried on, with the original's
 * columns (obproxy src/obproxy/cmd/ob_show_trace_handler.cpp); empty unless {@code enable_trace_stats} is on.
 */
final class ShowProxyTrace implements InternalCommand {
    private static final List<ResultColumn> COLUMNS = ResultColumn.of(
            "attempts:I",
            "pl_attempts:I",
            "ip",
            "port:I",
            "server_state",
            "send_action",
            "resp_error",
            "cost_time_us:I");

    @Override
    public void run(Call call) {
        Long wanted = call.arguments().number();
        Long attempt = wanted == null ? null : call.arguments().number();
        if (!call.arguments().areUsedUp()) {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
            return;
        }
        long id = wanted == null ? call.session().id() : wanted;
        SessionSurvey.<List<Attempt>>one(
                call.session(),
                id,
                session ->
                        isVisible(call.caller(), session) ? session.attempts().all() : null,
                all -> {
                    if (all == null) {
                        call.reply().error(ErrorCode.UNKNOWN_THREAD, id);
                    } else {
                        call.reply().rows(COLUMNS, rows(all, attempt));
                    }
                });
    }

    private static boolean isVisible(Caller caller, ClientSession session) {
        return caller.seesSession(
                session.id(), session.isLoggedIn() ? session.login().account() : null);
    }

    private static List<String[]> rows(List<Attempt> all, @Nullable Long only) {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (only == null || only == i + 1) {
                Attempt attempt = all.get(i);
                String number = Integer.toString(i + 1);
                rows.add(new String[] {
                    number,
                    number,
                    attempt.server().host(),
                    Integer.toString(attempt.server().port()),
                    attempt.state().name(),
                    attempt.action().name(),
                    attempt.error(),
                    Long.toString(Math.min(attempt.micros(), Integer.MAX_VALUE))
                });
            }
        }
        return rows;
    }
}
