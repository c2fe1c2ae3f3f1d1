package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.login.LoginContext;
import com.oceanbase.odp.proxy.login.ObServerLogin;
import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.routing.ServiceLookup;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.topology.TenantView;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves the session of a client that logged in to a service to the tenant that is the primary now, after the one before
 * refused a request. The state of the session follows as it does to every fresh link. Event loop confined.
 */
final class ServiceSwitch {
    private static final int MAX_MOVES = 3;

    private final ClientSession session;
    private int moves;

    ServiceSwitch(ClientSession session) {
        this.session = session;
    }

    /** A new request: nothing was tried for it. */
    void begin() {
        moves = 0;
    }

    /** Whether the error sends the session to another tenant. */
    boolean follows(int errno) {
        return RetryRules.isAnotherInstance(errno) && session.service() != null && moves < MAX_MOVES;
    }

    /**
     * Looks for the primary, moves the session there and lets the request begin again; if that is not possible it ends
     * in the error.
     */
    void move(RequestFlow flow, ErrPacket error) {
        moves++;
        int attempt = flow.generation();
        String service = Objects.requireNonNull(session.service(), "no service");
        LoginContext login = session.login();
        ServiceInstance refused =
                new ServiceInstance(login.account().cluster(), login.account().tenant());
        session.context().tenants().notPrimary(service, refused);
        session.context()
                .tenants()
                .service(service)
                .thenCompose(found -> found instanceof ServiceLookup.Found(ServiceInstance instance)
                        ? session.context().tenants().lookup(instance.cluster(), instance.tenant())
                        : CompletableFuture.<TenantLookup>completedFuture(new TenantLookup.UnknownTenant()))
                .orTimeout(session.settings().loginTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> new TenantLookup.Unavailable(String.valueOf(failure)))
                .thenAccept(found -> session.execute(same -> {
                    if (!session.isClosed() && flow.generation() == attempt) {
                        moved(found, flow, error);
                    }
                }));
    }

    private void moved(TenantLookup lookup, RequestFlow flow, ErrPacket error) {
        if (lookup instanceof TenantLookup.Found(TenantView tenant)) {
            session.moveTo(tenant);
            flow.next();
        } else {
            flow.fail(error);
        }
    }

    /** The login of the same client in another tenant. */
    static LoginContext loginAt(LoginContext login, TenantView tenant) {
        return login.withAccount(login.account().at(new ServiceInstance(tenant.cluster(), tenant.tenant())));
    }

    /** The same client, to whom the tenant's cluster is told if any was. */
    static ObServerLogin.@Nullable Origin originAt(ObServerLogin.@Nullable Origin origin, TenantView tenant) {
        return origin == null ? null : origin.withCluster(origin.clusterName() == null ? null : tenant.cluster());
    }
}
