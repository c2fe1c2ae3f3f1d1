package com.oceanbase.odp.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocationCacheTest {
    private static final TableKey KEY = new TableKey("c", "sys", "db", "t");
    private static final ServerAddress A = new ServerAddress("a", 1);

    private final ScriptedLoader loader = new ScriptedLoader();
    private final LocationCache cache = new LocationCache(loader, () -> loader.rules, loader.clock::get);

    private static TableLocation.SinglePartition leaderAt(ServerAddress server) {
        return ScriptedLoader.single(KEY, server);
    }

    @Test
    void concurrentRequestsShareOneFetch() {
        CompletableFuture<@Nullable Void> first = cache.request(KEY);
        CompletableFuture<@Nullable Void> second = cache.request(KEY);
        assertThat(loader.tables).hasSize(1);
        assertThat(first).isNotDone();
        assertThat(cache.cached(KEY)).isNull();
        loader.answer(leaderAt(A));
        assertThat(first).isDone();
        assertThat(second).isDone();
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(cache.request(KEY)).isDone();
        assertThat(loader.tables).hasSize(1);
        assertThat(loader.tables.getFirst().force()).isFalse();
    }
}
