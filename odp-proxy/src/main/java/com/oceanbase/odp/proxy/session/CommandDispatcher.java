package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.Capabilities;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.state.LinkState.ServerStatement;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.PreparedStatement;
import com.oceanbase.odp.proxy.state.TransactionState.HeldStart;
import com.oceanbase.odp.sql.StatementDetail;
import com.oceanbase.odp.sql.StatementKind;
import com.oceanbase.odp.sql.StatementSummary;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a command: an answer of the proxy's own, or a request on its way to a server. */
final class CommandDispatcher {
    private static final int MULTI_STATEMENTS_ON = 0;

    /** No server accepts a smaller value of {@code max_allowed_packet} (MySQL manual). */
    private static final int LEAST_MAX_ALLOWED_PACKET = 1024;

    private final ClientSession session;
    private final StatementReader reader;
    private final TextStatements textStatements;

    CommandDispatcher(ClientSession session) {
        this.session = session;
        this.reader = session.reader();
        this.textStatements = new TextStatements(session, reader);
    }

    /** Takes the request over: it is released when it has been answered. */
    void dispatch(ClientRequest request) {
        CommandCode command = request.command();
        countRequest(request);
        if (command == null) {
            refuse(request, ErrorCode.NOT_SUPPORTED);
            return;
        }
        if (session.lost() != null && !isForgiving(request, command)) {
            endLostSession(request, session.lost());
            return;
        }
        if (session.isProxySys()) {
            dispatchProxySys(request, command);
            return;
        }
        if (!session.isPassThrough()) {
            session.imposed().follow(session.context().config().get());
        }
        if (request.declaredLength() > LEAST_MAX_ALLOWED_PACKET
                && request.declaredLength() > session.maxAllowedPacket()) {
            refuseOversized(request, command);
            return;
        }
        switch (command) {
            case COM_QUIT -> {
                request.release();
                session.quit();
            }
            case COM_PING -> answerOk(request);
            case COM_QUERY -> dispatchQuery(request);
            case COM_STMT_PREPARE -> dispatchPrepare(request);
            case COM_STMT_EXECUTE -> dispatchExecute(request);
            case COM_STMT_SEND_LONG_DATA -> dispatchLongData(request);
            case COM_STMT_FETCH -> dispatchFetch(request, command);
            case COM_STMT_RESET -> dispatchReset(request);
            case COM_STMT_CLOSE -> closeStatement(request);
            case COM_CHANGE_USER -> changeUser(request);
            case COM_RESET_CONNECTION -> start(request, new RequestKinds.ResetConnection());
            case COM_SET_OPTION -> dispatchSetOption(request);
            case COM_PROCESS_INFO, COM_PROCESS_KILL -> processes(request, command);
            case COM_INIT_DB, COM_FIELD_LIST, COM_STATISTICS -> start(request, new RequestKinds.Command(command, true));
            case COM_STMT_PREPARE_EXECUTE, COM_STMT_SEND_PIECE_DATA, COM_STMT_GET_PIECE_DATA ->
                dispatchDriverCommand(request, command);
            case COM_TABLE_DUMP, COM_CONNECT_OUT -> refuse(request, ErrorCode.NOT_SUPPORTED);
            default -> start(request, new RequestKinds.Command(command, false));
        }
    }

    private void start(ClientRequest request, RequestKind kind) {
        if (session.transaction().held() != null && isBadRoute(kind)) {
            session.transaction().dropHeld();
            session.intake().refuse(request, ErrorCode.BAD_ROUTE_REQUEST);
        } else {
            session.flow().start(request, kind);
        }
    }

    /**
     * With {@code enable_bad_route_reject}: the first statement of a transaction says nothing about where that should be
     * (original: ob_mysql_transact.h:1075-1085; the transaction is given up).
     */
    private boolean isBadRoute(RequestKind kind) {
        StatementSummary summary = kind.summary();
        return kind.needsSync()
                && kind.code().expectsResponse()
                && (summary == null || (summary.table() == null && summary.kind() != StatementKind.CALL))
                && session.context().config().get().get(Parameters.ENABLE_BAD_ROUTE_REJECT);
    }

    private void answerOk(ClientRequest request) {
        session.client().sendOk(request.sequence() + 1, AnswerStatus.ofOk(session));
        answered(request);
    }

    private void refuse(ClientRequest request, ErrorCode code) {
        session.client().sendError(request.sequence() + 1, code);
        answered(request);
    }

    private void refuseOversized(ClientRequest request, CommandCode command) {
        PreparedStatement statement = command == CommandCode.COM_STMT_SEND_LONG_DATA ? statementOf(request) : null;
        if (statement != null) {
            statement.loseLongData();
        }
        session.intake().refuse(request, command.expectsResponse() ? ErrorCode.NET_PACKET_TOO_LARGE : null);
    }

    private void answered(ClientRequest request) {
        session.statistics().countInternal();
        request.release();
        session.requestDone();
    }

    private void changeUser(ClientRequest request) {
        if (session.isPassThrough()) {
            start(request, new RequestKinds.ChangeUser());
        } else {
            new ChangeUserFlow(session).start(request);
        }
    }

