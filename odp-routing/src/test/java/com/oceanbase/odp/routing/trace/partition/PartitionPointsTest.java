package com.oceanbase.odp.routing.trace.partition;

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
import com.oceanbase.odp.routing.trace.RouteTexts;
import com.oceanbase.odp.routing.trace.RouteTrace;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables are those that the original was asked about on a real cluster. */
class PartitionPointsTest {
    private static final ColumnType TEXT = ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_GENERAL_CI, 20);

    private static final PartitionedTable T2 = table(
            "t2",
            List.of(column("id", ColumnType.BIGINT, 0), column("n", ColumnType.BIGINT, 1)),
            level(PartitionFunction.KEY, List.of(0), List.of()),
            null,
            leaves(4, 200052));

    private static final PartitionedTable T4 = table(
            "t4",
            List.of(column("id", ColumnType.BIGINT, 0), column("d", ColumnType.BIGINT, 1)),
            level(PartitionFunction.HASH, List.of(0), List.of()),
            level(PartitionFunction.RANGE, List.of(1), List.of(ColumnType.BIGINT)),
            List.of(
                    partition("p0", 500090, 0, List.of(), List.of(), halves(500092, 200061)),
                    partition("p1", 500091, 0, List.of(), List.of(), halves(500094, 200063))));

    private static final PartitionedTable T6 = table(
            "t6",
            List.of(column("k", TEXT, 0)),
            level(PartitionFunction.LIST_COLUMNS, List.of(0), List.of(TEXT)),
            null,
            List.of(
                    partition(
                            "p0",
                            500102,
                            200069,
                            List.of(),
                            List.of(List.of(text("a")), List.of(text("b"))),
                            List.of()),
                    new Partition("p1", 500103, 200070, List.of(), List.of(), true, List.of())));

    private static Datum text(String value) {
        return new Datum.Text(value.getBytes(StandardCharsets.UTF_8));
    }

    private static TableColumn column(String name, ColumnType type, int position) {
        return new TableColumn(name, type, position, false, null, null);
    }

    private static PartitionLevel level(PartitionFunction function, List<Integer> columns, List<ColumnType> bounds) {
        return new PartitionLevel(function, columns, null, bounds);
    }

    private static Partition partition(
            String name, long id, long tablet, List<Datum> bound, List<List<Datum>> values, List<Partition> parts) {
        return new Partition(name, id, tablet, bound, values, false, parts);
    }

    private static List<Partition> leaves(int count, long tablet) {
        List<Partition> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(partition("p" + i, i, tablet + i, List.of(), List.of(), List.of()));
        }
        return leaves;
    }

    private static List<Partition> halves(long id, long tablet) {
        return List.of(
                partition("s0", id, tablet, List.of(new Datum.Whole(100)), List.of(), List.of()),
                partition("s1", id + 1, tablet + 1, List.of(Datum.Max.INSTANCE), List.of(), List.of()));
    }

    private static PartitionedTable table(
            String name,
            List<TableColumn> columns,
            PartitionLevel first,
            @Nullable PartitionLevel second,
            List<Partition> partitions) {
        return new PartitionedTable(
                new PartitionedTable.Identity("db1", name, 1, 1, false), columns, first, second, partitions);
    }

    private static String plan(String sql, PartitionedTable table, PartitionSet result) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
        RouteTrace trace = RouteTrace.explaining();
        PartitionPoints.add(
                trace,
                table,
                access,
                new EvaluationContext(slots, ParameterValues.NONE, SessionValues.MYSQL),
                result,
                "");
        String tree = RouteTexts.tree(trace, null);
        return tree.substring(tree.lastIndexOf("-----\n") + 6);
    }

    @Test
    void writesAPointQueryAsTheOriginalDoes() {
        assertThat(plan("select * from t2 where id=5", T2, T2.leaf(0))).isEqualTo("""
                          > PARTITION_ID_CALC_START:{}
                            > EXPR_PARSE:{col_val:"id=5"}
                            > RESOLVE_EXPR:{part_range:"[5 ; 5]"}
                              > RESOLVE_TOKEN:{token_type:"TOKEN_INT_VAL", resolve:"BIGINT:5", token:"5"}
                            > CALC_PARTITION_ID:{part_description:"partition by key(BIGINT<binary>) partitions 4"}
                          > PARTITION_ID_CALC_DONE:{partition_id:200052, level:1, partitions:"(p0)"}
                        """);
    }

    @Test
    void writesTwoLevelsAsTheOriginalDoes() {
        assertThat(plan("select * from t4 where id=1 and d=5", T4, T4.leaf(2))).isEqualTo("""
                          > PARTITION_ID_CALC_START:{}
                            > EXPR_PARSE:{col_val:"id=1,d=5"}
                            > RESOLVE_EXPR:{part_range:"[1 ; 1]", sub_part_range:"[5 ; 5]"}
                              > RESOLVE_TOKEN:{token_type:"TOKEN_INT_VAL", resolve:"BIGINT:1", token:"1"}
                              > RESOLVE_TOKEN:{token_type:"TOKEN_INT_VAL", resolve:"BIGINT:5", token:"5"}
                            > CALC_PARTITION_ID:{part_description:"partition by hash(BIGINT<binary>) partitions 2 subpartition by range (P500092[BIGINT:100], P500093[EXT:maxvalue])"}
                          > PARTITION_ID_CALC_DONE:{partition_id:200063, level:2, partitions:"(p1sp0)"}
                        """);
    }

    @Test
    void namesSeveralPartitions() {
        PartitionSet half = T4.named("p1");
        assertThat(half).isNotNull();
        assertThat(plan("select * from t4 where id = 1", T4, half))
                .contains("part_range:\"[1 ; 1]\", sub_part_range:\"(MIN ; MAX)always true\"")
                .contains("PARTITION_ID_CALC_DONE:{partition_id:-1, level:2, partitions:\"(p1sp0, p1sp1)\","
                        + " possible_partitions:2, why:\"2 of 4 partitions possible\"}");
        assertThat(plan("select * from t4", T4, T4.all()))
                .contains("EXPR_PARSE:{col_val:\"there are no part keys\", why:\"no condition on key columns id, d\"}")
                .contains("{partition_id:-1, level:2, possible_partitions:4, why:\"4 of 4 partitions possible\"}");
    }

    @Test
    void describesLists() {
        assertThat(plan("select * from t6 where k = 'b'", T6, T6.leaf(0)))
                .contains("col_val:\"k=b\"")
                .contains("part_description:\"partition by list (P500102[(VARCHAR:a<utf8mb4_general_ci>),"
                        + " (VARCHAR:b<utf8mb4_general_ci>)], P500103[(DEFAULT)])\"");
        assertThat(PartitionPoints.fetched(T4))
                .hasToString(PartitionPoints.fetched(T4).toString())
                .extracting("partitionLevel", "expression", "subExpression")
                .containsExactly(2, "id", "d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    select * from t2 where id > 5 and id < 7                   | id>5,id<7            | (5 ; 7)
                    select * from t2 where 5 <= id                             | id>=5                | [5 ; MAX)
                    select * from t2 where id between 5 and 9                  | id between 5 and 9   | [5 ; 9]
                    select * from t2 where id in (5, 7)                        | id in (5,7)          | [5 ; 5], [7 ; 7]
                    select * from t2 where id = 5 and id = 7                   | id=5,id=7            | [5 ; 5], [7 ; 7]
                    select * from t2 x where x.id = -5 and n = 1               | id=-5                | [-5 ; -5]
                    select * from t2 where id = 5 or id = 7                    | (id=5 or id=7)       | (MIN ; MAX)
                    select * from t2 where n = 5                               | there are no part keys | (MIN ; MAX)always true
                    select * from t4 a, t2 b where a.id = 3 and b.id = 4       | id=4                 | [4 ; 4]
                    insert into t2 values (900, 1), (901, 2)                   | id=900,id=901        | [900 ; 900], [901 ; 901]
                    insert into t2 (n, id) values (1, 7)                       | id=7                 | [7 ; 7]
                    replace into t2 set n = 1, id = 8                          | id=8                 | [8 ; 8]
                    update t2 set n = 1 where id = 7                           | id=7                 | [7 ; 7]
                    delete from t2 where (id, n) = (7, 1)                      | (id,n)=(7,1)         | (MIN ; MAX)
                    select * from t2 where id + 1 = 5                          | id+1=5               | (MIN ; MAX)
                    select * from t2 where id = ?                              | id=?                 | [? ; ?]
                    select * from t2 where id is null                          | id is NULL           | [NULL ; NULL]
                    select * from t2 where id = @a                             | id=@a                | [@a ; @a]
                    select * from t2 where id not in (1, 2)                    | id not in (1,2) | (MIN ; MAX)
                    """)
    void saysWhichConditionsItFound(String sql, String conditions, String range) {
        assertThat(plan(sql, T2, T2.all()))
                .contains("EXPR_PARSE:{col_val:\"" + conditions + "\"")
                .contains("RESOLVE_EXPR:{part_range:\"" + range + "\"}");
    }

    @Test
    void staysShortWhateverTheStatementIs() {
        String list = "1,".repeat(20_000) + "'" + "x".repeat(100_000) + "'";
        String deep = "(".repeat(5000) + "id" + ")".repeat(5000) + " = 1";
        assertThat(plan("select * from t2 where id in (" + list + ")", T2, T2.all()))
                .hasSizeLessThan(10_000);
        assertThat(plan("select * from t2 where " + deep, T2, T2.all())).hasSizeLessThan(10_000);
        assertThat(plan("select * from t2 where id = '" + "x".repeat(100_000), T2, T2.all()))
                .hasSizeLessThan(10_000);
    }
}
