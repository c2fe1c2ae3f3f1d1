package com.oceanbase.odp.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.testkit.cluster.ExplainPlan.PartitionIndex;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExplainPlanTest {

    private static final String JOIN = """
            =====================================================
            |ID|OPERATOR                   |NAME|EST.ROWS|EST.TIME(us)|
            -----------------------------------------------------
            |0 |NESTED-LOOP JOIN CARTESIAN |    |1       |10          |
            |1 |├─TABLE GET                |a   |1       |5           |
            |2 |└─TABLE GET                |np  |1       |5           |
            =====================================================
            Outputs & filters:
            -------------------------------------
              0 - output([a.id], [a.v], [np.id]), filter(nil), rowset=16
                  conds(nil), nl_params_(nil), use_batch=false
              1 - output([a.id], [a.v]), filter([a.v = 'partitions(p3)']), rowset=16
                  access([a.id], [a.v]), partitions(p2)
                  is_index_back=false, is_global_index=false,\s
              2 - output([np.id]), filter(nil), rowset=16
                  access([np.id]), partitions(p0)
            Used Hint:
            -------------------------------------
              /*+
                 \s
              */
            Outline Data:\s
            -------------------------------------
              /*+
                  LEADING(@"SEL$E230E5BA" ("a"@"SEL$1" "tkdb"."np"@"SEL$1"))
                  INDEX(@"SEL$E230E5BA" "a"@"SEL$1" "primary")
              */
            Optimization Info:
            -------------------------------------
              a:
                  table_rows:1
                  avaiable_index_name:[k4, iv]
              np:
                  avaiable_index_name:[np]
            """;

    private static final String INSERT = """
            |ID|OPERATOR          |NAME|EST.ROWS|EST.TIME(us)|
            |0 |DISTRIBUTED INSERT|    |1       |13          |
            |1 |└─EXPRESSION      |    |1       |1           |
            Outputs & filters:
              0 - output(nil), filter(nil)
                  columns([{kv: ({kv: (kv.id, kv.v)})}]),\s
                  column_values([column_conv(VARCHAR,utf8mb4_general_ci,length:20,NOT NULL,__values.id)])
              1 - output([__values.v], [__values.id]), filter(nil)
                  values({column_conv(INT,PS:(11,0),NULL,1), column_conv(VARCHAR,utf8mb4_general_ci,length:20,NOT NULL,'it\\'s, {x}')},\s
                  {2, NULL})
            """;

    @Test
    void scansNameTheirPartitionsAndTables() {
        ExplainPlan plan = ExplainPlan.parse(JOIN.lines().toList());
        assertThat(plan.operators()).hasSize(3);
        assertThat(plan.operators().get(0).partitions()).isNull();
        assertThat(plan.operators().get(1).table()).isEqualTo("a");
        assertThat(plan.operators().get(1).partitions()).containsExactly(new PartitionIndex(2, -1));
        assertThat(plan.operators().get(2).partitions()).containsExactly(new PartitionIndex(0, -1));
        assertThat(plan.qualified()).containsEntry("np", "tkdb").doesNotContainKey("a");
        assertThat(plan.realNames().get("a")).containsExactly("k4", "iv");
        assertThat(plan.weakRead()).isFalse();
    }

    @Test
    void rangesAndSubPartitionsAreSpelledOut() {
        ExplainPlan.Operator operator =
                new ExplainPlan.Operator("SCAN", "t", "access(nil), partitions(p[0-1]sp[2-3], p7sp0)");
        assertThat(operator.partitions())
                .containsExactly(
                        new PartitionIndex(0, 2),
                        new PartitionIndex(0, 3),
                        new PartitionIndex(1, 2),
                        new PartitionIndex(1, 3),
                        new PartitionIndex(7, 0));
    }

    @Test
    void rowsOfAnInsertAreShown() {
        InsertedRows rows = Objects.requireNonNull(
                InsertedRows.of(ExplainPlan.parse(INSERT.lines().toList()).operators()));
        assertThat(rows.columns()).containsExactly("v", "id");
        assertThat(rows.rows()).containsExactly(List.of("1", "'it\\'s, {x}'"), List.of("2", "NULL"));
        assertThat(rows.keyQuery("`d`.`kv`", List.of("ID")))
                .isEqualTo("select 1 from `d`.`kv` where (`ID` = 'it\\'s, {x}') or (`ID` is null)");
        assertThat(rows.keyQuery("`d`.`kv`", List.of("other"))).isNull();
    }

    @Test
    void statementHeadsAreRead() {
        assertThat(StatementHead.of("/* c */ insert ignore into `a`.b values(1)")
                        .target())
                .isEqualTo(new StatementHead.Name("a", "b"));
        assertThat(StatementHead.of("replace t set x=1").target()).isEqualTo(new StatementHead.Name(null, "t"));
        assertThat(StatementHead.of("Select 1").isJudged()).isTrue();
        assertThat(StatementHead.of("set @a = 1").isJudged()).isFalse();
        assertThat(StatementHead.of("alter table t add x int").isDefining()).isTrue();
        assertThat(StatementHead.of("").keyword()).isEmpty();
    }
}
