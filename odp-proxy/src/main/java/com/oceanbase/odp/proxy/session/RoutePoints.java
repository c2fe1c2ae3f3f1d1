package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.proxy.backend.ServerLink;
import com.oceanbase.odp.proxy.state.PinReason;
import com.oceanbase.odp.routing.trace.RouteInfo;
import com.oceanbase.odp.topology.ServerAddress;

/** Puts what the session knows of a route into points of a trace. */
final class RoutePoints {
    private RoutePoints() {}

    /** A request that may go to one server only. */
    static RouteInfo bound(RequestBinding binding, PinReason reason) {
        ServerLink link = binding.link();
        ServerAddress server = link == null ? null : link.address();
        String trouble = binding.trouble();
        String why = trouble.isEmpty() ? reason.explanation() : reason.explanation() + ", and " + trouble;
        return switch (reason) {
            case TRANSACTION, XA_BRANCH ->
                new RouteInfo(RouteInfo.Type.USE_LAST_SESSION, server, true, false, false, why);
            case PREVIOUS_STATEMENT -> new RouteInfo(RouteInfo.Type.USE_LAST_SESSION, server, false, true, false, why);
            case TEMPORARY_TABLE -> new RouteInfo(RouteInfo.Type.USE_LAST_SESSION, server, false, false, true, why);
            case SET_TRANSACTION, SINGLE_SERVER -> RouteInfo.of(RouteInfo.Type.USE_LAST_SESSION, server, why);
            case LOCK_TABLES, USER_LOCK, SERVER_LOCK -> RouteInfo.of(RouteInfo.Type.USE_LOCK_SESSION, server, why);
            case CURSOR -> RouteInfo.of(RouteInfo.Type.USE_CURSOR, server, why);
            case LONG_DATA -> RouteInfo.of(RouteInfo.Type.USE_PIECES_DATA, server, why);
        };
    }
}
