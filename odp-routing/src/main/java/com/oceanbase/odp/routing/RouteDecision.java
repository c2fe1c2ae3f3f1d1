package com.oceanbase.odp.routing;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.topology.ServerAddress;

/** What to do with a request. */
public sealed interface RouteDecision {
    /** Send it to this server. */
    record Use(ServerAddress server, RouteReason reason) implements RouteDecision {}

    /** Ask {@link LocationSource#request} for the table, then route again with {@code locationWaited}. */
    record NeedLocation(TableKey key) implements RouteDecision {}

    /** Answer with an error: no server is left. */
    record Refuse(ErrorCode code, String message) implements RouteDecision {}
}
