package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.LinkOwner;
import com.oceanbase.odp.proxy.backend.LoginOutcome;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.backend.ServerLogin;
import com.oceanbase.odp.proxy.frontend.ClientConnection;
import com.oceanbase.odp.proxy.frontend.RequestFramer;
import com.oceanbase.odp.proxy.login.LoginContext;
import com.oceanbase.odp.proxy.login.ObServerLogin;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.proxy.state.StatementRegistry;
import com.oceanbase.odp.proxy.state.TransactionState;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantView;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one client: its connection, its state, its server links and the request that is on its way. Owned by the
 * event loop of the client's channel, on which all its server links live too: there are no locks, and nothing waits.
 * Other threads look at it only through {@link #execute}.
 */
public final class ClientSession {
    private final SessionIdentity identity;
    private final ProxyContext context;
    private final SessionSettings settings;
    private final LoopResources loop;
    private final ClientConnection client;
    private final RequestFramer framer;
    private final SessionState state = new SessionState();
    private final TransactionState transaction = new TransactionState();
    private final StatementRegistry statements = new StatementRegistry();
    private final ServerLinkSet links = new ServerLinkSet();
    private final SessionLinks linkOwner = new SessionLinks(this);
    private final SessionLog log = new SessionLog(this);
    private final SessionStatistics statistics = new SessionStatistics();
    private final SessionClock clock;
    private final SessionRouting routing = new SessionRouting(this);
    private final RouteDiagnosis diagnosis = new RouteDiagnosis(this);
    private final StatementReader reader = new StatementReader(this);
    private final StateLearner learner = new StateLearner(this);
    private final ImposedVariables imposed = new ImposedVariables(this);
    private final RequestAttempts attempts;
    private final RequestFlow flow;
    private final RequestIntake intake;
    private @Nullable LoginContext login;
    private @Nullable TenantView tenant;
    private ObServerLogin.@Nullable Origin origin;
    private @Nullable PinReason lost;
    private boolean passThrough;
    private boolean closed;

    public ClientSession(
            SessionIdentity identity,
            ProxyContext context,
            SessionSettings settings,
            LoopResources loop,
            ClientConnection client) {
        this.identity = identity;
        this.context = context;
        this.settings = settings;
        this.loop = loop;
        this.client = client;
        this.framer = new RequestFramer(settings.keepLimit(), settings.prefixLength(), this::maxAllowedPacket);
        this.attempts = RequestAttempts.of(context.config().get().get(Parameters.ENABLE_TRACE_STATS));
        this.clock = new SessionClock(this);
        this.flow = new RequestFlow(this);
        this.intake = new RequestIntake(this, framer, flow);
    }

    /** The session is one of those of its event loop, on which this is called, from now on. */
    public void begun() {
        loop.timers().add(this);
    }

    // --- login

    /** The first server accepted the client: the session begins on that link. Used again by COM_CHANGE_USER. */
    public void begin(LoginContext newLogin, ObServerLogin.Origin newOrigin, TenantView newTenant, ServerLink first) {
        links.closeOthers(first);
        transaction.reset();
        statements.clear();
        lost = null;
        login = newLogin;
        origin = newOrigin;
        tenant = newTenant;
        state.begin(first.state().baseline(), first.state().database());
        state.oracleMode(first.state().isOracleMode());
        imposed.forget();
        links.add(first);
        links.current(first);
        log.loggedIn(first);
    }

    /** Name of the service that the client logged in to; null if it named a tenant. */
    @Nullable
    String service() {
        ObServerLogin.Origin from = origin;
        return from == null ? null : from.service();
    }

    /** Another tenant is the primary of the session's service: all links end, the next ones log in there. */
    void moveTo(TenantView newTenant) {
        links.closeOthers(null);
        login = ServiceSwitch.loginAt(login(), newTenant);
        origin = ServiceSwitch.originAt(origin, newTenant);
        tenant = newTenant;
    }

    /** What the client logged in with. */
    public LoginContext login() {
        LoginContext current = login;
        if (current == null) {
            throw new IllegalStateException("not logged in");
        }
        return current;
    }

    /** Whether the client talks to the proxy itself and has no cluster behind it. */
    public boolean isProxySys() {
        LoginContext current = login;
        return current != null && current.account().isProxySys();
    }

    /** The client is the proxy's own administrator. */
    public void beginProxySys(LoginContext newLogin) {
        login = newLogin;
    }

    /** Whether a plain MySQL server is behind this session: it keeps its state itself. */
    public boolean isPassThrough() {
        return passThrough;
    }

    /** The client logged in to a plain MySQL server through the proxy: everything goes there. */
    public void beginPassThrough(LoginContext newLogin, TenantView server, ServerLink link) {
        passThrough = true;
        login = newLogin;
        tenant = server;
        state.begin(link.state().baseline(), link.state().database());
        links.add(link);
        links.current(link);
        log.loggedIn(link);
    }

    /** Name of the account for logs, empty before the login. */
    public String accountName() {
        LoginContext current = login;
        return current == null ? "" : current.account().full();
    }

    /** Whether a login has succeeded. */
    public boolean isLoggedIn() {
        return login != null;
    }

    // --- what it consists of

    public long id() {
        return identity.id();
    }

    /** When the client connected, milliseconds since the epoch. */
    public long acceptedAtMillis() {
        return identity.acceptedAtMillis();
    }

    public long proxySessionId() {
        return identity.proxySessionId();
    }

    public ProxyContext context() {
        return context;
    }

    public SessionSettings settings() {
        return settings;
    }

    public ClientConnection client() {
        return client;
    }

    public SessionState state() {
        return state;
    }

    public TransactionState transaction() {
        return transaction;
    }

    public SessionLog log() {
        return log;
    }

    /** What the session has done so far. */
    public SessionStatistics statistics() {
        return statistics;
    }

    /** How the session's requests are routed, for the diagnosis log. */
    public RouteDiagnosis diagnosis() {
        return diagnosis;
    }

    SessionClock clock() {
        return clock;
    }

    LoopResources loop() {
        return loop;
    }

    RequestFramer framer() {
        return framer;
    }

    StatementRegistry statements() {
        return statements;
    }

    ServerLinkSet links() {
        return links;
    }

    RequestIntake intake() {
        return intake;
    }

    RequestFlow flow() {
        return flow;
    }

    /** The session as the router sees it. */
    SessionRouting routing() {
        return routing;
    }

    /** Servers on which the last request was tried. */
    public RequestAttempts attempts() {
        return attempts;
    }

    ImposedVariables imposed() {
        return imposed;
    }

    /** Takes over what servers tell of the session. */
    StateLearner learner() {
        return learner;
    }

    StatementReader reader() {
        return reader;
    }

    TenantView refreshedTenant() {
        TenantView current = tenant;
        if (current == null) {
            throw new IllegalStateException("not logged in");
        }
        TenantView refreshed = context.tenants().refreshed(current);
        tenant = refreshed;
        return refreshed;
    }

    /** System variables of the session's tenant; of none, the built-in ones. */
    public SystemVariableCatalog variableCatalog() {
        return tenant == null
                ? SystemVariableCatalog.builtIn()
                : refreshedTenant().variables();
    }

    /** Runs something on the session's event loop: the only way for other threads. */
    public void execute(Consumer<ClientSession> action) {
        client.eventLoop().execute(() -> guard(() -> action.accept(this)));
    }

    private void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException unexpected) {
            onUnexpected(unexpected);
        }
    }

    /** A fault of the proxy: the session ends rather than leaving its client without an answer. */
    public void onUnexpected(RuntimeException fault) {
        log.unexpected(fault);
        breakOff(BreakOff.withError(ErrPacket.of(ErrorCode.PROXY_INTERNAL_ERROR)));
    }

    public boolean isClosed() {
        return closed;
    }

    // --- from the client

    /** Bytes of the client; owned by the session from now on. */
    public void onBytes(ByteBuf bytes) {
        if (closed) {
            bytes.release();
            return;
        }
        clock.clientActive();
        intake.take(bytes);
    }

    /** The client's output may be filled again, or must not. */
    public void onClientWritabilityChanged() {
        clock.clientWritabilityChanged();
        intake.clientWritabilityChanged();
    }

    /** The client has gone. */
    public void onClientGone() {
        if (!closed) {
            log.clientGone(flow.isActive() ? "handling a request" : "between requests");
            StatementKill.abandon(this);
            close();
        }
    }

    /** COM_QUIT. */
    void quit() {
        close();
        client.close();
    }

    // --- requests

    /** The request has been answered: the next one may come. */
    void requestDone() {
        clock.requestDone();
        if (state.memory() + statements.memory() > settings.memoryLimit()) {
            breakOff(BreakOff.memoryExceeded(), -1);
            return;
        }
        if (!closed) {
            intake.advance();
        }
    }

    /** The proxy is about to answer a request itself, possibly later: no other one is taken until {@link #internalDone}. */
    public void internalBegin() {
        intake.answering(true);
    }

    /** The proxy has answered. */
    public void internalDone() {
        intake.answering(false);
        statistics.countInternal();
        requestDone();
    }

    /** Longest request, bytes, that the session's servers accept; unlimited when they did not say. */
    long maxAllowedPacket() {
        return state.numericVariable("max_allowed_packet", Long.MAX_VALUE);
    }

    /** Why the session must stay where it is for this statement, null when it need not. */
    @Nullable
    PinReason pinFor(@Nullable StatementSummary summary) {
        if (passThrough) {
            return PinReason.SINGLE_SERVER;
        }
        if (transaction.isInTransaction()) {
            return PinReason.TRANSACTION;
        }
        PinReason pin = links.pin(transaction, state);
        if (pin != null) {
            return pin;
        }
        return summary != null && summary.dependsOnLastServer() ? PinReason.PREVIOUS_STATEMENT : null;
    }

    /** What was lost with a server while no request was on its way; null when nothing was. */
    @Nullable
    PinReason lost() {
        return lost;
    }

    /** What bound the session to a server went down with it; the client has its answer to the last request. */
    void lose(@Nullable PinReason what) {
        PinReason beside = what == PinReason.TRANSACTION ? transaction.pin(state) : null;
        lost = beside == null ? what : beside;
        transaction.serverLost();
    }

    /** The client knows: what was lost does not matter any more. */
    void forgetLost() {
        lost = null;
    }

    // --- links

    /** The login for further links of the session. */
    ServerLogin serverLogin() {
        ObServerLogin.Origin from = origin;
        if (from == null) {
            throw new IllegalStateException("not logged in");
        }
        return new ObServerLogin(login(), from, false);
    }

    /** Opens a link with a login of its own: the first one, or that of COM_CHANGE_USER. */
    public void connect(ServerAddress address, ServerLogin serverLogin, Consumer<LoginOutcome> outcome) {
        statistics.count(SessionStatistics.Counter.SERVER_CONNECT_COUNT);
        context.connector()
                .connect(
                        linkOwner, address, serverLogin, settings.links(), found -> guard(() -> outcome.accept(found)));
    }

    /** Whom the session's links tell what happens to them. */
    public LinkOwner linkOwner() {
        return linkOwner;
    }

    /** Closes the link for good. */
    void dropLink(ServerLink link) {
        links.remove(link);
        link.close();
    }

    /** Looks at the timers. Returns when to look again. */
    long checkTimers(long nowNanos) {
        try {
            return closed ? SessionTimers.NEVER : clock.check(nowNanos);
        } catch (RuntimeException unexpected) {
            onUnexpected(unexpected);
            return SessionTimers.NEVER;
        }
    }

    /** Ends the session with the request in flight as the one that is answered by the error. */
    void breakOff(BreakOff reason) {
        breakOff(reason, flow.isActive() ? flow.failure().errorSequence() : -1);
    }

    /** Ends the session. The client is told in a packet with this sequence number; -1: it is not. */
    void breakOff(BreakOff reason, int errorSequence) {
        if (closed) {
            return;
        }
        log.brokenOff(reason.error());
        if (reason.tellClient() && errorSequence >= 0) {
            client.sendError(errorSequence, reason.error());
        }
        close();
        client.closeAfterWrites();
    }

    /** A timer fired: the client, which does nothing that could be answered, is disconnected. */
    void expire(String timer) {
        breakOff(BreakOff.timeout(timer), -1);
    }

    /** Ends the session because somebody asked for it; the client's connection closes. */
    public void kill() {
        if (!closed) {
            log.brokenOff(new ErrPacket(1317, "70100", "killed"));
            close();
            client.close();
        }
    }

    private void close() {
        closed = true;
        context.sessions().remove(this);
        loop.timers().remove(this);
        flow.cancel();
        links.closeOthers(null);
        framer.release();
    }
}
