package com.oceanbase.odp.sql.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of views become statements of their tables. The texts of the views are a server's (4.3.5). */
class ViewDefinitionTest {
    private static final String RENAMED =
            "select `d`.`t`.`id` AS `k`,`d`.`t`.`v` AS `id` from `d`.`t` where (`d`.`t`.`v` > 3)";
    private static final String JOINED =
            "select `d`.`t`.`id` AS `id`,`d`.`w`.`x` AS `x` from (`d`.`t` join `d`.`w` on (`d`.`t`.`id` = `d`.`w`.`t_id`))";
    private static final String GROUPED = "select `d`.`t`.`v` AS `v`,count(*) AS `c` from `d`.`t` group by `d`.`t`.`v`";
    private static final String UNION =
            "(select `d`.`t`.`id` AS `id` from `d`.`t`) union  all (select `d`.`w`.`id` AS `id` from `d`.`w`)";
    private static final String DERIVED = "select `x`.`id` AS `id` from (select `d`.`t`.`id` AS `id` from `d`.`t`) `x`";
    private static final String COMPUTED = "select `d`.`t`.`id` AS `a`,(`d`.`t`.`v` + 1) AS `b` from `d`.`t`";
    private static final String LIMITED = "select `d`.`t`.`id` AS `id`,`d`.`t`.`v` AS `v` from `d`.`t` limit 10";

    private static String expand(String definition, String statement) {
        byte[] text = statement.getBytes(StandardCharsets.UTF_8);
        LiteralSlots slots = new LiteralSlots();
        StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
        QueryBlock block = access.blocks().getFirst();
        TableAccess view = block.tables().stream()
                .filter(table -> table.table().name().equals("v"))
                .findFirst()
                .orElseThrow();
        return AccessText.of(new ViewDefinition(definition, SqlMode.MYSQL).expand(block, view), slots);
    }

    static List<Arguments> statements() {
        return List.of(
                Arguments.of(RENAMED, "select * from v where k = 5", "SELECT d.t: (UNKNOWN AND (t.id=5))"),
                Arguments.of(RENAMED, "select * from v where id = 5", "SELECT d.t: (UNKNOWN AND (t.v=5))"),
                Arguments.of(
                        RENAMED,
                        "select * from v x where x.K in (1, 2) and y = 3",
                        "SELECT d.t: (UNKNOWN AND (t.id IN (1,2)))"),
                Arguments.of(
                        RENAMED,
                        "select * from u left join v on v.k = 3 and v.id = u.k where u.id = 1",
                        "SELECT d.t: (UNKNOWN AND (t.id=3))"),
                Arguments.of(RENAMED, "select * from v for update", "SELECT_FOR_UPDATE d.t: UNKNOWN"),
                Arguments.of(RENAMED, "update v set id = 4 where k = 5", "UPDATE d.t: (UNKNOWN AND (t.id=5))"),
                Arguments.of(RENAMED, "delete from v where k = 5", "DELETE d.t: (UNKNOWN AND (t.id=5))"),
                Arguments.of(RENAMED, "insert into v values(1, 2)", "INSERT d.t: UNKNOWN (id,v) (1,2)"),
                Arguments.of(RENAMED, "insert into v(id, k) values(1, 2)", "INSERT d.t: UNKNOWN (v,id) (1,2)"),
                Arguments.of(COMPUTED, "insert into v values(1, 2)", "INSERT d.t"),
                Arguments.of(COMPUTED, "select * from v where a = 5 and b = 3", "SELECT d.t: (t.id=5)"),
                Arguments.of(JOINED, "select * from v where id = 5", "SELECT d.t, d.w: ((t.id=w.t_id) AND (t.id=5))"),
                Arguments.of(GROUPED, "select * from v where v = 5 and c = 3", "SELECT d.t: (t.v=5)"),
                Arguments.of(UNION, "select * from v where id = 5", "SELECT d.t: (t.id=5) | SELECT d.w: (w.id=5)"),
                Arguments.of(DERIVED, "select * from v where id = 5", "SELECT d.t: (t.id=5)"),
                Arguments.of(LIMITED, "select * from v where id = 5", "SELECT d.t"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void putsItsTablesInPlaceOfTheView(String definition, String statement, String expected) {
        assertThat(expand(definition, statement)).isEqualTo(expected);
    }

    @Test
    void withoutAStatementTheTablesAreKnown() {
        List<QueryBlock> blocks = new ViewDefinition(JOINED, SqlMode.MYSQL).expand(null, null);
        assertThat(AccessText.of(blocks, new LiteralSlots())).isEqualTo("SELECT d.t, d.w: (t.id=w.t_id)");
    }

    @Test
    void readsTheTextByItsMode() {
        ViewDefinition view = new ViewDefinition("select \"D\".\"T\".\"ID\" AS \"K\" from \"D\".\"T\"", SqlMode.ORACLE);
        assertThat(AccessText.of(view.expand(null, null), new LiteralSlots())).isEqualTo("SELECT D.T");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "select 1 AS `a`", "select `d`.`t`.`a` from `d`.`t` where", "drop table t", "select 'open"})
    void whatIsNoQueryOnTablesIsNotUsable(String text) {
        ViewDefinition view = new ViewDefinition(text, SqlMode.MYSQL);
        assertThat(view.isUsable()).isFalse();
        assertThat(view.expand(null, null)).isEmpty();
    }
}
