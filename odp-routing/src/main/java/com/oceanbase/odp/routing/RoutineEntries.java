package com.oceanbase.odp.routing;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The routines of the location cache. */
final class RoutineEntries extends FetchedEntries<RoutineKey, Routine> {
    /** Routines remembered (original: src/obproxy/proxy/route/ob_routine_cache.h:76). */
    private static final int MAXIMUM = 10_240;

    private final LocationLoader loader;

    RoutineEntries(LocationLoader loader, FetchContext context) {
        super(
                context,
                Caffeine.newBuilder()
                        .maximumSize(MAXIMUM)
                        .executor(Runnable::run)
                        .build());
        this.loader = loader;
    }

    @Override
    CompletableFuture<Routine> load(RoutineKey key, @Nullable Routine known, boolean force) {
        context.routineFetches.increment();
        return loader.routine(key);
    }

    @Override
    Routine unknown(RoutineKey key) {
        return Routine.unknown(key);
    }

    @Override
    boolean isShortLived(Routine value) {
        return value.state() != Routine.State.FOUND;
    }

    @Override
    Routine merge(Routine known, Routine fetched) {
        return known.equals(fetched) ? known : fetched;
    }

    @Override
    CompletableFuture<@Nullable Void> changed(
            CacheEntry<RoutineKey, Routine> entry, @Nullable Routine old, Routine value) {
        return FetchContext.DONE;
    }
}
