package com.oceanbase.odp.routing;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A question that is under way.
 *
 * @param done completes, never exceptionally, when the answer is in the cache
 * @param beganAt time by the cache's clock in nanoseconds
 */
record Fetch(CompletableFuture<@Nullable Void> done, long beganAt) {}