    private void processes(ClientRequest request, CommandCode command) {
        if (session.isPassThrough() || !session.context().internalCommands().answerCommand(session, request, command)) {
            start(request, new RequestKinds.Command(command, false));
        }
    }

    private void countRequest(ClientRequest request) {
        session.statistics().count(SessionStatistics.Counter.CLIENT_REQUESTS);
        if (!request.isComplete()) {
            session.statistics().count(SessionStatistics.Counter.CLIENT_LARGE_REQUESTS);
        }
    }

    /** No server is behind an account of the proxy's own. */
    private void dispatchProxySys(ClientRequest request, CommandCode command) {
        switch (command) {
            case COM_QUIT -> {
                request.release();
                session.quit();
            }
            case COM_PING -> answerOk(request);
            case COM_INIT_DB -> {
                session.state().database(new String(request.argument(), StandardCharsets.UTF_8));
                answerOk(request);
            }
            case COM_QUERY -> {
                boolean answered = session.context().internalCommands().answer(session, request, reader.read(request));
                if (!answered) {
                    refuse(request, ErrorCode.NOT_SUPPORTED);
                }
            }
            default -> refuse(request, ErrorCode.NOT_SUPPORTED);
        }
    }

    // --- a transaction or other state of the session went down with its server while the client was idle

    /** Whether the client may go on because the command gives up, or does not need, what was lost. */
    private boolean isForgiving(ClientRequest request, CommandCode command) {
        return switch (command) {
            case COM_QUIT, COM_STMT_CLOSE, COM_RESET_CONNECTION, COM_CHANGE_USER -> true;
            default -> isForgivingRollback(request, command);
        };
    }

    /** ROLLBACK is what the server has done already. */
    private boolean isForgivingRollback(ClientRequest request, CommandCode command) {
        if (command != CommandCode.COM_QUERY || session.lost() != PinReason.TRANSACTION) {
            return false;
        }
        StatementSummary summary = reader.read(request);
        boolean rollback = summary.kind() == StatementKind.ROLLBACK && isPlainEnd(summary);
        if (rollback) {
            session.forgetLost();
        }
        return rollback;
    }

    private void endLostSession(ClientRequest request, @Nullable PinReason pin) {
        int sequence = request.sequence() + 1;
        request.release();
        session.breakOff(
                BreakOff.stateLost(pin == null ? PinReason.TRANSACTION : pin, "that server has gone"), sequence);
    }

    // --- text

    private void dispatchQuery(ClientRequest request) {
        StatementSummary summary = reader.read(request);
        session.statistics().countStatement(summary.kind());
        if (summary.proxyCommand() != null
                && session.context().internalCommands().answer(session, request, summary)) {
            return;
        }
        ErrorCode refusal = session.imposed().refusal(summary);
        if (refusal != null) {
            session.intake().refuse(request, refusal);
            return;
        }
        if (request.isComplete() && answersTransactionItself(request, summary)) {
            return;
        }
        RequestKind kind = textStatements.kindOf(request, summary);
        if (kind == null) {
            answerOk(request);
        } else {
            start(request, kind);
        }
    }

    /** BEGIN waits for the first statement, which decides on the server; an empty transaction needs no server at all. */
    private boolean answersTransactionItself(ClientRequest request, StatementSummary summary) {
        if (session.transaction().isInTransaction() || session.isPassThrough()) {
            return false;
        }
        HeldStart held = session.transaction().held();
        if (held != null && held.xa()) {
            // Whatever ends or begins a transaction is an error inside of a branch; the server says which.
            return false;
        }
        if (held == null && isPlainXaStart(summary) && session.pinFor(null) == null) {
            session.transaction().hold(new HeldStart(request.argument(), true, false));
            answerOk(request);
            return true;
        }
        if (summary.detail() instanceof StatementDetail.TransactionStart start
                && start.plain()
                && !start.consistentSnapshot()
                && session.pinFor(null) != PinReason.LOCK_TABLES) {
            boolean readOnly = start.access() == StatementDetail.Access.READ_ONLY;
            session.transaction().hold(new HeldStart(request.argument(), false, readOnly));
            answerOk(request);
            return true;
        }
        if (held != null && isPlainEnd(summary) && !session.state().isSetTransactionPending()) {
            session.transaction().dropHeld();
            answerOk(request);
            return true;
        }
        return false;
    }

    /** XA START of a new branch that may wait for its first statement ({@code enable_xa_route}). */
    private boolean isPlainXaStart(StatementSummary summary) {
        return summary.kind() == StatementKind.XA_START
                && !summary.isMulti()
                && summary.detail() instanceof StatementDetail.Xa xa
                && xa.suffix().isEmpty()
                && !xa.xid().isEmpty()
                && session.context().config().get().get(Parameters.ENABLE_XA_ROUTE);
    }

