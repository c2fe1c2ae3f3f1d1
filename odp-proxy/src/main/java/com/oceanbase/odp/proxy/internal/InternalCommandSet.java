package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.protocol.command.CommandCode;
import com.oceanbase.odp.protocol.packet.ObCapabilities;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.proxy.internal.InternalCommand.Call;
import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.InternalCommands;
import com.oceanbase.odp.sql.ProxyCommand;
import com.oceanbase.odp.sql.StatementSummary;
import java.util.List;

/**
 * The statements that the proxy answers itself, and who may use them: what concerns sessions is for everybody, what
 * concerns the proxy as a whole for {@code root@proxysys} and {@code root@sys}; from others it goes to the server
 * as any text does (obproxy src/obproxy/proxy/mysqllib/ob_mysql_request_analyzer.cpp:814-895). Safe for all threads.
 */
public final class InternalCommandSet implements InternalCommands {
    private static final int PROCESS_KILL_PAYLOAD = 5;
    private static final int ID_VERSION_OF_SERVERS = 2;

    private final ShowProxySession showProxySession = new ShowProxySession();
    private final ShowProxyConfig showProxyConfig = new ShowProxyConfig();
    private final ShowProxyRoute showProxyRoute = new ShowProxyRoute();
    private final ShowProxyTrace showProxyTrace = new ShowProxyTrace();
    private final ProxySysStatements proxySysStatements = new ProxySysStatements();

    @Override
    public boolean answer(ClientSession session, ClientRequest request, StatementSummary summary) {
        Caller caller = Caller.of(session);
        ProxyCommand command = summary.proxyCommand();
        if (session.isProxySys()) {
            answerProxySys(session, request, summary, caller);
            return true;
        }
        if (command == null || !request.isComplete() || isForServer(session, caller, command.type())) {
            return false;
        }
        run(call(session, caller, command.arguments(), request), command);
        return true;
    }

    @Override
    public boolean answerCommand(ClientSession session, ClientRequest request, CommandCode command) {
        if (serversKnowIds(session)) {
            return false;
        }
        Caller caller = Caller.of(session);
        if (command == CommandCode.COM_PROCESS_INFO) {
            ShowSessionList.processes(call(session, caller, List.of(), request));
            return true;
        }
        boolean wellFormed = request.isComplete() && request.payloadLength() == PROCESS_KILL_PAYLOAD;
        long id = wellFormed ? request.bytes().getUnsignedIntLE(request.payloadStart() + 1) : 0;
        Call call = call(session, caller, List.of(), request);
        if (wellFormed) {
            KillCommand.session(call, id);
        } else {
            call.reply().error(ErrorCode.MALFORMED_PACKET);
        }
        return true;
    }

    private static Call call(
            ClientSession session, Caller caller, List<ProxyCommand.Argument> arguments, ClientRequest request) {
        return new Call(session, caller, new CommandArguments(arguments), new Reply(session, request));
    }

    private void answerProxySys(ClientSession session, ClientRequest request, StatementSummary summary, Caller caller) {
        ProxyCommand command = summary.proxyCommand();
        Call call = call(session, caller, command == null ? List.of() : command.arguments(), request);
        if (!request.isComplete()) {
            call.reply().error(ErrorCode.NET_PACKET_TOO_LARGE);
        } else if (command != null && isForProxySys(command.type(), caller)) {
            run(call, command);
        } else {
            proxySysStatements.answer(call, request.argument(), summary);
        }
    }

    /** Questions about variables are answered with those of the account. */
    private static boolean isForProxySys(ProxyCommand.Type type, Caller caller) {
        return switch (type) {
            case PING_PROXY -> true;
            case SELECT_TX_READ_ONLY, SELECT_ROUTE_ADDRESS, SET_ROUTE_ADDRESS -> false;
            default -> caller.isProxyAdministrator();
        };
    }

    private void run(Call call, ProxyCommand command) {
        switch (command.type()) {
            case PING_PROXY -> FixedAnswers.ping(call);
            case SELECT_PROXY_VERSION -> FixedAnswers.version(call, command);
            case SELECT_PROXY_STATUS -> FixedAnswers.status(call, command);
            case SHOW_SLAVE_HOSTS -> FixedAnswers.slaveHosts(call);
            case SHOW_RELAYLOG_EVENTS -> FixedAnswers.relaylogEvents(call);
            case BINLOG -> call.reply().ok();
            case SHOW_PROCESSLIST -> ShowSessionList.processes(call);
            case SHOW_PROXYSESSION -> showProxySession.run(call);
            case SHOW_PROXYCONFIG -> showProxyConfig.run(call);
            case SHOW_PROXYROUTE -> showProxyRoute.run(call);
            case SHOW_PROXYTRACE -> showProxyTrace.run(call);
            case EXPLAIN_ROUTE -> ExplainRoute.run(call, command.arguments());
            case KILL -> KillCommand.kill(call);
            case KILL_PROXYSESSION -> KillCommand.killProxySession(call);
            default ->
                call.reply()
                        .error(
                                ErrorCode.NOT_SUPPORTED_YET,
                                command.type().name().replace('_', ' '));
        }
    }

    /** Whether a command of this session goes to a server although the proxy knows the words. */
    private static boolean isForServer(ClientSession session, Caller caller, ProxyCommand.Type type) {
        return switch (type) {
            case PING_PROXY,
                    SELECT_PROXY_VERSION,
                    SELECT_PROXY_STATUS,
                    SHOW_PROXYSESSION,
                    KILL_PROXYSESSION,
                    EXPLAIN_ROUTE -> false;
            // A plain MySQL server gave the client its connection id and has relay logs of its own.
            case SHOW_PROCESSLIST, KILL -> session.isPassThrough() || serversKnowIds(session);
            case SHOW_SLAVE_HOSTS, SHOW_RELAYLOG_EVENTS, BINLOG -> session.isPassThrough();
            // Servers answer from the same variables; the address is not kept by the proxy.
            case SELECT_TX_READ_ONLY, SELECT_ROUTE_ADDRESS, SET_ROUTE_ADDRESS -> true;
            default -> !caller.isAdministrator();
        };
    }

    /** Whether connection ids mean the same to clients and servers, so that servers list and end sessions. */
    private static boolean serversKnowIds(ClientSession session) {
        return session.settings().clientSessionIdVersion() == ID_VERSION_OF_SERVERS
                && !session.isProxySys()
                && ObCapabilities.has(
                        session.state().baseline().capabilityFlag(), ObCapabilities.ENABLE_CLIENT_SESSION_ID_V2);
    }
}
