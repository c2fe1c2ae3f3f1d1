package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.RouteExplanation;
import com.oceanbase.odp.routing.trace.RouteJson;
import com.oceanbase.odp.routing.trace.RouteTexts;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.sql.ProxyCommand.Argument;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * EXPLAIN ROUTE [FORMAT = TREE | JSON] statement. One column and one row, as the original's, whose column has the type of
 * a number by mistake (obproxy src/obproxy/proxy/mysqllib/ob_mysql_response_builder.cpp).
 */
final class ExplainRoute {
    private static final List<ResultColumn> COLUMN = ResultColumn.of("Route Plan");
    private static final String NOT_SUPPORTED = "Route diagnosis does not support this query";

    private ExplainRoute() {}

    /**
     * Explains.
     *
     * @param arguments indexes of EXPLAIN and of the statement, and the format if there is one
     */
    static void run(InternalCommand.Call call, List<Argument> arguments) {
        String format = arguments.size() > 2 ? arguments.get(2).text().toUpperCase(Locale.ROOT) : "TREE";
        boolean json = format.equals("JSON");
        if (!json && !format.equals("TREE")) {
            call.reply().error(ErrorCode.UNKNOWN_OPERATOR);
            return;
        }
        RouteExplanation.explain(
                call.session(),
                call.reply().text(),
                Integer.parseInt(arguments.get(0).text()),
                Integer.parseInt(arguments.get(1).text()),
                trace -> answer(call, trace, json));
    }

    private static void answer(InternalCommand.Call call, @Nullable RouteTrace trace, boolean json) {
        ClientSession session = call.session();
        String first = session.diagnosis().firstStatement();
        String cell;
        if (trace == null) {
            cell = json ? "{\"error\":\"" + NOT_SUPPORTED + "\"}" : NOT_SUPPORTED;
        } else {
            cell = json ? RouteJson.of(trace, first) : RouteTexts.tree(trace, first);
        }
        call.reply().allRows(COLUMN, List.<String[]>of(new String[] {cell}));
    }
}