    /** COMMIT or ROLLBACK, without more. */
    static boolean isPlainEnd(StatementSummary summary) {
        return (summary.kind() == StatementKind.COMMIT || summary.kind() == StatementKind.ROLLBACK)
                && !summary.isMulti()
                && summary.detail() instanceof StatementDetail.TransactionEnd end
                && !end.chain()
                && !end.release();
    }

    // --- binary prepared statements

    private void dispatchPrepare(ClientRequest request) {
        if (!request.isComplete()) {
            // The text is needed again whenever another server must prepare it.
            session.intake().refuse(request, ErrorCode.NET_PACKET_TOO_LARGE);
            return;
        }
        start(request, new PreparedKinds.Prepare(reader.understand(request.argument())));
    }

    private @Nullable PreparedStatement statementOf(ClientRequest request) {
        long id = PreparedKinds.statementId(request);
        return id < 0 ? null : session.statements().find(id);
    }

    private void dispatchExecute(ClientRequest request) {
        PreparedStatement statement = statementOf(request);
        if (statement == null) {
            session.intake().refuse(request, ErrorCode.PREPARED_STATEMENT_NOT_FOUND);
            return;
        }
        start(request, new PreparedKinds.Execute(statement, request));
    }

    private void dispatchLongData(ClientRequest request) {
        PreparedStatement statement = statementOf(request);
        if (statement == null) {
            // The command has no answer; the execute that follows gets the error.
            session.intake().refuse(request, null);
            return;
        }
        start(request, new PreparedKinds.LongData(statement));
    }

    private void dispatchFetch(ClientRequest request, CommandCode command) {
        PreparedStatement statement = statementOf(request);
        if (statement == null || PreparedKinds.cursorLink(session, statement) == null) {
            boolean oracle = session.routing().values().oracle();
            refuse(request, oracle ? ErrorCode.ORACLE_FETCH_OUT_OF_SEQUENCE : ErrorCode.CURSOR_NOT_EXIST);
            return;
        }
        start(request, new PreparedKinds.Fetch(command, statement));
    }

    /** Commands of OceanBase's own drivers: from a client that is none, servers take them for anything. */
    private void dispatchDriverCommand(ClientRequest request, CommandCode command) {
        if (session.isPassThrough() || !session.client().has(Capabilities.SUPPORT_ORACLE_MODE)) {
            session.intake().refuse(request, ErrorCode.NOT_SUPPORTED);
            return;
        }
        switch (command) {
            case COM_STMT_GET_PIECE_DATA -> dispatchFetch(request, command);
            case COM_STMT_SEND_PIECE_DATA -> {
                PreparedStatement statement = statementOf(request);
                if (statement == null) {
                    session.intake().refuse(request, ErrorCode.PREPARED_STATEMENT_NOT_FOUND);
                } else {
                    start(request, new DriverKinds.SendPiece(statement));
                }
            }
            default -> dispatchPrepareExecute(request);
        }
    }

    private void dispatchPrepareExecute(ClientRequest request) {
        byte[] text = DriverKinds.text(request);
        if (text == null) {
            session.intake()
                    .refuse(
                            request,
                            request.isComplete() ? ErrorCode.MALFORMED_PACKET : ErrorCode.NET_PACKET_TOO_LARGE);
            return;
        }
        PreparedStatement statement = statementOf(request);
        if (statement == null && PreparedKinds.statementId(request) != 0) {
            session.intake().refuse(request, ErrorCode.PREPARED_STATEMENT_NOT_FOUND);
            return;
        }
        start(request, new DriverKinds.PrepareExecute(request, reader.understand(text), statement));
    }

    private void dispatchReset(ClientRequest request) {
        PreparedStatement statement = statementOf(request);
        if (statement == null) {
            refuse(request, ErrorCode.PREPARED_STATEMENT_NOT_FOUND);
            return;
        }
        ServerLink target = null;
        for (ServerLink link : session.links().all()) {
            ServerStatement there = link.state().statement(statement.clientId());
            if (there == null || !(there.isCursorOpen() || statement.longDataOn() == link.state())) {
                continue;
            }
            if (target == null) {
                target = link;
            } else {
                there.cursorOpen(false);
                Cleanup.resetStatement(link, there.serverId());
            }
        }
        if (target == null) {
            statement.longDataOn(null);
            answerOk(request);
        } else {
            start(request, new PreparedKinds.Reset(statement, target));
        }
    }

    /** COM_STMT_CLOSE has no answer. */
    private void closeStatement(ClientRequest request) {
        PreparedStatement statement = statementOf(request);
        if (statement != null) {
            session.statements().remove(statement.clientId());
            for (ServerLink link : session.links().all()) {
                ServerStatement there = link.state().forget(statement.clientId());
                if (there != null) {
                    Cleanup.closeStatement(link, there.serverId());
                }
            }
        }
        answered(request);
    }

    private void dispatchSetOption(ClientRequest request) {
        if (request.payloadLength() < 3) {
            refuse(request, ErrorCode.MALFORMED_PACKET);
            return;
        }
        int option = request.bytes().getUnsignedShortLE(request.payloadStart() + 1);
        start(request, new RequestKinds.SetOption(option == MULTI_STATEMENTS_ON));
    }
}
