package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.sql.ProxyCommand;
import com.oceanbase.odp.sql.ProxyCommand.Argument;
import java.util.List;

/** Commands whose answer needs no search. */
final class FixedAnswers {
    /** Columns of MySQL 5.7. */
    private static final List<ResultColumn> SLAVE_HOSTS =
            ResultColumn.of("Server_id:L", "Host", "Port:L", "Master_id:L", "Slave_UUID");

    /** Columns of MySQL 5.7. */
    private static final List<ResultColumn> RELAYLOG_EVENTS =
            ResultColumn.of("Log_name", "Pos:L", "Event_type", "Server_id:L", "End_log_pos:L", "Info");

    private FixedAnswers() {}

    /** PING PROXY. */
    static void ping(InternalCommand.Call call) {
        if (call.arguments().areUsedUp()) {
            call.reply().ok();
        } else {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
        }
    }

    /** {@code SELECT PROXY_VERSION()}. */
    static void version(InternalCommand.Call call, ProxyCommand command) {
        one(call, title(command, "proxy_version()"), call.session().context().version());
    }

    /** {@code SELECT PROXY_STATUS()}: a proxy that answers is in service. */
    static void status(InternalCommand.Call call, ProxyCommand command) {
        one(call, title(command, "proxy_status"), "ACTIVE");
    }

    static void slaveHosts(InternalCommand.Call call) {
        call.reply().rows(SLAVE_HOSTS, List.of());
    }

    static void relaylogEvents(InternalCommand.Call call) {
        call.reply().rows(RELAYLOG_EVENTS, List.of());
    }

    private static void one(InternalCommand.Call call, String title, String value) {
        List<String[]> rows = List.<String[]>of(new String[] {value});
        call.reply().rows(ResultColumn.of(title), rows);
    }

    /** The alias, which the grammar allows at the end only; a parenthesis there means that there is none. */
    private static String title(ProxyCommand command, String standard) {
        Argument last =
                command.arguments().isEmpty() ? null : command.arguments().getLast();
        return last == null || last.is(")") ? standard : last.text();
    }
}
