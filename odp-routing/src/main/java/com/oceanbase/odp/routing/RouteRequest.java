package com.oceanbase.odp.routing;

import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.TenantView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that may go to more than one server.
 *
 * @param tenant snapshot that the request was begun with
 * @param session what of the session decides; {@link SessionView#LOGIN} before there is one
 * @param statement what is asked; null for a command without text
 * @param excluded servers that failed for this request already
 * @param waits how often a {@link RouteDecision.Wait} of this request was waited for
 * @param trace takes what is decided and why; null when nobody wants to know
 */
public record RouteRequest(
        TenantView tenant,
        SessionView session,
        @Nullable RoutedStatement statement,
        Set<ServerAddress> excluded,
        int waits,
        @Nullable RouteTrace trace) {
    /** A request that nobody watches. */
    public RouteRequest(
            TenantView tenant,
            SessionView session,
            @Nullable RoutedStatement statement,
            Set<ServerAddress> excluded,
            int waits) {
        this(tenant, session, statement, excluded, waits, null);
    }

    /** The same request after another wait. */
    public RouteRequest waited() {
        return new RouteRequest(tenant, session, statement, excluded, waits + 1, trace);
    }

    /** The same request as somebody watches it. */
    public RouteRequest tracedBy(RouteTrace watcher) {
        return new RouteRequest(tenant, session, statement, excluded, waits, watcher);
    }
}
