package com.oceanbase.odp.routing;

import static com.oceanbase.odp.routing.LocationSource.NO_LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.topology.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionLocationTest {
    private static final TableKey KEY = new TableKey("c", "sys", "db", "t");
    private static final ServerAddress A = new ServerAddress("a", 1);
    private static final ServerAddress B = new ServerAddress("b", 1);
    private static final long FIRST_TABLET = 200_001;

    private final ScriptedLoader loader = new ScriptedLoader();
    private final LocationCache cache = new LocationCache(loader, () -> loader.rules, loader.clock::get);

    /** A table of hash partitions. */
    private static PartitionedTable definition(long version, int partitions) {
        List<Partition> list = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            list.add(new Partition("p" + i, i, FIRST_TABLET + i, List.of(), List.of(), false, List.of()));
        }
        TableColumn column = new TableColumn("id", ColumnType.BIGINT, 0, false, null, null);
        return new PartitionedTable(
                new PartitionedTable.Identity("db", "t", 7, version, false),
                List.of(column),
                new PartitionLevel(PartitionFunction.HASH, List.of(0), null, List.of()),
                null,
                list);
    }

    private static TableLocation.Partitioned table(TableKey key, long version, int partitions, int... logStreams) {
        return new TableLocation.Partitioned(
                key,
                new TableLocation.Partitioned.Version(TableKind.USER, 7, version, partitions),
                definition(version, partitions),
                logStreams);
    }

    private static ReplicaSet led(ServerAddress leader) {
        return new ReplicaSet(List.of(new Replica(leader, true), new Replica(leader.equals(A) ? B : A, false)));
    }

    /** Answers the last question about partitions. */
    private void answer(long version, IntFunction<@Nullable ServerAddress> leaders) {
        ScriptedLoader.PartitionFetch fetch = loader.partitions.getLast();
        Map<Long, ReplicaSet> replicas = new HashMap<>();
        for (int leaf : fetch.leaves()) {
            ServerAddress leader = leaders.apply(leaf);
            if (leader != null) {
                replicas.put(FIRST_TABLET + leaf, led(leader));
            }
        }
        fetch.answer().complete(new LocationLoader.Partitions(7, version, replicas));
    }

    private TableLocation.Partitioned fill(TableLocation.Partitioned table, IntFunction<ServerAddress> leaders) {
        cache.request(table.key());
        loader.answer(table);
        if (table.leafCount() <= 256) {
            answer(table.schemaVersion(), leaders::apply);
        }
        return table;
    }

    private @Nullable ServerAddress leader(TableLocation.Partitioned table, int leaf) {
        ReplicaSet set = cache.partition(table, leaf);
        return set == null ? null : set.leader();
    }

    @Test
    void aSmallTableComesWithAllItsPartitions() {
        TableLocation.Partitioned table = table(KEY, 1, 4);
        CompletableFuture<@Nullable Void> asked = cache.request(KEY);
        loader.answer(table);
        assertThat(asked).isNotDone();
        assertThat(loader.partitions).hasSize(1);
        assertThat(loader.partitions.getFirst().leaves()).containsExactly(0, 1, 2, 3);
        answer(1, leaf -> leaf % 2 == 0 ? A : B);
        assertThat(asked).isDone();
        assertThat(cache.cached(KEY)).isSameAs(table);
        assertThat(IntStream.range(0, 4).mapToObj(leaf -> leader(table, leaf))).containsExactly(A, B, A, B);
        assertThat(cache.partition(table, 0)).isSameAs(cache.partition(table, 2));
        assertThat(loader.partitions).hasSize(1);
    }

    @Test
    void partitionsOfALargeTableAreFetchedInChunksWhenAskedFor() {
        TableLocation.Partitioned table = table(KEY, 1, 1000);
        fill(table, leaf -> A);
        assertThat(loader.partitions).isEmpty();
        assertThat(cache.partition(table, 300)).isNull();
        CompletableFuture<@Nullable Void> first = cache.request(table, 300);
        CompletableFuture<@Nullable Void> second = cache.request(table, 301, 302);
        assertThat(loader.partitions).hasSize(1);
        assertThat(loader.partitions.getFirst().leaves())
                .hasSize(256)
                .startsWith(256)
                .endsWith(511);
        assertThat(first).isNotDone();
        answer(1, leaf -> A);
        assertThat(first).isDone();
        assertThat(second).isDone();
        assertThat(leader(table, 511)).isEqualTo(A);
        assertThat(cache.request(table, 256, 511)).isDone();
        CompletableFuture<@Nullable Void> several = cache.request(table, 10, 300, 999);
        assertThat(loader.partitions).hasSize(3);
        assertThat(loader.partitions.getLast().leaves())
                .hasSize(232)
                .startsWith(768)
                .endsWith(999);
        answer(1, leaf -> B);
        assertThat(several).isNotDone();
        loader.partitions.get(1).answer().complete(null);
        assertThat(several).isDone();
        assertThat(cache.partition(table, 10)).as("could not be told").isSameAs(ReplicaSet.NONE);
        loader.pass(Duration.ofSeconds(1));
        assertThat(cache.partition(table, 10)).isNull();
    }

    @Test
    void aMissRefreshesThePartitionAndWhatElseTheServerLed() {
        TableLocation.Partitioned table = fill(table(KEY, 1, 4), leaf -> leaf == 3 ? B : A);
        cache.missed(table, 0, A);
        assertThat(loader.partitions).hasSize(2);
        assertThat(loader.partitions.getLast().leaves()).containsExactly(0, 1, 2);
        assertThat(loader.partitions.getLast().force()).isTrue();
        assertThat(cache.partition(table, 0)).as("wait for the new leader").isNull();
        assertThat(leader(table, 3)).isEqualTo(B);
        CompletableFuture<@Nullable Void> wait = cache.request(table, 0);
        assertThat(wait).isNotDone();
        answer(1, leaf -> leaf == 1 ? A : B);
        assertThat(wait).isDone();
        assertThat(IntStream.range(0, 4).mapToObj(leaf -> leader(table, leaf))).containsExactly(B, A, B, B);
        cache.missed(table, 0, A);
        cache.missed(table, 1, B);
        assertThat(loader.partitions).as("what was known before proves nothing").hasSize(2);
    }

    @Test
    void aRefreshThatBroughtNothingNewIsNotRepeatedAtOnce() {
        TableLocation.Partitioned table = fill(table(KEY, 1, 2), leaf -> A);
        cache.missed(table, 0, A);
        answer(1, leaf -> A);
        cache.missed(table, 0, A);
        assertThat(loader.partitions).hasSize(2);
        assertThat(leader(table, 0)).as("in use meanwhile").isEqualTo(A);
        loader.pass(Duration.ofSeconds(5));
        assertThat(leader(table, 0)).isNull();
        assertThat(loader.partitions).hasSize(3);
        loader.partitions.getLast().answer().complete(null);
        assertThat(leader(table, 0)).as("in use when the cluster can't tell").isEqualTo(A);
    }

    @Test
    void leadersOfOneLogStreamMoveTogether() {
        TableLocation.Partitioned table = fill(table(KEY, 1, 4, 1, 1, 2, -1), leaf -> A);
        TableKey otherKey = new TableKey("c", "sys", "db", "other");
        TableLocation.Partitioned other = fill(table(otherKey, 1, 2, 1, 2), leaf -> A);
        cache.missed(table, 0, A);
        assertThat(loader.partitions.getLast().leaves()).containsExactly(0, 1, 3);
        answer(1, leaf -> leaf == 3 ? A : B);
        int fetches = loader.partitions.size();
        assertThat(leader(other, 1)).isEqualTo(A);
        assertThat(loader.partitions).hasSize(fetches);
        assertThat(leader(other, 0)).isNull();
        assertThat(loader.partitions).hasSize(fetches + 1);
        assertThat(loader.partitions.getLast().leaves()).containsExactly(0);
        answer(1, leaf -> B);
        assertThat(leader(other, 0)).isEqualTo(B);
    }

    @Test
    void aServerNamesTheLeader() {
        TableLocation.Partitioned table = fill(table(KEY, 1, 2), leaf -> A);
        cache.leaderIs(table, 1, B);
        assertThat(leader(table, 1)).isEqualTo(B);
        assertThat(loader.partitions).hasSize(1);
    }

    @Test
    void anAnswerWithoutLeaderDoesNotReplaceOneWithLeader() {
        TableLocation.Partitioned table = fill(table(KEY, 1, 1), leaf -> A);
        cache.missed(table, 0, A);
        ReplicaSet leaderless = new ReplicaSet(List.of(new Replica(A, false)));
        loader.partitions
                .getLast()
                .answer()
                .complete(new LocationLoader.Partitions(7, 1, Map.of(FIRST_TABLET, leaderless)));
        assertThat(leader(table, 0)).isEqualTo(A);
    }

    @Test
    void theSameVersionKeepsTheObjectAndItsPartitions() {
        TableLocation.Partitioned table = fill(table(KEY, 1, 4), leaf -> A);
        cache.missed(table, NO_LEAF, A);
        assertThat(loader.tables.getLast().known()).isSameAs(table);
        loader.answer(table);
        assertThat(cache.cached(KEY)).isSameAs(table);
        assertThat(leader(table, 2)).isEqualTo(A);
        assertThat(loader.partitions).hasSize(1);
    }

    @Test
    void anotherVersionInheritsThePartitionsThatItStillHas() {
        TableLocation.Partitioned old = fill(table(KEY, 1, 2), leaf -> A);
        cache.missed(old, 1, A);
        answer(2, leaf -> B);
        assertThat(loader.tables).as("the answer names another schema version").hasSize(2);
        assertThat(cache.cached(KEY)).as("wait for the definition").isNull();
        TableLocation.Partitioned changed = table(KEY, 2, 3);
        loader.answer(changed);
        assertThat(loader.partitions.getLast().leaves()).containsExactly(2);
        answer(2, leaf -> A);
        assertThat(cache.cached(KEY)).isSameAs(changed);
        assertThat(IntStream.range(0, 3).mapToObj(leaf -> leader(changed, leaf)))
                .containsExactly(B, B, A);
        assertThat(leader(old, 0)).as("who still uses the old one may go on").isEqualTo(B);
    }

    @Test
    void aPartitionThatTheServerDoesNotKnowMakesTheDefinitionDoubtful() {
        TableLocation.Partitioned table = table(KEY, 1, 2);
        cache.request(KEY);
        loader.answer(table);
        answer(1, leaf -> leaf == 0 ? A : null);
        assertThat(leader(table, 0)).isEqualTo(A);
        assertThat(cache.partition(table, 1)).isSameAs(ReplicaSet.NONE);
        assertThat(cache.cached(KEY)).isNull();
        assertThat(loader.tables).hasSize(2);
    }

    @Test
    void aStaleTableFetchesItsPartitionsAgainWhileTheyAreUsed() {
        TableLocation.Partitioned table = fill(table(KEY, 1, 2), leaf -> A);
        loader.pass(Duration.ofSeconds(1));
        cache.markStale(KEY);
        assertThat(cache.cached(KEY)).isSameAs(table);
        loader.answer(table);
        assertThat(leader(table, 0)).isEqualTo(A);
        assertThat(loader.partitions).hasSize(2);
        assertThat(loader.partitions.getLast().leaves()).containsExactly(0, 1);
        answer(1, leaf -> B);
        assertThat(leader(table, 1)).isEqualTo(B);
    }
}
