package com.oceanbase.odp.routing;

import static com.oceanbase.odp.routing.LocationSource.NO_LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocationCacheTest {
    private static final TableKey KEY = new TableKey("c", "sys", "db", "t");
    private static final TableKey OTHER = new TableKey("c", "sys", "db", "other");
    private static final ServerAddress A = new ServerAddress("a", 1);
    private static final ServerAddress B = new ServerAddress("b", 1);

    private final ScriptedLoader loader = new ScriptedLoader();
    private final LocationCache cache = new LocationCache(loader, () -> loader.rules, loader.clock::get);

    private static TableLocation.SinglePartition leaderAt(ServerAddress server) {
        return ScriptedLoader.single(KEY, server);
    }

    private static TableLocation leaderless() {
        return new TableLocation.SinglePartition(KEY, 7, 1, List.of(new Replica(A, false)));
    }

    private void fillWith(TableLocation location) {
        cache.request(location.key());
        loader.answer(location);
    }

    /** A statement was sent to the leader that the cache names, which said that it does not lead. */
    private void miss(TableKey key) {
        TableLocation location = cache.cached(key);
        assertThat(location).isInstanceOf(TableLocation.SinglePartition.class);
        if (location instanceof TableLocation.SinglePartition table && table.leader() instanceof ServerAddress leader) {
            cache.missed(table, NO_LEAF, leader);
        }
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

    @Test
    void aContradictedLocationIsFetchedAtOnceAndWorthAShortWait() {
        fillWith(leaderAt(A));
        miss(KEY);
        assertThat(loader.tables).hasSize(2);
        assertThat(loader.tables.getLast().force()).isTrue();
        assertThat(cache.cached(KEY)).as("wait for the new leader").isNull();
        CompletableFuture<@Nullable Void> wait = cache.request(KEY);
        assertThat(wait).isNotDone();
        loader.answer(leaderAt(B));
        assertThat(wait).isDone();
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(B));
        assertThat(loader.tables).hasSize(2);
    }

    @Test
    void aFetchThatTakesLongIsNotWaitedForWhileThereIsSomethingToUse() {
        fillWith(leaderAt(A));
        miss(KEY);
        CompletableFuture<@Nullable Void> wait = cache.request(KEY);
        assertThat(wait.orTimeout(20, TimeUnit.SECONDS).join()).isNull();
        loader.pass(Duration.ofMillis(100));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(loader.tables).hasSize(2);
    }

    @Test
    void aRefreshThatBroughtNothingNewIsNotRepeatedAtOnce() {
        fillWith(leaderAt(A));
        miss(KEY);
        loader.answer(leaderAt(A));
        miss(KEY);
        assertThat(loader.tables).hasSize(2);
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        loader.pass(Duration.ofSeconds(5));
        assertThat(cache.cached(KEY)).isNull();
        assertThat(loader.tables).hasSize(3);
    }

    @Test
    void anotherServersWordOrAnOldLocationProvesNothing() {
        fillWith(leaderAt(A));
        cache.missed(leaderAt(A), NO_LEAF, B);
        cache.missed(leaderless(), NO_LEAF, A);
        cache.missed(new TableLocation.Absent(OTHER), NO_LEAF, A);
        assertThat(loader.tables).hasSize(1);
    }

    @Test
    void aStaleLocationStaysInUseWhileItIsFetchedAgain() {
        fillWith(leaderAt(A));
        cache.markStale(KEY);
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(cache.isFresh(leaderAt(A), NO_LEAF)).isFalse();
        assertThat(loader.tables).hasSize(2);
        assertThat(loader.tables.getLast().force()).isFalse();
        loader.answer(leaderAt(B));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(B));
        assertThat(cache.isFresh(leaderAt(B), NO_LEAF)).isTrue();
        loader.rules = ScriptedLoader.rules(100, false, Duration.ZERO, 0);
        cache.markStale(KEY);
        assertThat(cache.cached(KEY)).as("told to wait").isNull();
    }

    @Test
    void refreshesOfOneSecondAreLimited() {
        loader.rules = ScriptedLoader.rules(2, true, Duration.ZERO, 0);
        for (int i = 0; i < 5; i++) {
            fillWith(new TableLocation.Anywhere(new TableKey("c", "sys", "db", "t" + i)));
        }
        for (int second = 0; second < 2; second++) {
            for (int i = 0; i < 5; i++) {
                TableKey key = new TableKey("c", "sys", "db", "t" + i);
                cache.markStale(key);
                assertThat(cache.cached(key)).isNotNull();
            }
            assertThat(loader.tables).hasSize(5 + 2 * (second + 1));
            loader.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void manyContradictionsLowerTheLimitForAWhile() {
        loader.rules = ScriptedLoader.rules(10, true, Duration.ZERO, 0);
        int tables = 40;
        for (int i = 0; i < tables; i++) {
            // every table has a leader of its own, so that one miss does not bring the others into doubt
            fillWith(ScriptedLoader.single(new TableKey("c", "sys", "db", "t" + i), new ServerAddress("s" + i, 1)));
        }
        for (int i = 0; i < tables; i++) {
            TableKey key = new TableKey("c", "sys", "db", "t" + i);
            cache.missed(ScriptedLoader.single(key, new ServerAddress("s" + i, 1)), NO_LEAF, A);
            miss(key);
        }
        assertThat(loader.tables).hasSize(tables + 10);
        for (int second = 1; second <= 9; second++) {
            loader.pass(Duration.ofSeconds(1));
            for (int i = 0; i < tables; i++) {
                cache.cached(new TableKey("c", "sys", "db", "t" + i));
            }
            assertThat(loader.tables).hasSize(tables + 10 + 2 * second);
        }
        loader.pass(Duration.ofSeconds(11));
        for (int i = 0; i < tables; i++) {
            cache.cached(new TableKey("c", "sys", "db", "t" + i));
        }
        assertThat(loader.tables).hasSize(tables + 10 + 18 + 10);
    }

    @Test
    void anAnswerWithoutLeaderDoesNotReplaceOneWithLeader() {
        fillWith(leaderAt(A));
        miss(KEY);
        loader.answer(leaderless());
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
    }

    @Test
    void aFailedRefreshKeepsTheLocationAndIsTriedAgainLater() {
        fillWith(leaderAt(A));
        miss(KEY);
        loader.answer(new TableLocation.Unknown(KEY));
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        assertThat(loader.tables).hasSize(2);
        loader.pass(Duration.ofSeconds(5));
        cache.cached(KEY);
        assertThat(loader.tables).hasSize(3);
        assertThat(cache.statistics().failures()).isEqualTo(1);
    }

    @Test
    void whatDoesNotExistOrCannotBeAskedIsAskedForAgainAfterAMoment() {
        for (TableLocation nothing : List.of(new TableLocation.Absent(KEY), new TableLocation.Unknown(KEY))) {
            int before = loader.tables.size();
            fillWith(nothing);
            assertThat(cache.cached(KEY)).isEqualTo(nothing);
            assertThat(cache.request(KEY)).isDone();
            assertThat(loader.tables).hasSize(before + 1);
            loader.pass(Duration.ofSeconds(1));
            assertThat(cache.cached(KEY)).isNull();
        }
        fillWith(leaderAt(A));
        assertThat(cache.cached(KEY)).as("created meanwhile").isEqualTo(leaderAt(A));
    }

    @Test
    void aTableThatIsDroppedIsForgotten() {
        fillWith(leaderAt(A));
        miss(KEY);
        loader.answer(new TableLocation.Absent(KEY));
        assertThat(cache.cached(KEY)).isEqualTo(new TableLocation.Absent(KEY));
    }

    @Test
    void aLoaderThatFailsDoesNotLeaveWaiters() {
        CompletableFuture<@Nullable Void> first = cache.request(KEY);
        loader.tables.getLast().answer().completeExceptionally(new IllegalStateException("broken"));
        assertThat(first).isDone();
        assertThat(cache.cached(KEY)).isEqualTo(new TableLocation.Unknown(KEY));
    }

    @Test
    void aMovedLeaderBringsWhateverItLedIntoDoubt() {
        TableKey foreign = new TableKey("c", "other tenant", "db", "t");
        TableKey elsewhere = new TableKey("c", "sys", "db", "elsewhere");
        fillWith(leaderAt(A));
        fillWith(ScriptedLoader.single(OTHER, A));
        fillWith(ScriptedLoader.single(foreign, A));
        fillWith(ScriptedLoader.single(elsewhere, B));
        miss(KEY);
        loader.answer(leaderAt(B));
        int fetches = loader.tables.size();
        assertThat(cache.cached(foreign)).isNotNull();
        assertThat(cache.cached(elsewhere)).isNotNull();
        assertThat(loader.tables).hasSize(fetches);
        assertThat(cache.cached(OTHER)).as("its log stream may be the same").isNull();
        assertThat(loader.tables).hasSize(fetches + 1);
        loader.answer(ScriptedLoader.single(OTHER, B));
        assertThat(cache.cached(OTHER)).isEqualTo(ScriptedLoader.single(OTHER, B));
    }

    @Test
    void aServerNamesTheLeader() {
        fillWith(leaderAt(A));
        cache.leaderIs(leaderAt(A), NO_LEAF, B);
        assertThat(cache.cached(KEY)).isInstanceOfSatisfying(TableLocation.SinglePartition.class, table -> {
            assertThat(table.leader()).isEqualTo(B);
            assertThat(table.replicas().replicas()).containsExactly(new Replica(B, true), new Replica(A, false));
        });
        assertThat(loader.tables).hasSize(1);
    }

    @Test
    void aServerNamesAnotherSchemaVersion() {
        fillWith(leaderAt(A));
        cache.schemaVersionIs(KEY, 1);
        cache.schemaVersionIs(OTHER, 9);
        assertThat(loader.tables).hasSize(1);
        cache.schemaVersionIs(KEY, 2);
        assertThat(loader.tables).hasSize(2);
        assertThat(cache.cached(KEY)).isNull();
    }

    @Test
    void whatAGoneServerLedIsFetchedAgain() {
        fillWith(leaderAt(A));
        cache.serverGone("other", A);
        cache.serverGone("c", B);
        assertThat(cache.cached(KEY)).isEqualTo(leaderAt(A));
        cache.serverGone("c", A);
        assertThat(cache.cached(KEY)).isNull();
        assertThat(loader.tables).hasSize(2);
    }

    @Test
    void locationsExpireByAgeByCommandAndWhenTheTenantMoves() {
        loader.rules = ScriptedLoader.rules(100, true, Duration.ofSeconds(60), 0);
        fillWith(leaderAt(A));
        loader.pass(Duration.ofSeconds(29));
        assertThat(cache.cached(KEY)).isNotNull();
        assertThat(loader.tables).hasSize(1);
        loader.pass(Duration.ofSeconds(31));
        assertThat(cache.cached(KEY)).as("used while it is fetched").isEqualTo(leaderAt(A));
        assertThat(loader.tables).hasSize(2);
        loader.rules = ScriptedLoader.rules(100, true, Duration.ZERO, 0);
        loader.answer(leaderAt(B));

        loader.pass(Duration.ofSeconds(10));
        cache.maintain();
        loader.rules = ScriptedLoader.rules(100, true, Duration.ZERO, -20_000);
        cache.maintain();
        assertThat(cache.cached(KEY)).isNotNull();
        assertThat(loader.tables).as("not older than 20 s").hasSize(2);
        loader.rules = ScriptedLoader.rules(100, true, Duration.ZERO, -5_000);
        cache.maintain();
        assertThat(cache.cached(KEY)).isNotNull();
        assertThat(loader.tables).as("older than 5 s").hasSize(3);
        loader.answer(leaderAt(A));

        cache.tenantMoved("c", "sys");
        loader.pass(Duration.ofSeconds(29));
        assertThat(cache.cached(KEY)).isNotNull();
        assertThat(loader.tables).hasSize(3);
        loader.pass(Duration.ofSeconds(31));
        assertThat(cache.cached(KEY)).isNotNull();
        assertThat(loader.tables).hasSize(4);
    }

    @Test
    void forgetsAClusterAndStaysBounded() {
        fillWith(leaderAt(A));
        cache.forgetCluster("other");
        assertThat(cache.cached(KEY)).isNotNull();
        cache.forgetCluster("c");
        assertThat(cache.cached(KEY)).isNull();
        for (int i = 0; i < 5000; i++) {
            fillWith(new TableLocation.Anywhere(new TableKey("c", "sys", "db", "t" + i)));
        }
        assertThat(cache.statistics().bytes()).isLessThanOrEqualTo(loader.rules.maximumBytes());
        assertThat(cache.statistics().tables()).isBetween(1000L, 2048L);
    }

    @Test
    void remembersRoutines() {
        RoutineKey key = new RoutineKey("c", "sys", "db", "", "p", false);
        assertThat(cache.routine(key)).isNull();
        CompletableFuture<@Nullable Void> first = cache.request(key);
        cache.request(key);
        assertThat(loader.routines).hasSize(1);
        Routine found = new Routine(key, Routine.State.FOUND, 5, 1, "db", "select 1 from t where a=:0");
        loader.routines.getFirst().answer().complete(found);
        assertThat(first).isDone();
        assertThat(cache.routine(key)).isEqualTo(found);
        assertThat(cache.statistics().routineFetches()).isEqualTo(1);

        RoutineKey absent = new RoutineKey("c", "sys", "db", "", "q", false);
        cache.request(absent);
        loader.routines.getLast().answer().complete(Routine.absent(absent));
        assertThat(cache.routine(absent)).isEqualTo(Routine.absent(absent));
        loader.pass(Duration.ofSeconds(1));
        assertThat(cache.routine(absent)).isNull();
    }

    @Test
    void countsWhatItDoes() {
        cache.cached(KEY);
        fillWith(leaderAt(A));
        cache.cached(KEY);
        cache.cached("c", "sys", "db", "t");
        miss(KEY);
        LocationStatistics statistics = cache.statistics();
        assertThat(statistics.misses()).isEqualTo(1);
        assertThat(statistics.hits()).isEqualTo(3);
        assertThat(statistics.tableFetches()).isEqualTo(2);
        assertThat(statistics.contradictions()).isEqualTo(1);
        assertThat(statistics.tables()).isEqualTo(1);
        assertThat(statistics.bytes()).isEqualTo(512);
    }
}
