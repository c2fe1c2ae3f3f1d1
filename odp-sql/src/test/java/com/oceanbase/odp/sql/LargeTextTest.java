package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeTextTest {
    private static final int MANY = 10_000;

    @Test
    void readsDeepParentheses() {
        StatementSummary summary = Texts.mysql("(".repeat(MANY) + "select a from t" + ")".repeat(MANY));
        assertThat(summary.kind()).isEqualTo(StatementKind.SELECT);
        assertThat(summary.tables()).containsExactly(new TableName(null, "t"));
        assertThat(summary.isReadOnly()).isTrue();
    }

    @Test
    void readsDeepSubqueries() {
        StatementSummary summary =
                Texts.mysql("select * from (".repeat(MANY) + "select a from t" + ") x".repeat(MANY) + ", u");
        assertThat(summary.tables()).containsExactly(new TableName(null, "t"), new TableName(null, "u"));
        assertThat(summary.has(StatementFlag.UNTERMINATED)).isFalse();
    }

    @Test
    void readsDeepExpressions() {
        StatementSummary summary =
                Texts.mysql("select " + "abs(".repeat(MANY) + "1" + ")".repeat(MANY) + " from t for update");
        assertThat(summary.isSelectForUpdate()).isTrue();
    }

    /** A doubled length may at most double the steps; the time limit catches work that is no step. */
    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "(",
                ")",
                "()",
                "a,",
                "'",
                "''",
                "'a',",
                "\\",
                "`",
                "``",
                "/*",
                "/* */",
                "/*!",
                "/*!50000",
                "*/",
                "--",
                "-- ",
                "#",
                "#\n",
                "@",
                "@@",
                "@@a.",
                "@a,",
                "q'[",
                ";",
                "select ",
                "select 1;",
                "from a,",
                "with a as (",
                "with a,",
                "1",
                "0x1",
                "0x1g",
                "1e",
                "1.",
                ".",
                "a.",
                "case ",
                "end ",
                "begin ",
                "explain ",
                "explain route ",
                "set a=1,",
                "set @a=(",
                "create procedure begin ",
                "select * from a",
                "select * from t1,",
                "/*+ a */",
                "insert into ",
                "(select ",
                "show ",
                "kill 1 ",
                "prepare ",
                "xa start ",
                ":",
                "<",
                "\u3000",
                "（",
                "名"
            })
    void takesLinearTime(String piece) {
        int once = steps(piece.repeat(50_000));
        int twice = steps(piece.repeat(100_000));
        assertThat(twice).isLessThanOrEqualTo(2 * once + 4);
        assertThat(steps("select * from t, " + piece.repeat(50_000))).isLessThanOrEqualTo(once + 50_010);
    }

    private static int steps(String text) {
        return StatementSummarizer.stepsFor(text.getBytes(StandardCharsets.UTF_8), SqlMode.MYSQL);
    }

    @Test
    void readsALongStatementQuickly() {
        byte[] text = ("insert into t values (1, '" + "x".repeat(16 << 20) + "')").getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        StatementSummary summary = StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(summary.table()).isEqualTo(new TableName(null, "t"));
    }
}
