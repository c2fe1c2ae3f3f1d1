package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.PreparedText;
import com.oceanbase.odp.proxy.state.StatementRegistry.TextStatement;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.trace.Retry;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.trace.SqlParse;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.sql.ProxyCommand;
import com.oceanbase.odp.sql.StatementDetail;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.access.QueryBlock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a statement of the session would go now, and why, without sending it anywhere and without changing
 * anything of the session; locations that are missing are fetched as for the statement itself. Event loop confined.
 */
public final class RouteExplanation {
    /** Longest sequence of waits; a router that still wants to wait then has no answer. */
    private static final int MAXIMUM_WAITS = 16;

    private final ClientSession session;
    private final RouteTrace trace = RouteTrace.explaining();
    private final Consumer<RouteTrace> done;

    private RouteExplanation(ClientSession session, Consumer<RouteTrace> done) {
        this.session = session;
        this.done = done;
    }

    /**
     * Explains.
     *
     * @param text the whole text with its EXPLAIN ROUTE
     * @param explainStart index of the first byte of EXPLAIN
     * @param statementStart index of the byte behind it, where the statement begins with its comments
     * @param done gets the trace, on the event loop of the session and unless that has ended; null when there is
     *     nothing to explain
     */
    public static void explain(
            ClientSession session,
            byte[] text,
            int explainStart,
            int statementStart,
            Consumer<@Nullable RouteTrace> done) {
        byte[] statement = text.clone();
        Arrays.fill(statement, explainStart, statementStart, (byte) ' ');
        PreparedText understood = session.reader().understand(statement);
        StatementSummary summary = understood.summary();
        if (session.isProxySys() || !session.isLoggedIn() || !isExplicable(summary)) {
            done.accept(null);
            return;
        }
        new RouteExplanation(session, done::accept).begin(new String(text, StandardCharsets.UTF_8), understood);
    }

    /** Not those that are about no server or several. */
    private static boolean isExplicable(StatementSummary summary) {
        return switch (summary.kind()) {
            case EMPTY, PREPARE, DEALLOCATE -> false;
            default -> !isExplanation(summary.proxyCommand());
        };
    }

    private static boolean isExplanation(@Nullable ProxyCommand command) {
        return command != null && command.type() == ProxyCommand.Type.EXPLAIN_ROUTE;
    }

    private void begin(String text, PreparedText understood) {
        StatementSummary summary = understood.summary();
        TextStatement executed = executedBy(summary);
        RequestKind kind = executed == null
                ? new RequestKind(CommandCode.COM_QUERY, summary)
                : new RequestKinds.ExecuteText(executed, variables(summary));
        StatementSummary routed = kind.summary();
        RoutedStatement statement = executed == null
                ? session.reader().routed(understood, null, null)
                : session.reader().routed(executed, variables(summary), new ParameterValues());
        trace.add(new SqlParse(kind.code().name(), text, table(routed, statement), true, reasonOfParse(summary)));
        if (isAnsweredHere(summary)) {
            done.accept(trace);
            return;
        }
        RequestBinding binding = RequestBinding.of(kind, session);
        PinReason reason = binding.reason();
        if (reason != null) {
            trace.add(RoutePoints.bound(binding, reason));
            ServerLink link = binding.link();
            if (link != null) {
                trace.decided(link.address(), reason.explanation());
            }
            done.accept(trace);
            return;
        }
        route(new RouteRequest(session.refreshedTenant(), session.routing(), statement, Set.of(), 0, trace));
    }

    /** The table that is looked up first; of a CALL the routine. */
    private static String table(@Nullable StatementSummary routed, @Nullable RoutedStatement statement) {
        TableName table = routed == null ? null : routed.table();
        if (table == null && statement != null && routed != null && routed.kind() == StatementKind.CALL) {
            QueryBlock call = statement.access().blocks().getFirst();
            table = call.tables().isEmpty() ? null : call.tables().getFirst().table();
        }
        return table == null ? "" : table.name();
    }

    private @Nullable TextStatement executedBy(StatementSummary summary) {
        return !summary.isMulti() && summary.detail() instanceof StatementDetail.ExecuteText execute
                ? session.statements().findText(execute.name())
                : null;
    }

    private static List<String> variables(StatementSummary summary) {
        return summary.detail() instanceof StatementDetail.ExecuteText execute ? execute.variables() : List.of();
    }

    private String reasonOfParse(StatementSummary summary) {
        if (isAnsweredHere(summary)) {
            return "the proxy answers this itself; the server is chosen by the first statement of the transaction";
        }
        if (summary.detail() instanceof StatementDetail.ExecuteText execute) {
            return session.statements().findText(execute.name()) == null
                    ? "the session has prepared no statement " + execute.name()
                    : "routed by the text of the prepared statement " + execute.name();
        }
        return summary.isMulti() ? "the tables of all its statements decide" : "";
    }

    private boolean isAnsweredHere(StatementSummary summary) {
        boolean begins = summary.kind() == StatementKind.BEGIN || summary.kind() == StatementKind.START_TRANSACTION;
        return begins && session.pinFor(null) == null;
    }

    private void route(RouteRequest request) {
        switch (session.context().router().route(request)) {
            case RouteDecision.Use use -> {
                trace.decided(use.server(), use.reason().text());
                done.accept(trace);
            }
            case RouteDecision.Refuse refuse -> {
                trace.add(Retry.none(refuse.message()));
                done.accept(trace);
            }
            case RouteDecision.Wait wait -> await(request, wait);
        }
    }

    private void await(RouteRequest request, RouteDecision.Wait wait) {
        if (request.waits() >= MAXIMUM_WAITS) {
            trace.add(Retry.none(wait.what() + " did not come in time"));
            done.accept(trace);
            return;
        }
        wait.until()
                .copy()
                .orTimeout(session.settings().links().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((found, failure) -> session.execute(same -> {
                    if (!session.isClosed()) {
                        route(request.waited());
                    }
                }));
    }
}
