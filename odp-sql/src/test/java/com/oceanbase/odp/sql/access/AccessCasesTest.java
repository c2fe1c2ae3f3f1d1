package com.oceanbase.odp.sql.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.sql.SqlMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessCasesTest {
    static List<AccessCases.Case> mysqlCases() {
        return AccessCases.cases("statements-mysql.txt");
    }

    static List<AccessCases.Case> oracleCases() {
        return AccessCases.cases("statements-oracle.txt");
    }

    static List<AccessCases.Case> conditions() {
        return AccessCases.cases("conditions.txt");
    }

    static List<AccessCases.Vector> vectors() {
        return AccessCases.vectors();
    }

    @ParameterizedTest
    @MethodSource("mysqlCases")
    void readsMysqlStatement(AccessCases.Case sql) {
        assertThat(AccessText.mysql(sql.text())).isEqualTo(sql.expected());
    }

    @ParameterizedTest
    @MethodSource("oracleCases")
    void readsOracleStatement(AccessCases.Case sql) {
        assertThat(AccessText.oracle(sql.text())).isEqualTo(sql.expected());
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void readsCondition(AccessCases.Case condition) {
        assertThat(AccessText.condition(condition.text(), SqlMode.MYSQL)).isEqualTo(condition.expected());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void understandsStatementsOverPartitionedTables(AccessCases.Vector vector) {
        assertThat(AccessText.of(vector.text(), vector.mode()))
                .doesNotEndWith("...")
                .containsIgnoringCase(vector.table());
    }

    @Test
    void pipesConcatenateWhereTheModeSaysSo() {
        SqlMode pipes = SqlMode.MYSQL.withPipesAsConcat(true);
        assertThat(AccessText.condition("a = 'x' || 'y' ^ 2 or - b || c = 1", pipes))
                .isEqualTo("((a=(('x'||'y')^2)) OR ((MINUS(b)||c)=1))");
        assertThat(AccessText.condition("a = 1 || b = 2", SqlMode.MYSQL)).isEqualTo("((a=1) OR (b=2))");
    }

    @Test
    void doubleQuotesAreNamesWhereTheModeSaysSo() {
        SqlMode ansi = SqlMode.MYSQL.withAnsiQuotes(true);
        assertThat(AccessText.of("select * from \"t\" \"x\" where \"x\".\"k\" = 'v'", ansi))
                .isEqualTo("SELECT t x: (x.k='v')");
    }

    @Test
    void keepsAtMostSoManyRows() {
        String sql = "insert into t values (1)" + ",(2)".repeat(2 * WrittenRows.MAX_ROWS);
        assertThat(AccessText.mysql(sql)).endsWith("(2) ...").hasSize("INSERT t () ".length() + 3 * 512 + 4);
    }
}
