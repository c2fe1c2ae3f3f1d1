package com.oceanbase.odp.routing;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What to do with a request. */
public sealed interface RouteDecision {
    /**
     * Send it to this server.
     *
     * @param partition the partition that decided, null if none did
     */
    record Use(
            ServerAddress server,
            RouteReason reason,
            @Nullable RoutedPartition partition) implements RouteDecision {
        /** A choice that no partition decided. */
        public Use(ServerAddress server, RouteReason reason) {
            this(server, reason, null);
        }
    }

    /**
     * Wait for the future, but not longer than the caller can afford, then route again with one more
     * {@linkplain RouteRequest#waits wait}, whatever came of it.
     *
     * @param until completes on a control thread when what is missing has been looked up, in vain or not
     * @param what what is looked up, in words
     */
    record Wait(CompletableFuture<?> until, String what) implements RouteDecision {}

    /** Answer with an error: no server is left. */
    record Refuse(ErrorCode code, String message) implements RouteDecision {}
}
