package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.LoginOutcome;
import com.oceanbase.odp.proxy.login.LoginContext;
import com.oceanbase.odp.proxy.login.ObServerLogin;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.routing.ServiceLookup;
import com.oceanbase.odp.routing.SessionView;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.TenantView;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs a client in: finds its tenant, chooses a server and lets that server check the password. Serves the login itself
 * and COM_CHANGE_USER, which is a login on a connection that exists. Event loop confined.
 */
public final class LoginFlow {
    /** The directory has time limits of its own; this one is for the case that it fails altogether. */
    private static final long LOOKUP_SECONDS = 30;

    /** Tenants of a service that one login tries. */
    private static final int MAX_INSTANCES = 3;

    private final ClientSession session;
    private final @Nullable String service;
    private final Consumer<@Nullable ErrPacket> done;
    private final Set<ServerAddress> excluded = new HashSet<>(2);
    private LoginContext login;
    private ObServerLogin.Origin origin;
    private @Nullable ServiceInstance instance;
    private int serviceAttempts;
    private int attempts;
    private @Nullable ErrPacket lastError;

    /** @param done gets null when the session has {@linkplain ClientSession#begin begun}, else the error for the client */
    public LoginFlow(ClientSession session, LoginContext login, Consumer<@Nullable ErrPacket> done) {
        this.session = session;
        this.login = login;
        this.done = done;
        boolean services = session.context().config().get().get(Parameters.ENABLE_STANDBY);
        this.service = services ? login.account().service() : null;
        this.origin = origin(session, login, service);
    }

    private static ObServerLogin.Origin origin(ClientSession session, LoginContext login, @Nullable String service) {
        InetSocketAddress remote = session.client().remoteAddress();
        SessionSettings settings = session.settings();
        return new ObServerLogin.Origin(
                session.id(),
                session.proxySessionId(),
                settings.tellClientIp() ? remote.getAddress().getHostAddress() : null,
                remote.getPort(),
                TimeUnit.MILLISECONDS.toMicros(session.acceptedAtMillis()),
                settings.checkCluster() ? login.account().cluster() : null,
                session.context().version(),
                settings.clientSessionIdVersion(),
                settings.ob20(),
                service);
    }

    public void start() {
        if (service != null) {
            findInstance(service);
        } else {
            findTenant();
        }
    }

    /** The login goes to the tenant that is the primary of its service. */
    private void findInstance(String name) {
        session.context()
                .tenants()
                .service(name)
                .copy()
                .orTimeout(LOOKUP_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> new ServiceLookup.Unavailable(String.valueOf(failure)))
                .thenAccept(found -> session.execute(same -> onInstance(found)));
    }

    private void onInstance(ServiceLookup lookup) {
        if (session.isClosed()) {
            return;
        }
        switch (lookup) {
            case ServiceLookup.Found(ServiceInstance found) -> {
                instance = found;
                login = login.withAccount(login.account().at(found));
                origin = origin.withCluster(session.settings().checkCluster() ? found.cluster() : null);
                findTenant();
            }
            case ServiceLookup.Unknown _ -> done.accept(packet(ErrorCode.SERVICE_NAME_NOT_FOUND));
            case ServiceLookup.Unavailable unavailable ->
                done.accept(unavailable("service " + service, unavailable.why()));
        }
    }

    /** The tenant is not the primary: the next instance may be. Returns whether it is tried. */
    private boolean triesAnotherInstance(ErrPacket error) {
        ServiceInstance refused = instance;
        if (service == null || refused == null || !RetryRules.isAnotherInstance(error.errno())) {
            return false;
        }
        session.context().tenants().notPrimary(service, refused);
        boolean again = ++serviceAttempts < MAX_INSTANCES;
        if (again) {
            excluded.clear();
            findInstance(service);
        }
        return again;
    }

