package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of a megabyte and more: work grows with the length, depth of nesting costs no stack. */
@Timeout(60)
class LongTextTest {
    private static final int MEGABYTE = 1 << 20;
    private static final int DEEP = 10_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a ",
                "a,",
                "a.",
                "(",
                ")",
                "()",
                "'",
                "''",
                "\"",
                "`",
                "\\",
                "'\\",
                "/",
                "/*",
                "/*/",
                "/**/",
                "/*!",
                "/*!50000",
                "/*!50000 ",
                "*/",
                "/*+ ",
                "-",
                "-- ",
                "--\n",
                "#",
                "#\n",
                "@",
                "@@",
                "@a",
                "@@a.",
                "@@`",
                "@a:=",
                ":",
                ":=",
                "1",
                "1e",
                "1e+",
                "1.",
                ".1",
                ".",
                "0x",
                "0xF",
                "0b1",
                "0x1G",
                "x'",
                "n'",
                "q'",
                "q'[",
                "nq'",
                ";",
                "; ",
                ";;",
                "BEGIN ",
                "BEGIN;",
                "CASE ",
                "END ",
                "IF ",
                "SELECT ",
                "SELECT(",
                "FROM ",
                "FROM(",
                "WITH a AS(",
                "WITH ",
                "a AS (",
                "INTO ",
                "JOIN ",
                "EXPLAIN ",
                "EXPLAIN ROUTE ",
                "EXPLAIN(",
                "SET ",
                "SET a=",
                "a=1,",
                "UNION ",
                "INSERT INTO t ",
                "UPDATE t,",
                "DELETE FROM ",
                "USING ",
                "DECLARE ",
                "t,",
                "VALUES(",
                "1,",
                "(1),",
                "'a',",
                "\u4E2D",
                "\u3000",
                "\uFF08",
                "\uFF0C",
                "{",
                "SELECT * FROM t;",
                "CREATE PROCEDURE p() BEGIN ",
                "f(",
                "t@l,",
                "AND a=1 ",
                "NO ",
                "AND NO ",
                "READ ONLY,",
                "KILL ",
                "SHOW ",
                "``",
                "/* */",
                "--",
                "@a,",
                "select 1;",
                "from a,",
                "with a as (",
                "with a,",
                "0x1",
                "set a=1,",
                "set @a=(",
                "create procedure begin ",
                "select * from a",
                "select * from t1,",
                "/*+ a */",
                "insert into ",
                "(select ",
                "kill 1 ",
                "prepare ",
                "xa start ",
                "<",
                "（",
                "名"
            })
    void repetitionsCostLinearTime(String piece) {
        for (String verb : new String[] {
            "",
            "SELECT * FROM ",
            "SELECT ",
            "SET ",
            "WITH a AS (",
            "INSERT INTO t VALUES ",
            "SHOW ",
            "EXPLAIN ",
            "CREATE PROCEDURE p() ",
            "CREATE ",
            "KILL ",
            "XA START ",
            "EXECUTE s USING ",
            "DECLARE ",
            "/*! "
        }) {
            byte[] text = (verb + piece.repeat(MEGABYTE / 8 / piece.length())).getBytes(StandardCharsets.UTF_8);
            for (SqlMode mode :
                    new SqlMode[] {SqlMode.MYSQL, SqlMode.ORACLE, SqlMode.MYSQL.withMultiByte(MultiByteRule.GBK)}) {
                assertThat(StatementSummarizer.stepsFor(text, mode))
                        .as(verb + piece)
                        .isLessThanOrEqualTo(text.length + 64);
            }
        }
    }

    @Test
    void timeGrowsWithTheLengthOnly() {
        byte[] small = manyTables(MEGABYTE / 16);
        byte[] large = manyTables(MEGABYTE);
        best(small);
        long smallNanos = best(small);
        long largeNanos = best(large);
        // Quadratic work would be 256 times as much.
        assertThat(largeNanos).isLessThan(80 * Math.max(smallNanos, 100_000));
    }

    private static byte[] manyTables(int length) {
        StringBuilder text = new StringBuilder("WITH ");
        for (int i = 0; i < 200; i++) {
            text.append("c").append(i).append(" AS (SELECT 1), ");
        }
        text.append("z AS (SELECT 2) SELECT * FROM t");
        for (int i = 0; text.length() < length; i++) {
            text.append(", t").append(i);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long best(byte[] text) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            assertThat(StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL)
                            .has(StatementFlag.TABLES_OMITTED))
                    .isTrue();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 300_000})
    void deepNestingCostsNoStack(int depth) throws InterruptedException {
        String nested = "SELECT * FROM t WHERE a = " + "(".repeat(depth) + "SELECT 1 FROM u" + ")".repeat(depth);
        String queries = "SELECT * FROM (".repeat(depth) + "SELECT f(1) FROM t" + ") d".repeat(depth);
        String opened = "(".repeat(depth) + "SELECT 1 FROM t" + ")".repeat(depth);
        // A stack on which recursion of this depth is not possible.
        Thread thread = new Thread(
                null,
                () -> {
                    assertThat(read(nested).tables()).hasToString("[t, u]");
                    assertThat(read(nested).isReadOnly()).isTrue();
                    assertThat(read(queries).has(StatementFlag.CALLS_UNKNOWN_FUNCTION))
                            .isTrue();
                    assertThat(read(queries).tables()).hasToString("[t]");
                    assertThat(read(opened).isReadOnly()).isTrue();
                    assertThat(read(opened + ")").kind()).isEqualTo(StatementKind.SELECT);
                    assertThat(read("(" + opened).isReadOnly()).isFalse();
                },
                "small stack",
                256 * 1024);
        Throwable[] failure = new Throwable[1];
        thread.setUncaughtExceptionHandler((ignored, cause) -> failure[0] = cause);
        thread.start();
        assertThat(thread.join(Duration.ofSeconds(50))).isTrue();
        assertThatCode(() -> {
                    if (failure[0] != null) {
                        throw failure[0];
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void megabytesOfValuesHideNothing() {
        String rows = "(1, 'a''b\\'c', x'00'), ".repeat(2 * MEGABYTE / 24);
        StatementSummary insert = read("INSERT INTO db.t VALUES " + rows + "(2)");
        assertThat(insert.kind()).isEqualTo(StatementKind.INSERT);
        assertThat(insert.tables()).hasToString("[db.t]");
        assertThat(insert.isMulti()).isFalse();

        String list = "1,".repeat(MEGABYTE / 2);
        assertThat(read("SELECT * FROM t WHERE a IN (" + list + "1)").isReadOnly())
                .isTrue();
        assertThat(read("SELECT * FROM t WHERE a IN (" + list + "1) FOR UPDATE").isReadOnly())
                .isFalse();
        assertThat(read("SELECT '" + "x".repeat(MEGABYTE) + "', f(1)").isReadOnly())
                .isFalse();
        assertThat(read("SELECT 1 /*" + "*".repeat(MEGABYTE) + "/ ; DELETE FROM t")
                        .isMulti())
                .isTrue();
    }

    @Test
    void namesOfAnyLengthAreKept() {
        String name = "n".repeat(MEGABYTE);
        assertThat(read("SELECT * FROM `" + name + "`").table()).isEqualTo(new TableName(null, name));
        assertThat(read("SAVEPOINT " + name).detail()).isEqualTo(new StatementDetail.Savepoint(name));
    }

    private static StatementSummary read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return StatementSummarizer.summarize(bytes, 0, bytes.length, SqlMode.MYSQL);
    }

    @Test
    void readsDeepParentheses() {
        StatementSummary summary = Texts.mysql("(".repeat(DEEP) + "select a from t" + ")".repeat(DEEP));
        assertThat(summary.kind()).isEqualTo(StatementKind.SELECT);
        assertThat(summary.tables()).containsExactly(new TableName(null, "t"));
        assertThat(summary.isReadOnly()).isTrue();
    }

    @Test
    void readsDeepSubqueries() {
        StatementSummary summary =
                Texts.mysql("select * from (".repeat(DEEP) + "select a from t" + ") x".repeat(DEEP) + ", u");
        assertThat(summary.tables()).containsExactly(new TableName(null, "t"), new TableName(null, "u"));
        assertThat(summary.has(StatementFlag.UNTERMINATED)).isFalse();
    }

    @Test
    void readsDeepExpressions() {
        StatementSummary summary =
                Texts.mysql("select " + "abs(".repeat(DEEP) + "1" + ")".repeat(DEEP) + " from t for update");
        assertThat(summary.isSelectForUpdate()).isTrue();
    }
}
