package com.oceanbase.odp.routing.partition.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.TableDefinition;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PartitionCalculatorTest {
    /** {@code t(id bigint, name varchar, n int)}: KEY (id) in 7, each by RANGE (n) below 0, 10, 100 and the rest. */
    private static final PartitionedTable TABLE = table();

    @Test
    void keysOfBothLevelsNameOneLeaf() {
        PartitionSet set = evaluate("SELECT * FROM t WHERE id = 5 AND n = 12 AND name = 'x'");

        assertThat(set.single()).isEqualTo(1 * 4 + 2);
        assertThat(set.precision()).isEqualTo(PartitionSet.Precision.EXACT);
    }

    @Test
    void aMissingKeyIsNamed() {
        PartitionSet set = evaluate("SELECT * FROM t WHERE id = 5");

        assertThat(set.size()).isEqualTo(4);
        assertThat(set.reason()).isEqualTo("no value for key column n: 4 partitions possible");
    }

    @Test
    void rangesStayBelowTheirBound() {
        assertThat(evaluate("SELECT * FROM t WHERE id = 5 AND n BETWEEN 10 AND 99")
                        .single())
                .isEqualTo(6);
        assertThat(evaluate("SELECT * FROM t WHERE id = 5 AND n >= 10 AND n < 100")
                        .single())
                .isEqualTo(6);
        assertThat(evaluate("SELECT * FROM t WHERE id = 5 AND n >= 10 AND n <= 100")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void whatNoRowFulfilsHasAPartitionAllTheSame() {
        PartitionSet set = evaluate("SELECT * FROM t WHERE id = 5 AND n > 10 AND n < 5");

        assertThat(set.empty()).isTrue();
        assertThat(set.size()).isPositive();
    }

    @Test
    void theFirstRowOfAnInsertIsPreferred() {
        PartitionSet set = evaluate("INSERT INTO t(id, n) VALUES (5, 12), (1, -1)");

        assertThat(set.size()).isEqualTo(2);
        assertThat(set.preferred()).isEqualTo(6);
    }

    @Test
    void namedPartitionsLimit() {
        assertThat(evaluate("SELECT * FROM t PARTITION (p1) WHERE n = 12").single())
                .isEqualTo(6);
        assertThat(evaluate("SELECT * FROM t PARTITION (p1s2)").single()).isEqualTo(6);
    }

    @Test
    void literalsMayChangeUnderOnePlan() {
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = parse("SELECT * FROM t WHERE id = 5 AND n = 12", slots);
        PartitionPlan plan = PartitionCalculator.compile(TABLE, access).getFirst();

        parse("SELECT * FROM t WHERE id = 100 AND n = 1200", slots);
        assertThat(plan.evaluate(context(slots))).isEqualTo(TABLE.leaf(4 * 4 + 3));
    }

    @Test
    void conditionsAreCarriedOverEqualColumns() {
        assertThat(joined("SELECT * FROM t a, t b WHERE a.id = b.id AND b.n = a.n AND b.id = 5 AND b.n = 12")
                        .single())
                .isEqualTo(6);
        assertThat(joined("SELECT * FROM t a LEFT JOIN t b ON a.id = b.id AND b.id = 5 AND b.n = 12 WHERE a.n = 12")
                        .size())
                .isEqualTo(7);
    }

    /** The first table of a join, with the second one's definition. */
    private static PartitionSet joined(String sql) {
        LiteralSlots slots = new LiteralSlots();
        QueryBlock block = parse(sql, slots).blocks().getFirst();
        List<PartitionCalculator.Joined> others =
                List.of(new PartitionCalculator.Joined(block.tables().get(1), TABLE));
        return PartitionCalculator.compile(TABLE, block, block.tables().getFirst(), others)
                .evaluate(context(slots));
    }

    @Property(tries = 300)
    void andNeverWidensAndOrNeverNarrows(@ForAll("conditions") String a, @ForAll("conditions") String b) {
        PartitionSet left = evaluate("SELECT * FROM t WHERE " + a);
        PartitionSet right = evaluate("SELECT * FROM t WHERE " + b);
        PartitionSet both = evaluate("SELECT * FROM t WHERE (" + a + ") AND (" + b + ")");
        PartitionSet either = evaluate("SELECT * FROM t WHERE (" + a + ") OR (" + b + ")");

        for (int leaf = 0; leaf < TABLE.leafCount(); leaf++) {
            if (!both.empty() && both.contains(leaf)) {
                assertThat(left.contains(leaf) || left.empty()).isTrue();
                assertThat(right.contains(leaf) || right.empty()).isTrue();
            }
            if (!left.empty() && left.contains(leaf) || !right.empty() && right.contains(leaf)) {
                assertThat(either.contains(leaf)).isTrue();
            }
        }
    }

    @Property(tries = 300)
    void aRowThatIsInsertedIsFound(@ForAll long id, @ForAll int n) {
        int leaf =
                evaluate("INSERT INTO t(id, n) VALUES (" + id + ", " + n + ")").single();

        assertThat(evaluate("SELECT * FROM t WHERE id = " + id + " AND n = " + n)
                        .single())
                .isEqualTo(leaf);
        assertThat(evaluate("SELECT * FROM t WHERE id IN (" + id + ", 1) AND n >= " + n)
                        .contains(leaf))
                .isTrue();
    }

    @Provide
    Arbitrary<String> conditions() {
        Arbitrary<String> columns = Arbitraries.of("id", "n", "name", "t.n", "id + 1", "abs(n)");
        Arbitrary<String> operators = Arbitraries.of("=", "<", "<=", ">", ">=", "<>", "<=>");
        Arbitrary<String> values =
                Arbitraries.of("1", "-3", "12", "99.5", "'7'", "NULL", "'abc'", "1e3", "100", "(SELECT 5)", "x'41'");
        Arbitrary<String> comparisons =
                Combinators.combine(columns, operators, values).as((c, o, v) -> c + " " + o + " " + v);
        Arbitrary<String> others =
                Combinators.combine(columns, values, values).as((c, v, w) -> c + " IN (" + v + ", " + w + ")");
        Arbitrary<String> ranges =
                Combinators.combine(columns, values, values).as((c, v, w) -> c + " BETWEEN " + v + " AND " + w);
        Arbitrary<String> simple = Arbitraries.oneOf(List.of(
                comparisons, others, ranges, columns.map(c -> c + " IS NULL"), Arbitraries.of("TRUE", "1 = 0")));
        Arbitrary<String> joined = Combinators.combine(simple, Arbitraries.of(" AND ", " OR "), simple)
                .as((x, o, y) -> "(" + x + o + y + ")");
        return Arbitraries.oneOf(List.of(simple, joined, joined.map(j -> "NOT " + j)));
    }

    private static PartitionSet evaluate(String sql) {
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = parse(sql, slots);
        return PartitionCalculator.compile(TABLE, access).getFirst().evaluate(context(slots));
    }

    private static StatementAccess parse(String sql, LiteralSlots slots) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
    }

    private static EvaluationContext context(LiteralSlots slots) {
        return new EvaluationContext(slots, ParameterValues.NONE, SessionValues.MYSQL);
    }

    private static PartitionedTable table() {
        List<TableColumn> columns = List.of(
                new TableColumn("id", ColumnType.BIGINT, 0, false, null, null),
                new TableColumn(
                        "name",
                        ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_GENERAL_CI, 64),
                        1,
                        false,
                        null,
                        null),
                new TableColumn("n", ColumnType.of(ObjectType.INT), 2, false, null, null));
        PartitionLevel first = TableDefinition.level(PartitionFunction.KEY, columns, "id", List.of(), List.of(), false);
        PartitionLevel second = TableDefinition.level(
                PartitionFunction.RANGE, columns, "`n`", List.of(), List.of(ColumnType.BIGINT), false);
        List<Datum> bounds = List.of(new Datum.Whole(0), new Datum.Whole(10), new Datum.Whole(100), Datum.Max.INSTANCE);
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            List<Partition> subs = new ArrayList<>();
            for (int j = 0; j < bounds.size(); j++) {
                subs.add(new Partition(
                        "p" + i + "s" + j, j, 100 + i, List.of(bounds.get(j)), List.of(), false, List.of()));
            }
            partitions.add(new Partition("p" + i, i, 0, List.of(), List.of(), false, subs));
        }
        return new PartitionedTable(
                new PartitionedTable.Identity("db", "t", 1, 1, false), columns, first, second, partitions);
    }
}
