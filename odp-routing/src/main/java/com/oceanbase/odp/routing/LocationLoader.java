package com.oceanbase.odp.routing;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Fetches the location of a table from its cluster. Does not block the caller. */
@FunctionalInterface
public interface LocationLoader {
    /**
     * Fetches a location.
     *
     * @param force whether the server, too, must look again instead of answering from its own cache
     * @return completes with null if it can't be found out now; never exceptionally
     */
    CompletableFuture<@Nullable TableLocation> load(TableKey key, boolean force);
}