    private void findTenant() {
        String cluster = login.account().cluster();
        String tenant = login.account().tenant();
        TenantView known = session.context().tenants().cached(cluster, tenant);
        if (known != null) {
            attempt(known);
            return;
        }
        session.context()
                .tenants()
                .lookup(cluster, tenant)
                .copy()
                .orTimeout(LOOKUP_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> new TenantLookup.Unavailable(String.valueOf(failure)))
                .thenAccept(found -> session.execute(same -> onTenant(found)));
    }

    private void onTenant(TenantLookup lookup) {
        if (session.isClosed()) {
            return;
        }
        switch (lookup) {
            case TenantLookup.Found found -> attempt(found.tenant());
            case TenantLookup.UnknownCluster _ -> done.accept(packet(ErrorCode.CLUSTER_NOT_EXIST));
            case TenantLookup.UnknownTenant _ -> done.accept(accessDenied(session, login));
            case TenantLookup.Unavailable unavailable ->
                done.accept(unavailable("cluster " + login.account().cluster(), unavailable.why()));
        }
    }

    private static ErrPacket unavailable(String what, String why) {
        ErrorCode code = ErrorCode.SERVER_BUILD_CONNECTION_FAILED;
        return new ErrPacket(code.errno(), "08S01", code.format() + " (" + what + ": " + why + ")");
    }

    private void attempt(TenantView tenant) {
        RouteDecision decision =
                session.context().router().route(new RouteRequest(tenant, SessionView.LOGIN, null, excluded, 0));
        switch (decision) {
            case RouteDecision.Use use ->
                session.connect(
                        use.server(),
                        new ObServerLogin(login, origin, true),
                        outcome -> onOutcome(tenant, use.server(), outcome));
            case RouteDecision.Wait _ -> throw new IllegalStateException("a login has no table");
            case RouteDecision.Refuse refuse -> {
                ErrPacket error = lastError;
                done.accept(
                        error != null
                                ? error
                                : new ErrPacket(
                                        refuse.code().errno(), refuse.code().sqlState(), refuse.message()));
            }
        }
    }

    private void onOutcome(TenantView tenant, ServerAddress server, LoginOutcome outcome) {
        switch (outcome) {
            case LoginOutcome.LoggedIn loggedIn -> {
                if (session.isClosed()) {
                    loggedIn.link().close();
                    return;
                }
                session.context().health().reportAlive(server);
                session.begin(login, origin, tenant, loggedIn.link());
                done.accept(null);
            }
            case LoginOutcome.Refused refused -> {
                session.context()
                        .health()
                        .reportServerError(server, refused.error().errno());
                if (RetryRules.isLoginElsewhere(refused.error().errno())) {
                    again(tenant, server, refused.error());
                } else if (!session.isClosed() && !triesAnotherInstance(refused.error())) {
                    done.accept(refused.error());
                }
            }
            case LoginOutcome.Failed failed -> {
                session.context().health().reportConnectFailure(server);
                session.log().connectFailed(server, failed.cause());
                again(tenant, server, BreakOff.connectError(server, failed.cause()));
            }
        }
    }

    private void again(TenantView tenant, ServerAddress failed, ErrPacket error) {
        if (session.isClosed()) {
            return;
        }
        lastError = error;
        excluded.add(failed);
        if (++attempts > session.settings().maxRetries()) {
            done.accept(error);
        } else {
            attempt(session.context().tenants().refreshed(tenant));
        }
    }

    private static ErrPacket packet(ErrorCode code) {
        return new ErrPacket(code.errno(), code.sqlState(), code.format());
    }

    /** MySQL's own words for a login that is refused without naming the reason. */
    public static ErrPacket accessDenied(ClientSession session, LoginContext login) {
        ErrorCode code = ErrorCode.ACCESS_DENIED;
        return new ErrPacket(
                code.errno(),
                code.sqlState(),
                code.format(
                        login.account().full(),
                        session.client().remoteAddress().getAddress().getHostAddress(),
                        login.authResponse().length > 0 ? "YES" : "NO"));
    }
}
