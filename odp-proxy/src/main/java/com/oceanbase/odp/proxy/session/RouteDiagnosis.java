package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.PreparedStatement;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.trace.HandleResponse;
import com.oceanbase.odp.routing.trace.HandleResponse.SendAction;
import com.oceanbase.odp.routing.trace.HandleResponse.State;
import com.oceanbase.odp.routing.trace.PartitionIdCalcDone;
import com.oceanbase.odp.routing.trace.Retry;
import com.oceanbase.odp.routing.trace.RouteTexts;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.trace.SqlParse;
import com.oceanbase.odp.routing.trace.TableEntryLookupDone;
import com.oceanbase.odp.routing.trace.TracePoint;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.topology.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes to the diagnosis log how a request was routed that a server did not serve alone, that had to be repeated on
 * another server, or, at level 4 of {@code route_diagnosis_level}, any request. Below level 4 a request costs nothing
 * until something goes wrong: what decided is asked for again then, before it is forgotten. One instance a session; event
 * loop confined. Rules: obproxy src/obproxy/proxy/route/ob_route_diagnosis.h, ob_mysql_sm.cpp.
 */
public final class RouteDiagnosis {
    /** Takes the lines; a file of its own. */
    public static final String LOGGER = "odp.diagnosis";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    /** Bytes of a transaction's first statement that are kept. */
    private static final int FIRST_STATEMENT_BYTES = 1024;

    /** Bytes of the request's own statement that are written. */
    private static final int STATEMENT_BYTES = 4096;

    private final ClientSession session;
    private @Nullable ConfigSnapshot readConfig;
    private int configuredLevel;

    private int level;
    private @Nullable ClientRequest request;
    private RequestKind kind = RequestKinds.NONE;
    private @Nullable RouteTrace trace;
    private @Nullable ErrPacket error;
    private @Nullable State lost;
    private boolean missed;
    private boolean failed;
    private boolean firstOfTransaction;
    private byte @Nullable [] firstStatement;

    RouteDiagnosis(ClientSession session) {
        this.session = session;
    }

    /** A request begins. */
    void begin(ClientRequest newRequest, RequestKind newKind) {
        level = isDiagnosed(newKind) ? configuredLevel() : 0;
        trace = null;
        if (level == 0) {
            return;
        }
        request = newRequest;
        kind = newKind;
        error = null;
        lost = null;
        missed = false;
        failed = false;
        firstOfTransaction = !session.transaction().isInTransaction();
        if (level == RouteTrace.MAXIMUM_LEVEL) {
            trace = newTrace(RouteTrace.diagnosing(level));
        }
    }

    private int configuredLevel() {
        ConfigSnapshot config = session.context().config().get();
        if (config != readConfig) {
            readConfig = config;
            configuredLevel = config.get(Parameters.ROUTE_DIAGNOSIS_LEVEL).intValue();
        }
        return configuredLevel;
    }

    private boolean isDiagnosed(RequestKind newKind) {
        return switch (newKind.code()) {
            case COM_QUERY,
                    COM_STMT_PREPARE,
                    COM_STMT_EXECUTE,
                    COM_STMT_FETCH,
                    COM_STMT_SEND_LONG_DATA,
                    COM_STMT_PREPARE_EXECUTE,
                    COM_STMT_SEND_PIECE_DATA,
                    COM_STMT_GET_PIECE_DATA -> !session.isPassThrough();
            default -> false;
        };
    }

    /** Takes the points of the request in flight; null when nobody wants to know. */
    @Nullable
    RouteTrace trace() {
        return trace;
    }

    /** First statement of the open transaction, null outside of one and when diagnosis is off. */
    public @Nullable String firstStatement() {
        byte[] text = session.transaction().isInTransaction() ? firstStatement : null;
        return text == null ? null : new String(text, StandardCharsets.UTF_8);
    }

    // --- what happens to the request

    /** The request may go to one server only. */
    void bound(RequestBinding binding) {
        RouteTrace current = trace;
        PinReason reason = binding.reason();
        if (current != null && reason != null) {
            current.add(RoutePoints.bound(binding, reason));
        }
    }

    /** The link that the request was on is useless now; what becomes of the request follows. */
    void linkLost(State state) {
        lost = state;
    }

    /** A server failed the request, and another is tried or not. */
    void serverFailed(ServerAddress server, ErrPacket cause, int attempts, boolean again) {
        if (level == 0) {
            return;
        }
        RouteTrace current = traceNow();
        current.add(response(cause, "server " + server + " failed the request"));
        current.add(
                again
                        ? Retry.unknown(attempts + 1, "nothing was executed: another server is tried")
                        : Retry.none("the request has been tried often enough"));
        error = null;
        lost = null;
    }

    /** A server refused the request and named another one, which takes it. */
    void rerouted(ServerAddress refused, ServerAddress named, ErrPacket cause) {
        if (level == 0) {
            return;
        }
        RouteTrace current = traceNow();
        current.add(response(cause, "server " + refused + " is the wrong one"));
        current.add(Retry.at(Retry.Type.REROUTE, named, 2, "server " + refused + " named it"));
        error = null;
    }

