package com.oceanbase.odp.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.topology.ServerAddress;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The cache is bounded by an estimate of its memory; here it is compared with the heap. */
class LocationMemoryTest {
    private static final int TABLES = 50;
    private static final int PARTITIONS = 2000;

    private static PartitionedTable definition(int table) {
        List<Partition> list = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            List<Datum> bound = List.of(new Datum.Whole(1000L * i));
            list.add(new Partition("p2026" + i, i, table * 10_000L + i, bound, List.of(), false, List.of()));
        }
        TableColumn column = new TableColumn("id", ColumnType.BIGINT, 0, false, null, null);
        return new PartitionedTable(
                new PartitionedTable.Identity("db", "t" + table, table, 1, false),
                List.of(column),
                new PartitionLevel(PartitionFunction.RANGE_COLUMNS, List.of(0), null, List.of(ColumnType.BIGINT)),
                null,
                list);
    }

    private static ReplicaSet led(int leaf) {
        return new ReplicaSet(IntStream.range(0, 3)
                .mapToObj(server -> new Replica(new ServerAddress("10.0.0." + (server + leaf) % 3, 1), server == 0))
                .toList());
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void theEstimateOfAPartitionIsNotTooSmall() {
        long empty = heap();
        List<PartitionedTable> definitions = IntStream.range(0, TABLES)
                .mapToObj(LocationMemoryTest::definition)
                .toList();
        long defined = heap();
        ScriptedLoader loader = new ScriptedLoader();
        loader.rules = ScriptedLoader.rules(1 << 30);
        LocationCache cache = new LocationCache(loader, () -> loader.rules, loader.clock::get);
        for (PartitionedTable definition : definitions) {
            TableKey key = new TableKey("c", "sys", "db", definition.name());
            int[] logStreams = new int[PARTITIONS];
            Arrays.fill(logStreams, 1001);
            TableLocation.Partitioned table = new TableLocation.Partitioned(
                    key,
                    new TableLocation.Partitioned.Version(TableKind.USER, definition.tableId(), 1, PARTITIONS),
                    definition,
                    logStreams);
            cache.request(key);
            loader.answer(table);
            cache.request(table, IntStream.range(0, PARTITIONS).toArray());
            loader.partitions.forEach(fetch -> fetch.answer()
                    .complete(new LocationLoader.Partitions(definition.tableId(), 1, replicas(table, fetch.leaves()))));
            assertThat(cache.partition(table, PARTITIONS - 1)).isEqualTo(led(PARTITIONS - 1));
            loader.partitions.clear();
            loader.tables.clear();
        }
        long located = heap();
        long partitions = (long) TABLES * PARTITIONS;
        long definitionBytes = (defined - empty) / partitions;
        long locationBytes = (located - defined) / partitions;
        assertThat(locationBytes).as("bytes of a location").isLessThan(30);
        assertThat(cache.statistics().bytes())
                .as("estimated bytes; definition %s, location %s bytes a partition", definitionBytes, locationBytes)
                .isBetween((located - empty) * 4 / 5, (located - empty) * 2);
        Reference.reachabilityFence(definitions);
    }

    private static Map<Long, ReplicaSet> replicas(TableLocation.Partitioned table, List<Integer> leaves) {
        return leaves.stream().collect(Collectors.toMap(table::physicalId, LocationMemoryTest::led));
    }
}
