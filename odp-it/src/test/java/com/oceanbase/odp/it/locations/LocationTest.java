package com.oceanbase.odp.it.locations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import com.oceanbase.odp.it.fixture.OdpInstance;
import com.oceanbase.odp.it.session.JournaledClient;
import com.oceanbase.odp.it.session.Nodes;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.testkit.cluster.Journal;
import com.oceanbase.odp.testkit.cluster.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("kernel")
@ExtendWith(OdpFixture.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocationTest {
    private Locator locator;
    private TestCluster cluster;

    @BeforeAll
    void start(Environment environment) {
        cluster = environment.cluster();
        locator = new Locator(environment);
    }

    @BeforeEach
    void forget() {
        locator.forget();
    }

    @AfterAll
    void stop() {
        locator.close();
    }

    private List<Long> tablets(String table) {
        return cluster.leaders().tablets(locator.database(), table);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hash8 | (id bigint primary key) partition by hash(id) partitions 8 | 8
            key3 | (id varchar(20) primary key) partition by key(id) partitions 3 | 3
            range3 | (a int, b int) partition by range columns(a) (partition p0 values less than (10), partition p1 values less than (20), partition pm values less than (maxvalue)) | 3
            list2 | (a int, b int) partition by list(a) (partition p0 values in (1, 2), partition p1 values in (3)) | 2
            two | (a int, b bigint) partition by range(a) subpartition by hash(b) subpartitions 4 (partition p0 values less than (10), partition p1 values less than (20)) | 8
            """)
    void aTableIsKnownWithItsPartitionsAndTheirLeaders(String name, String design, int leaves) {
        locator.sql("create table " + name + design);
        TableLocation.Partitioned table = locator.partitioned(name);
        PartitionedTable definition = Objects.requireNonNull(table.definition());
        assertThat(definition.leafCount()).isEqualTo(leaves);
        assertThat(table.partitions()).isEqualTo(leaves);
        List<Long> tablets = tablets(name);
        assertThat(definition.leaves().stream().map(Partition::physicalId)).containsExactlyElementsOf(tablets);
        assertThat(IntStream.range(0, leaves).mapToObj(leaf -> locator.leader(table, leaf)))
                .containsExactlyElementsOf(
                        tablets.stream().map(cluster.leaders()::of).toList());
        assertThat(locator.asked("table_name = '" + name + "' AND A.tablet_id = 0"))
                .hasSize(1);
        assertThat(locator.asked("table_name = '" + name + "' AND A.tablet_id IN"))
                .hasSize(1);
        assertThat(locator.asked("__all_virtual_proxy_partition_info")).hasSize(1);
    }

    @Test
    void fiftyRequestsAtOnceAreOneFetch() {
        locator.sql("create table busy(id bigint primary key) partition by hash(id) partitions 4");
        List<CompletableFuture<@Nullable Void>> requests = IntStream.range(0, 50)
                .mapToObj(request -> locator.source().request(locator.key("busy")))
                .toList();
        requests.forEach(Locator::await);
        TableLocation.Partitioned table = locator.partitioned("busy");
        assertThat(locator.asked("table_name = 'busy' AND A.tablet_id = 0")).hasSize(1);
        assertThat(locator.asked("table_name = 'busy' AND A.tablet_id IN")).hasSize(1);
        assertThat(locator.asked("__all_virtual_proxy_partition ")).hasSize(1);
        assertThat(locator.leader(table, 3))
                .isEqualTo(cluster.leaders().of(tablets("busy").get(3)));
    }

    @Test
    void partitionsOfALargeTableAreFetchedInChunks() {
        locator.sql("create table large(id bigint primary key) partition by hash(id) partitions 600");
        TableLocation.Partitioned table = locator.partitioned("large");
        assertThat(table.leafCount()).isEqualTo(600);
        List<Long> tablets = tablets("large");
        for (int leaf : new int[] {599, 512, 0, 255, 598}) {
            assertThat(locator.leader(table, leaf)).isEqualTo(cluster.leaders().of(tablets.get(leaf)));
        }
        List<String> statements = locator.asked("table_name = 'large' AND A.tablet_id IN");
        assertThat(statements)
                .hasSize(2)
                .allSatisfy(sql -> assertThat(sql.length()).isLessThan(4096));
    }

    @Test
    void aSwitchOfALeaderIsFollowedByOneFetch() {
        locator.sql("create table moving(id bigint primary key) partition by hash(id) partitions 6");
        cluster.leaders().moveTable(locator.database(), "moving", 1);
        TableLocation.Partitioned table = locator.partitioned("moving");
        assertThat(locator.leader(table, 2)).isEqualTo(1);
        locator.forget();
        cluster.leaders().moveTable(locator.database(), "moving", 3);
        assertThat(locator.leader(table, 2)).as("nobody has noticed").isEqualTo(1);
        locator.source().missed(table, 2, locator.address(1));
        await().untilAsserted(() -> assertThat(locator.leader(table, 2)).isEqualTo(3));
        assertThat(IntStream.range(0, 6).mapToObj(leaf -> locator.leader(table, leaf)))
                .as("all that the old leader led was looked at")
                .containsOnly(3);
        assertThat(locator.partitioned("moving")).isSameAs(table);
        assertThat(locator.asked("'moving'"))
                .hasSize(1)
                .allSatisfy(sql -> assertThat(sql).contains("FORCE_REFRESH_LOCATION_CACHE", "A.tablet_id IN"));
    }

    @Test
    void theSecondStatementAfterASwitchIsAtTheNewLeader(Environment environment) throws IOException {
        Nodes nodes = Nodes.create(environment);
        // Without the watch over leaders, which may be faster than the first statement.
        try (OdpInstance proxy = environment.start(Map.of("leader_watch_interval", "0s"));
                JournaledClient client = nodes.client(proxy)) {
            client.ok("select count(*) from t1");
            cluster.leaders().moveTable(nodes.database(), "t1", 2);
            client.forget();
            Journal.Mark mark = cluster.journal().mark();
            client.ok("select count(*) from t1 /* first */");
            cluster.journal()
                    .await(
                            mark,
                            entry -> entry.text().contains("FORCE_REFRESH_LOCATION_CACHE")
                                    && entry.text().contains("table_name = 't1'"),
                            Duration.ofSeconds(20));
            client.ok("select count(*) from t1 /* second */");
            assertThat(client.sent(1)).containsExactly("select count(*) from t1 /* first */");
            assertThat(client.sent(2)).contains("select count(*) from t1 /* second */");
        }
    }

    @Test
    void anotherDefinitionIsNoticedAndFetchedOnce() {
        locator.sql("create table growing(a int, b int) partition by range(a)"
                + " (partition p0 values less than (10), partition p1 values less than (20))");
        TableLocation.Partitioned old = locator.partitioned("growing");
        locator.forget();
        locator.sql("alter table growing add partition (partition p2 values less than (30))");
        assertThat(locator.partitioned("growing")).isSameAs(old);
        // a statement that missed without a partition, as one for the new partition does
        locator.source().missed(old, LocationSource.NO_LEAF, locator.address(1));
        await().untilAsserted(() ->
                assertThat(locator.partitioned("growing").leafCount()).isEqualTo(3));
        TableLocation.Partitioned grown = locator.partitioned("growing");
        assertThat(grown.schemaVersion()).isGreaterThan(old.schemaVersion());
        assertThat(grown.tableId()).isEqualTo(old.tableId());
        assertThat(locator.leader(grown, 2))
                .isEqualTo(cluster.leaders().of(tablets("growing").get(2)));
        assertThat(locator.asked("__all_virtual_proxy_partition_info")).hasSize(1);
        assertThat(locator.asked("A.tablet_id IN"))
                .as("the old partitions are known")
                .hasSize(1)
                .allSatisfy(sql -> assertThat(sql)
                        .contains("A.tablet_id IN (" + tablets("growing").get(2) + ")"));
        locator.source().markStale(locator.key("growing"));
        locator.table("growing");
        await().untilAsserted(() -> assertThat(locator.asked("table_name = 'growing' AND A.tablet_id = 0"))
                .hasSize(2));
        assertThat(locator.asked("__all_virtual_proxy_partition_info"))
                .as("the same version")
                .hasSize(1);
    }

    @Test
    void anAnswerAboutPartitionsTellsOfAnotherDefinition() {
        locator.sql("create table altered(a bigint primary key, b int) partition by hash(a) partitions 2");
        TableLocation.Partitioned old = locator.partitioned("altered");
        locator.sql("alter table altered add column c int");
        int leader = locator.leader(old, 0);
        locator.source().missed(old, 0, locator.address(leader));
        await().untilAsserted(() ->
                assertThat(locator.partitioned("altered").schemaVersion()).isGreaterThan(old.schemaVersion()));
        assertThat(locator.leader(locator.partitioned("altered"), 0)).isEqualTo(leader);
    }

    @Test
    void tablesThatAreCreatedAndDroppedAreNoticed() {
        assertThat(locator.table("fresh")).isInstanceOf(TableLocation.Absent.class);
        locator.sql("create table fresh(id int)");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(locator.table("fresh")).isInstanceOf(TableLocation.SinglePartition.class));
        TableLocation.SinglePartition single = (TableLocation.SinglePartition) locator.table("fresh");
        assertThat(locator.node(single.leader()))
                .isEqualTo(cluster.leaders().of(tablets("fresh").getFirst()));
        locator.sql("drop table fresh");
        locator.source().markStale(locator.key("fresh"));
        await().untilAsserted(() -> assertThat(locator.table("fresh")).isInstanceOf(TableLocation.Absent.class));
        locator.sql("create table fresh(id int) partition by hash(id) partitions 2");
        await().untilAsserted(() -> assertThat(locator.table("fresh")).isInstanceOf(TableLocation.Partitioned.class));
    }

    @Test
    void aTableThatIsDroppedAndCreatedAgainHasAnotherId() {
        locator.sql("create table again(id int) partition by hash(id) partitions 2");
        TableLocation.Partitioned old = locator.partitioned("again");
        int leader = locator.leader(old, 0);
        locator.sql("drop table again");
        locator.sql("create table again(id int) partition by hash(id) partitions 2");
        locator.source().missed(old, 0, locator.address(leader));
        await().untilAsserted(
                        () -> assertThat(locator.partitioned("again").tableId()).isNotEqualTo(old.tableId()));
        TableLocation.Partitioned table = locator.partitioned("again");
        assertThat(LongStream.of(table.physicalId(0), table.physicalId(1)).boxed())
                .containsExactlyElementsOf(tablets("again"));
    }

    @Test
    void viewsAreAnywhereAndNamesMayHaveQuotes() {
        locator.sql("create table `it's \\ a` (id int)");
        assertThat(locator.table("it's \\ a")).isInstanceOf(TableLocation.SinglePartition.class);
        locator.sql("create view seen as select 1");
        assertThat(locator.table("seen")).isInstanceOf(TableLocation.Anywhere.class);
    }

    @Test
    void globalIndexesAreTablesOfTheirOwn() {
        locator.sql("create table indexed(id bigint primary key, v int) partition by hash(id) partitions 2");
        locator.sql("create index gi on indexed(v) global partition by hash(v) partitions 3");
        long id = locator.partitioned("indexed").tableId();
        assertThat(locator.partitioned("__idx_" + id + "_gi").leafCount()).isEqualTo(3);
    }

    @Test
    void routinesAreFoundByBothReadingsOfTwoNames() {
        locator.sql("create table called(id bigint primary key, v int)");
        locator.sql("create procedure proc(in x bigint) begin update called set v = 1 where id = x; end");
        Routine plain = locator.routine("", "proc");
        assertThat(plain.state()).isEqualTo(Routine.State.FOUND);
        assertThat(locator.routine(locator.database(), "proc").id()).isEqualTo(plain.id());
        assertThat(locator.routine("", "nosuch").state()).isEqualTo(Routine.State.ABSENT);
    }
}
