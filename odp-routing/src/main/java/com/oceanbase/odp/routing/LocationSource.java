package com.oceanbase.odp.routing;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where the router gets locations from. Thread-safe; no method blocks. */
public interface LocationSource {
    /**
     * The location of a table, from the cache or fetched. Concurrent requests for one table share one fetch. The
     * future completes on a control thread, with null if the location can't be found out now (the statement then goes
     * to any server of the tenant); it never completes exceptionally.
     */
    CompletableFuture<@Nullable TableLocation> request(TableKey key);

    /** The remembered location, or null. A stale one is still returned while it is being fetched again. */
    @Nullable
    TableLocation cached(TableKey key);

    /** A server's answer contradicts the remembered location: it is fetched again soon, at a limited rate. */
    void markStale(TableKey key);
}