    private HandleResponse response(ErrPacket cause, String why) {
        State state = stateOf(cause);
        SendAction sent = SendAction.SERVER_SEND_REQUEST;
        if (state == State.CONNECT_ERROR) {
            sent = SendAction.SERVER_SEND_NONE;
        } else if (cause != error && lost == null) {
            sent = SendAction.SERVER_SEND_LOGIN;
        }
        return new HandleResponse(true, sent, state, cause.errno() + " " + cause.message(), why);
    }

    /** A server's own error unless the proxy made it of what happened to the connection. */
    private State stateOf(ErrPacket cause) {
        State useless = lost;
        if (useless != null && cause != error) {
            return useless;
        }
        return cause.errno() == ErrorCode.SERVER_BUILD_CONNECTION_FAILED.errno()
                ? State.CONNECT_ERROR
                : State.RESPONSE_ERROR;
    }

    /** A server answered with an error. */
    void answeredError(ErrPacket answer) {
        error = answer;
    }

    /** The proxy could not bring the request to its end. */
    void requestFailed(ErrPacket answer) {
        error = answer;
        failed = true;
    }

    /**
     * The server says that it needed others for the request. Comes before what led to it is forgotten.
     *
     * @param routed how the router was asked, null when it was not
     */
    void missed(@Nullable RouteRequest routed) {
        if (level == 0 || missed) {
            return;
        }
        missed = true;
        if (trace == null) {
            RouteTrace again = newTrace(RouteTrace.repeating(level));
            trace = again;
            if (routed != null) {
                session.context().router().route(routed.tracedBy(again));
            } else {
                bound(RequestBinding.of(kind, session));
            }
        }
    }

    /** The request has ended. */
    void end() {
        if (firstStatement != null && !session.transaction().isInTransaction()) {
            firstStatement = null;
        }
        if (level == 0) {
            return;
        }
        RouteTrace collected = trace;
        if (collected != null) {
            finish(collected);
        }
        keepFirstStatement();
        trace = null;
        request = null;
        kind = RequestKinds.NONE;
        level = 0;
    }

    private void finish(RouteTrace collected) {
        ErrPacket answer = error;
        boolean saidAlready = failed && collected.points().getLast() instanceof Retry;
        if (!saidAlready) {
            State useless = lost;
            State unanswered = useless == null ? State.INTERNAL_ERROR : useless;
            collected.add(new HandleResponse(
                    !missed,
                    failed && useless == null ? SendAction.SERVER_SEND_NONE : SendAction.SERVER_SEND_REQUEST,
                    failed ? unanswered : answered(answer),
                    answer == null ? "" : answer.errno() + " " + answer.message(),
                    missed ? "the server needed other servers for this statement" : ""));
        }
        Level logged = firstOfTransaction && !isMissToBeExpected(collected) ? Level.INFO : Level.TRACE;
        if (LOG.isEnabledForLevel(logged)) {
            LOG.atLevel(logged)
                    .addKeyValue("trace_id", String.format("Y0-%016X", session.proxySessionId()))
                    .log("[ROUTE]((*route_diagnosis={})", RouteTexts.logLine(collected, firstStatement()));
        }
    }

    private State answered(@Nullable ErrPacket answer) {
        if (answer != null) {
            return State.RESPONSE_ERROR;
        }
        if (!kind.code().expectsResponse()) {
            return State.CONNECTION_ALIVE;
        }
        return session.transaction().isInTransaction() ? State.CMD_COMPLETE : State.TRANSACTION_COMPLETE;
    }

    /** Whether the proxy could not know better, so that a miss says nothing about it. */
    private static boolean isMissToBeExpected(RouteTrace collected) {
        for (TracePoint point : collected.points()) {
            boolean vague = switch (point) {
                case SqlParse parse -> !parse.complete();
                case TableEntryLookupDone entry -> entry.table().isEmpty();
                case PartitionIdCalcDone partition -> partition.partitionId() == PartitionIdCalcDone.NONE;
                default -> false;
            };
            if (vague) {
                return true;
            }
        }
        return false;
    }

    private void keepFirstStatement() {
        if (firstOfTransaction && session.transaction().isInTransaction()) {
            firstStatement = text(FIRST_STATEMENT_BYTES);
        }
    }

    private RouteTrace traceNow() {
        RouteTrace current = trace;
        if (current == null) {
            current = newTrace(RouteTrace.diagnosing(level));
            trace = current;
        }
        return current;
    }

    private RouteTrace newTrace(RouteTrace empty) {
        StatementSummary summary = kind.summary();
        TableName table = summary == null ? null : summary.table();
        ClientRequest current = request;
        empty.add(new SqlParse(
                kind.code().name(),
                new String(text(STATEMENT_BYTES), StandardCharsets.UTF_8),
                table == null ? "" : table.name(),
                current != null && current.isComplete(),
                ""));
        return empty;
    }

    /** The beginning of the statement; of a command without text nothing. */
    private byte[] text(int limit) {
        PreparedStatement prepared = kind.statement();
        ClientRequest current = request;
        if (prepared != null) {
            byte[] whole = prepared.text();
            return whole.length > limit ? Arrays.copyOf(whole, limit) : whole;
        }
        int length = current == null || kind.summary() == null ? 0 : current.payloadLength() - 1;
        byte[] text = new byte[Math.clamp(length, 0, limit)];
        if (current != null && text.length > 0) {
            current.bytes().getBytes(current.payloadStart() + 1, text);
        }
        return text;
    }
}
