package com.oceanbase.odp.routing.policy;

import static com.oceanbase.odp.routing.policy.Fleet.at;
import static com.oceanbase.odp.routing.policy.Fleet.copies;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedPartition;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.Router.Observation;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.policy.Fleet.Locations;
import com.oceanbase.odp.routing.policy.Fleet.Session;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.trace.TracePoint;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.topology.HealthRules;
import com.oceanbase.odp.topology.ServerHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server a partition, or several of them, lead to. The partition of a row is its {@code id} here. */
class PartitionChoiceTest {
    private static final LiteralSlots NO_LITERALS = new LiteralSlots();

    private final Locations locations = new Locations();
    private final ServerHealth health = new ServerHealth(() -> HealthRules.DEFAULT, System::nanoTime, server -> {});
    private final List<RuntimeException> faults = new ArrayList<>();
    private int plansMade;
    private ConfigSnapshot config = Fleet.config();
    private final PartitionRouter router = new PartitionRouter(
            new PartitionRouter.Parts(
                    locations,
                    (table, block, use, joined) -> {
                        plansMade++;
                        PartitionSet named = use.partitions().isEmpty()
                                ? null
                                : table.named(use.partitions().getFirst());
                        return (statement, session) -> {
                            int leaf = leaf(block.conditionOf(use), statement);
                            return leaf >= 0 ? table.leaf(leaf) : named == null ? table.all() : named;
                        };
                    },
                    health,
                    faults::add),
            () -> config,
            server -> 0,
            System::nanoTime);

    /** The value of the first equation, -1 if there is none. */
    private static int leaf(@Nullable Expression condition, RoutedStatement statement) {
        LiteralSlots literals = statement.literals();
        ParameterValues parameters = statement.parameters();
        if (condition instanceof Expression.Binary equation && equation.operator() == BinaryOperator.EQUAL) {
            SqlValue value = Evaluator.evaluate(
                    equation.right(),
                    new EvaluationContext(
                            literals == null ? NO_LITERALS : literals,
                            parameters == null ? ParameterValues.NONE : parameters,
                            Session.PLAIN.values()));
            return value instanceof SqlValue.Int number ? (int) number.bits() : -1;
        }
        return -1;
    }

    private static RouteRequest request(String sql) {
        return new RouteRequest(Fleet.three().tenant(), Session.PLAIN.last(2), Fleet.parsed(sql), Set.of(), 0, null);
    }

    private RouteDecision route(String sql) {
        RouteDecision decision = router.route(request(sql));
        assertThat(faults).isEmpty();
        return decision;
    }

    private void assertUses(String sql, int server, RouteReason reason) {
        assertThat(route(sql)).isInstanceOfSatisfying(RouteDecision.Use.class, use -> {
            assertThat(use.server()).isEqualTo(at(server));
            assertThat(use.reason()).isEqualTo(reason);
        });
    }

