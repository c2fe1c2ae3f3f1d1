package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.proxy.backend.LoginOutcome;
import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.frontend.ClientRequest;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.Router;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds a server for a request that may go to any, and a link to it: asks the router, waits for a location, opens the
 * link. Remembers for each request which servers have failed. Event loop confined; one instance a session.
 */
final class LinkFinder {
    /** Gets what was found. */
    interface Listener {
        /** This link is to be used. */
        void onLink(ServerLink link);

        /** The server could not be reached, or refused the login. */
        void onServerFailed(ServerAddress server, ErrPacket error);

        /** No server is left. */
        void onNoServer(ErrPacket error);
    }

    private final ClientSession session;
    private final Listener listener;
    /** Usually the empty set that all sessions share. */
    private Set<ServerAddress> excluded = Set.of();

    private @Nullable ErrPacket lastError;
    private RouteDecision.@Nullable Use followed;
    private boolean weak;
    private long snapshot;
    private int failures;
    private int ticket;

    LinkFinder(ClientSession session, Listener listener) {
        this.session = session;
        this.listener = listener;
    }

    /** A new request: no server has failed yet. */
    void begin(ClientRequest request, RequestKind kind) {
        session.diagnosis().begin(request, kind);
        session.attempts().begin();
        ticket++;
        lastError = null;
        followed = null;
        weak = false;
        snapshot = 0;
        failures = 0;
        excluded = Set.of();
    }

    /** Whatever is under way is not wanted any more. */
    void cancel() {
        ticket++;
    }

    /** Whether the request may be tried on another server. */
    boolean mayTryAnother() {
        return failures < session.settings().maxRetries();
    }

    /** The server failed the request. Returns whether another one may be tried. */
    boolean exclude(ServerAddress server, ErrPacket error) {
        lastError = error;
        session.attempts().failed(server, error);
        if (excluded.isEmpty()) {
            excluded = new HashSet<>(2);
        }
        excluded.add(server);
        boolean again = ++failures <= session.settings().maxRetries();
        session.diagnosis().serverFailed(server, error, failures, again);
        return again;
    }

    /** A server answered with an error. */
    void answered(RequestKind kind, ClientRequest request, ServerAddress server, ErrPacket error) {
        session.context().health().reportServerError(server, error.errno());
        session.diagnosis().answeredError(error);
        Router.Observation observation = RetryRules.observation(error.errno(), followedReason());
        if (observation != null) {
            observed(kind, request, observation);
        }
    }

    /** Finds a server by the router and a link to it. */
    void find(RequestKind kind, ClientRequest request) {
        ticket++;
        route(kind, request, 0);
    }

    /** The router's choice that the request follows, null if it does not follow one. */
    RouteDecision.@Nullable Use followed() {
        return followed;
    }

    /** Whether the server must be told that the request is a weak read. */
    boolean mustSayWeak() {
        return weak;
    }

    /** What the server must be told for a weak read to see, 0 for nothing. */
    long snapshotToTell() {
        return snapshot;
    }

    /** Why the router chose the server of the request; null if it did not. */
    @Nullable
    RouteReason followedReason() {
        RouteDecision.Use use = followed;
        return use == null ? null : use.reason();
    }

    /** Whether the server has failed the request already. */
    boolean isExcluded(ServerAddress server) {
        return excluded.contains(server);
    }

    /** Finds a link to a server that the router has not chosen. */
    void follow(ServerAddress named) {
        ticket++;
        followed = null;
        acquire(named);
    }

    /** A server told what the request changed, and whether others had a part in it. */
    void learned(RequestKind kind, ClientRequest request, ServerLink from, boolean missed) {
        long seen = from.state().takeSnapshot();
        if (seen > 0) {
            String cluster = session.refreshedTenant().cluster();
            session.context().router().snapshotSeen(cluster, from.address(), seen, missed);
        }
        if (missed) {
            observed(kind, request, Router.Observation.MISS);
        }
    }

    /** What the server told about the choice for the request; the router learns it if it made the choice. */
    void observed(RequestKind kind, ClientRequest request, Router.Observation observation) {
        RouteDecision.Use use = followed;
        RouteRequest routed = use == null ? null : routeRequest(kind, request, 0);
        if (observation == Router.Observation.MISS) {
            session.diagnosis().missed(routed);
        }
        if (use != null && routed != null) {
            session.context().router().observed(routed, use, observation);
        }
    }

    private RouteRequest routeRequest(RequestKind kind, ClientRequest request, int waits) {
        return new RouteRequest(
                session.refreshedTenant(),
                session.routing(),
                kind.routed(session, request),
                excluded,
                waits,
                session.diagnosis().trace());
    }

    private void route(RequestKind kind, ClientRequest request, int waits) {
        RouteRequest routed = routeRequest(kind, request, waits);
        switch (session.context().router().route(routed)) {
            case RouteDecision.Use use -> {
                followed = use;
                weak = session.context().router().mustSayWeak(routed, use);
                snapshot = session.context().router().snapshotToTell(routed, use);
                acquire(use.server());
            }
            case RouteDecision.Wait wait -> {
                int waiting = ticket;
                wait.until()
                        .copy()
                        .orTimeout(session.settings().links().timeout().toMillis(), TimeUnit.MILLISECONDS)
                        .whenComplete((found, failure) -> session.execute(same -> {
                            if (ticket == waiting && !session.isClosed()) {
                                route(kind, request, waits + 1);
                            }
                        }));
            }
            case RouteDecision.Refuse refuse -> {
                ErrPacket error = lastError;
                listener.onNoServer(
                        error != null
                                ? error
                                : new ErrPacket(
                                        refuse.code().errno(), refuse.code().sqlState(), refuse.message()));
            }
        }
    }

    private void acquire(ServerAddress address) {
        ServerLink open = session.links().find(address);
        if (open != null) {
            listener.onLink(open);
        } else {
            connect(address);
        }
    }

    /** Opens a fresh link to the server. */
    void connect(ServerAddress address) {
        int waiting = ++ticket;
        session.connect(address, session.serverLogin(), outcome -> onConnected(address, ticket == waiting, outcome));
    }

    /** A link that is not awaited any more is closed: another may be in its place, or the user be another. */
    private void onConnected(ServerAddress address, boolean awaited, LoginOutcome outcome) {
        switch (outcome) {
            case LoginOutcome.LoggedIn loggedIn -> {
                session.context().health().reportAlive(address);
                if (!awaited || session.isClosed()) {
                    loggedIn.link().close();
                    return;
                }
                session.links().add(loggedIn.link());
                listener.onLink(loggedIn.link());
            }
            case LoginOutcome.Refused refused -> {
                session.context()
                        .health()
                        .reportServerError(address, refused.error().errno());
                if (awaited) {
                    listener.onServerFailed(address, refused.error());
                }
            }
            case LoginOutcome.Failed failed -> {
                session.context().health().reportConnectFailure(address);
                session.log().connectFailed(address, failed.cause());
                if (awaited) {
                    listener.onServerFailed(address, BreakOff.connectError(address, failed.cause()));
                }
            }
        }
    }
}
