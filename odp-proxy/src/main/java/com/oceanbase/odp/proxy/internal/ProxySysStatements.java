package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.proxy.internal.InternalCommand.Call;
import com.oceanbase.odp.sql.StatementSummary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What drivers and the command line send of their own accord on a session of the proxy's own accounts, which has no
 * server that could answer: settings are accepted without effect, questions about variables get fixed values.
 */
final class ProxySysStatements {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?:#|-- )[^\\n]*", Pattern.DOTALL);
    private static final Pattern SHOW_VARIABLES = Pattern.compile(
            "show\\s+(?:(?:session|global|local)\\s+)?variables(?:\\s+like\\s+'([^']*)'|\\s+where\\s.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SHOW_WARNINGS =
            Pattern.compile("show\\s+(?:warnings|errors)(?:\\s+limit\\s+\\d+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHOW_FULL_PROCESSLIST =
            Pattern.compile("show\\s+full\\s+processlist", Pattern.CASE_INSENSITIVE);
    private static final List<ResultColumn> VARIABLE_COLUMNS = ResultColumn.of("Variable_name", "Value");
    private static final List<ResultColumn> WARNING_COLUMNS = ResultColumn.of("Level", "Code:I", "Message");

    void answer(Call call, byte[] text, StatementSummary summary) {
        switch (summary.kind()) {
            case SET, BEGIN, START_TRANSACTION, COMMIT, ROLLBACK -> call.reply().ok();
            default -> {
                if (call.caller().isProxyAdministrator()) {
                    ask(call, text, summary);
                } else {
                    call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
                }
            }
        }
    }

    private static void ask(Call call, byte[] text, StatementSummary summary) {
        switch (summary.kind()) {
            case USE -> {
                call.session().state().database(summary.useDatabase());
                call.reply().ok();
            }
            case SELECT -> select(call, statement(text));
            case SHOW -> show(call, statement(text));
            default -> call.reply().error(ErrorCode.NOT_SUPPORTED);
        }
    }

    /** The text without comments and end. */
    private static String statement(byte[] text) {
        String bare = COMMENT.matcher(new String(text, StandardCharsets.UTF_8))
                .replaceAll(" ")
                .strip();
        return bare.endsWith(";") ? bare.substring(0, bare.length() - 1).strip() : bare;
    }

    private static void select(Call call, String statement) {
        SelectWithoutTable query = SelectWithoutTable.parse(statement);
        if (query == null) {
            call.reply().error(ErrorCode.NOT_SUPPORTED);
            return;
        }
        ServerVariables variables = new ServerVariables(call.session());
        @Nullable String[] row = new @Nullable String[query.items().size()];
        for (int i = 0; i < row.length; i++) {
            SelectWithoutTable.Item item = query.items().get(i);
            String variable = item.variable();
            if (variable != null && !variables.contains(variable)) {
                call.reply().error(ErrorCode.UNKNOWN_SYSTEM_VARIABLE, variable);
                return;
            }
            row[i] = variable != null ? variables.value(variable) : variables.value(item);
        }
        call.reply()
                .rows(
                        query.items().stream()
                                .map(item -> new ResultColumn(item.title(), ResultColumn.Kind.TEXT))
                                .toList(),
                        List.<@Nullable String[]>of(row));
    }

    private static void show(Call call, String statement) {
        Matcher variables = SHOW_VARIABLES.matcher(statement);
        if (variables.matches()) {
            String pattern = variables.group(1);
            // MySQL compares names without regard to case, and clients escape the underscore, which fits itself.
            LikePattern names = pattern == null
                    ? LikePattern.EVERYTHING
                    : new LikePattern(pattern.replace("\\", "").toLowerCase(Locale.ROOT));
            call.reply().rows(VARIABLE_COLUMNS, new ServerVariables(call.session()).rows(names));
        } else if (SHOW_WARNINGS.matcher(statement).matches()) {
            call.reply().rows(WARNING_COLUMNS, List.of());
        } else if (SHOW_FULL_PROCESSLIST.matcher(statement).matches()) {
            ShowSessionList.processes(call);
        } else {
            call.reply().error(ErrorCode.NOT_SUPPORTED);
        }
    }
}