    /** Partitions led by these servers. */
    private void leaders(int... servers) {
        for (int leaf = 0; leaf < servers.length; leaf++) {
            locations.partitions.put(leaf, copies(servers[leaf], servers[leaf] % 3 + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "2,3", "3,1"})
    void onePartitionGoesToItsLeader(int id, int server) {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        assertUses("select * from t where id = " + id, server, RouteReason.PARTITION_LEADER);
        assertUses("update t set a = 1 where id = " + id, server, RouteReason.PARTITION_LEADER);
    }

    @Test
    void severalPartitionsGoToTheirCommonLeaderOrThatOfMost() {
        PartitionedTable table = Fleet.partitioned("t", 2);
        locations.table("t", table);
        leaders(3, 3, 3, 3);
        assertUses("select * from t", 3, RouteReason.COMMON_LEADER);
        leaders(1, 3, 3, 1);
        assertUses("select * from t", 1, RouteReason.MOST_LEADERS);
        leaders(1, 3, 3, 2);
        assertUses("select * from t", 3, RouteReason.MOST_LEADERS);
        assertUses("select * from t partition (p1) where a > 1", 3, RouteReason.MOST_LEADERS);
        leaders(1, 3, 2, 2);
        assertUses("select * from t partition (p1) where a > 1", 2, RouteReason.COMMON_LEADER);
    }

    @Test
    void tablesOfWhichNothingMoreIsKnownGoToMostLeaders() {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 3, 3, 2);
        RouteRequest request = Fleet.request(Fleet.three().tenant(), Session.PLAIN, "select * from t where id = 0");
        assertThat(router.route(request)).isInstanceOfSatisfying(RouteDecision.Use.class, use -> {
            assertThat(use.server()).isEqualTo(at(3));
            assertThat(use.reason()).isEqualTo(RouteReason.MOST_LEADERS);
        });
    }

    @Test
    void nothingIsCalculatedWhenThatIsSwitchedOff() {
        config = Fleet.config("enable_partition_table_route", "false");
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        assertUses("select * from t where id = 0", 2, RouteReason.LAST_SERVER);
    }

    @Test
    void ofSeveralTablesTheWrittenOneDecidesThenTheFirstThatIsKnown() {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        locations.table("s", copies(3, 1));
        assertUses("select * from s, t where t.id = 1", 3, RouteReason.TABLE_LEADER);
        assertUses("select * from t, s where a = 'x'", 3, RouteReason.TABLE_LEADER);
        assertUses("insert into s select * from t where id = 1", 3, RouteReason.TABLE_LEADER);
        assertUses("update t, s set t.a = 1 where t.id = 1", 2, RouteReason.PARTITION_LEADER);
        assertUses("delete from s where a in (select a from t where id = 1)", 3, RouteReason.TABLE_LEADER);
        assertUses("select * from t union select * from t where id = 1", 2, RouteReason.PARTITION_LEADER);
    }

    @Test
    void waitsForPartitionsThatAreNotKnown() {
        TableLocation.Partitioned table = locations.table("t", Fleet.partitioned("t", 2));
        assertThat(route("select * from t where id = 3")).isInstanceOf(RouteDecision.Wait.class);
        assertThat(locations.feedback).containsExactly("request t[3]");
        assertThat(route("select * from t")).isInstanceOf(RouteDecision.Wait.class);
        assertThat(locations.feedback).last().isEqualTo("request t[0, 1, 2, 3]");
        leaders(1, 2);
        RouteRequest late = request("select * from t");
        for (int i = 0; i < 4; i++) {
            assertThat(router.route(late)).isInstanceOf(RouteDecision.Wait.class);
            late = late.waited();
        }
        assertThat(router.route(late))
                .isEqualTo(new RouteDecision.Use(at(1), RouteReason.MOST_LEADERS, new RoutedPartition(table, 0)));
    }

    @Test
    void aPartitionWithoutLeaderGoesToItsReplicas() {
        locations.table("t", Fleet.partitioned("t", 2));
        locations.partitions.put(0, new ReplicaSet(List.of(new Replica(at(3), false))));
        assertUses("select * from t where id = 0", 3, RouteReason.OTHER_REPLICA);
        locations.partitions.put(0, ReplicaSet.NONE);
        assertUses("select * from t where id = 0", 2, RouteReason.LAST_SERVER);
    }

    @Test
    void weakReadsGoToAFollowerOfTheirPartition() {
        config = Fleet.config("proxy_route_policy", "FOLLOWER_FIRST");
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        String weak = "select /*+ read_consistency(weak) */ * from t where id = ";
        assertUses(weak + 0, 2, RouteReason.WEAK_READ_REPLICA);
        assertUses(weak + 1, 3, RouteReason.WEAK_READ_REPLICA);
        assertUses(weak + 2, 1, RouteReason.WEAK_READ_REPLICA);
    }

    @Test
    void whatAnEarlierStatementChangesIsNotComputedWithBefore() {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        assertUses("set autocommit = 1; select * from t where id = 2", 3, RouteReason.PARTITION_LEADER);
        assertUses("set time_zone = '+00:00'; select * from t where id = 2", 1, RouteReason.MOST_LEADERS);
        assertUses("select * from t where id = 2; set time_zone = '+00:00'", 3, RouteReason.PARTITION_LEADER);
    }

    @Test
    void namesBehindAUseAreThoseOfItsDatabase() {
        assertThat(route("use other; select * from t where id = 2"))
                .isInstanceOfSatisfying(
                        RouteDecision.Wait.class,
                        wait -> assertThat(wait.what()).contains("other.t"));
    }

    @Test
    void plansAreMadeOnceForAFormAndAVersionOfTheTable() {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        RouteRequest request = request("select * from t where id = 2");
        RouteDecision first = router.route(request);
        for (int i = 0; i < 10; i++) {
            assertThat(router.route(request)).isSameAs(first);
        }
        assertThat(plansMade).isEqualTo(1);
        locations.table("t", Fleet.partitioned("t", 3));
        assertThat(router.route(request)).isNotSameAs(first);
        assertThat(plansMade).isEqualTo(2);
        leaders(1, 2, 1, 1);
        assertThat(router.route(request))
                .isInstanceOfSatisfying(
                        RouteDecision.Use.class, use -> assertThat(use.server()).isEqualTo(at(1)));
        assertThat(plansMade).isEqualTo(2);
    }

    @Test
    void aMissIsToldOfThePartitionThatDecided() {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        RouteRequest request = request("select * from t where id = 2");
        RouteDecision.Use use = (RouteDecision.Use) router.route(request);
        router.observed(request, use, Observation.MISS);
        assertThat(locations.feedback).containsExactly("missed t 2 10.0.0.3");
        RouteRequest scan = request("select * from t");
        router.observed(scan, (RouteDecision.Use) router.route(scan), Observation.MISS);
        assertThat(locations.feedback)
                .as("of a scan it is not known which partition it was")
                .containsExactly("missed t 2 10.0.0.3", "missed t -1 10.0.0.1");
        assertThat(router.statistics().misses()).isEqualTo(2);
        assertThat(router.statistics().used(RouteReason.PARTITION_LEADER)).isEqualTo(1);
        assertThat(router.statistics().used(RouteReason.MOST_LEADERS)).isEqualTo(1);
    }

    // --- routines

    private void routine(RoutineKey key, String routeSql) {
        locations.routines.put(key, new Routine(key, Routine.State.FOUND, 9, 1, "db", routeSql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call p(1, 2) | db | '' | p | false",
                "call q.p(1, 2) | db | q | p | false",
                "call d.q.p(1, 2) | d | q | p | true",
            })
    void aCallGoesWhereItsRouteSqlLeads(String sql, String database, String qualifier, String name, boolean named) {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        assertThat(route(sql)).isInstanceOf(RouteDecision.Wait.class);
        RoutineKey key = new RoutineKey("c", "t", database, qualifier, name, named);
        routine(key, "select * from t where id = :1");
        assertUses(sql, 3, RouteReason.PARTITION_LEADER);
        routine(key, "update t set a = :1 where id = :0");
        assertUses(sql, 2, RouteReason.PARTITION_LEADER);
        routine(key, "");
        assertUses(sql, 2, RouteReason.LAST_SERVER);
        config = Fleet.config("enable_pl_route", "false");
        routine(key, "select * from t where id = :1");
        assertUses(sql, 2, RouteReason.LAST_SERVER);
    }

    // --- tracing

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from t where id = 2",
                "select * from t",
                "select 1",
                "select /*+ read_consistency(weak) */ * from t where id = 0",
                "select * from nowhere",
                "call p(1)"
            })
    void tellsWhatItDecided(String sql) {
        locations.table("t", Fleet.partitioned("t", 2));
        leaders(1, 2, 3, 1);
        locations.tables.put(Locations.key("nowhere"), new TableLocation.Absent(Locations.key("nowhere")));
        routine(new RoutineKey("c", "t", "db", "", "p", false), "select * from t where id = :0");
        RouteTrace trace = RouteTrace.explaining();
        RouteDecision decision = router.route(
                new RouteRequest(Fleet.three().tenant(), Session.PLAIN, Fleet.parsed(sql), Set.of(), 0, trace));
        assertThat(faults).isEmpty();
        assertThat(decision).isInstanceOf(RouteDecision.Use.class);
        assertThat(trace.points()).extracting(TracePoint::name).contains("ROUTE_INFO", "ROUTE_POLICY");
        if (sql.contains("id = 2")) {
            assertThat(trace.points())
                    .extracting(TracePoint::name)
                    .containsSubsequence(
                            "ROUTE_INFO",
                            "LOCATION_CACHE_LOOKUP",
                            "TABLE_ENTRY_LOOKUP_DONE",
                            "PARTITION_ID_CALC_DONE",
                            "PARTITION_ENTRY_LOOKUP_DONE",
                            "ROUTE_POLICY",
                            "CONGESTION_CONTROL");
        }
    }
}
