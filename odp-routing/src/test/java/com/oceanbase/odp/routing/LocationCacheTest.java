package com.oceanbase.odp.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocationCacheTest {
    private static final TableKey KEY = new TableKey("c", "sys", "db", "t");
    private static final ServerAddress A = new ServerAddress("a", 1);
    private static final ServerAddress B = new ServerAddress("b", 1);

    private record Fetch(TableKey key, boolean force, CompletableFuture<@Nullable TableLocation> answer) {}

    private final List<Fetch> fetches = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private LocationCacheRules rules = new LocationCacheRules(100, Duration.ofSeconds(5), Duration.ofSeconds(1), 100);
    private final LocationCache cache = new LocationCache(this::load, () -> rules, clock::get);

    private CompletableFuture<@Nullable TableLocation> load(TableKey key, boolean force) {
        Fetch fetch = new Fetch(key, force, new CompletableFuture<>());
        fetches.add(fetch);
        return fetch.answer();
    }

    private void answer(@Nullable TableLocation location) {
        fetches.getLast().answer().complete(location);
    }

    private static TableLocation leaderAt(ServerAddress server) {
        return new TableLocation.SinglePartition(KEY, 7, 1, List.of(new Replica(server, true)));
    }

    private static TableLocation leaderless() {
        return new TableLocation.SinglePartition(KEY, 7, 1, List.of(new Replica(A, false)));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private void fillWith(TableLocation location) {
        cache.request(KEY);
        answer(location);
    }

    @Test
    void concurrentRequestsShareOneFetch() {
        CompletableFuture<@Nullable TableLocation> first = cache.request(KEY);
        CompletableFuture<@Nullable TableLocation> second = cache.request(KEY);
        assertThat(fetches).hasSize(1);
        assertThat(first).isNotDone();
        answer(leaderAt(A));
        assertThat(first).isCompletedWithValue(leaderAt(A));
        assertThat(second).isCompletedWithValue(leaderAt(A));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(cache.request(KEY)).isCompletedWithValue(leaderAt(A));
        assertThat(fetches).hasSize(1);
        assertThat(fetches.getFirst().force()).isFalse();
    }

    @Test
    void aStaleLocationStaysInUseWhileItIsFetchedAgain() {
        fillWith(leaderAt(A));
        pass(Duration.ofSeconds(6));
        cache.markStale(KEY);
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(fetches).hasSize(2);
        assertThat(fetches.getLast().force()).isTrue();
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(fetches).hasSize(2);
        answer(leaderAt(B));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(B));
        assertThat(fetches).hasSize(2);
    }

    @Test
    void aYoungLocationIsNotFetchedAgain() {
        fillWith(leaderAt(A));
        cache.markStale(KEY);
        pass(Duration.ofSeconds(4));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(fetches).hasSize(1);
        pass(Duration.ofSeconds(1));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(fetches).hasSize(2);
    }

    @Test
    void refreshesOfOneSecondAreLimited() {
        rules = new LocationCacheRules(100, Duration.ofSeconds(5), Duration.ofSeconds(1), 2);
        for (int i = 0; i < 5; i++) {
            TableKey key = new TableKey("c", "sys", "db", "t" + i);
            cache.request(key);
            answer(new TableLocation.Anywhere(key));
        }
        pass(Duration.ofSeconds(6));
        for (int i = 0; i < 5; i++) {
            TableKey key = new TableKey("c", "sys", "db", "t" + i);
            cache.markStale(key);
            assertThat(cache.cached(key)).isNotNull();
        }
        assertThat(fetches).hasSize(7);
        pass(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            assertThat(cache.cached(new TableKey("c", "sys", "db", "t" + i))).isNotNull();
        }
        assertThat(fetches).hasSize(9);
    }

    @Test
    void anAnswerWithoutLeaderDoesNotReplaceOneWithLeader() {
        fillWith(leaderAt(A));
        pass(Duration.ofSeconds(6));
        cache.markStale(KEY);
        cache.cached(KEY);
        answer(leaderless());
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
    }

    @Test
    void aFailedRefreshKeepsTheLocationAndIsTriedAgainLater() {
        fillWith(leaderAt(A));
        pass(Duration.ofSeconds(6));
        cache.markStale(KEY);
        cache.cached(KEY);
        answer(null);
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(fetches).hasSize(2);
        pass(Duration.ofSeconds(6));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(fetches).hasSize(3);
    }

    @Test
    void anAbsentTableIsAskedForAgainAfterAMoment() {
        fillWith(new TableLocation.Absent(KEY));
        assertThat(cache.cached(KEY)).isEqualTo(new TableLocation.Absent(KEY));
        pass(Duration.ofSeconds(1));
        assertThat(cache.cached(KEY)).isNull();
        cache.request(KEY);
        assertThat(fetches).hasSize(2);
    }

    @Test
    void aFailedFetchIsNotRepeatedAtOnce() {
        CompletableFuture<@Nullable TableLocation> first = cache.request(KEY);
        answer(null);
        assertThat(first).isCompletedWithValue(null);
        assertThat(cache.request(KEY)).isCompletedWithValue(null);
        assertThat(fetches).hasSize(1);
        pass(Duration.ofSeconds(1));
        cache.request(KEY);
        assertThat(fetches).hasSize(2);
    }

    @Test
    void aLoaderThatFailsDoesNotLeaveWaiters() {
        CompletableFuture<@Nullable TableLocation> first = cache.request(KEY);
        fetches.getLast().answer().completeExceptionally(new IllegalStateException("broken"));
        assertThat(first).isCompletedWithValue(null);
    }

    @Test
    void forgetsAClusterAndStaysBounded() {
        fillWith(leaderAt(A));
        cache.forgetCluster("other");
        assertThat(cache.cached(KEY)).isNotNull();
        cache.forgetCluster("c");
        assertThat(cache.cached(KEY)).isNull();
        for (int i = 0; i < 1000; i++) {
            TableKey key = new TableKey("c", "sys", "db", "t" + i);
            cache.request(key);
            answer(new TableLocation.Anywhere(key));
        }
        assertThat(cache.size()).isLessThanOrEqualTo(100);
    }
}
