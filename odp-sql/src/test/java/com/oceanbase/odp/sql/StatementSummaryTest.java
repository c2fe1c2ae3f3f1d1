package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatementSummaryTest {
    @Test
    void readsHints() {
        StatementSummary summary =
                Texts.mysql("select /*+ leading(a b) READ_CONSISTENCY( weak ) query_timeout(1000000), trace_log */ 1");
        assertThat(summary.readConsistency()).isEqualTo(ReadConsistency.WEAK);
        assertThat(summary.isWeakReadHint()).isTrue();
        assertThat(summary.queryTimeoutMicros()).isEqualTo(1_000_000);
        assertThat(summary.has(StatementFlag.HINT_TRACE_LOG)).isTrue();
    }

    @Test
    void takesTheFirstHintOfAKind() {
        StatementSummary summary = Texts.mysql(
                "select /*+read_consistency(strong)query_timeout(1)*/ (select /*+read_consistency(weak)query_timeout(2)*/ 1)");
        assertThat(summary.readConsistency()).isEqualTo(ReadConsistency.STRONG);
        assertThat(summary.queryTimeoutMicros()).isEqualTo(1);
    }

    @Test
    void takesHintsOnlyBehindVerbs() {
        assertThat(Texts.mysql("select 1 /*+ read_consistency(weak) */").readConsistency())
                .isNull();
        assertThat(Texts.mysql("/*+ read_consistency(weak) */ select 1").readConsistency())
                .isNull();
        assertThat(Texts.mysql("select /* c */ /*+ read_consistency(frozen) */ 1")
                        .readConsistency())
                .isEqualTo(ReadConsistency.FROZEN);
        assertThat(Texts.mysql("update /*+ query_timeout(7) */ t set a = 1").queryTimeoutMicros())
                .isEqualTo(7);
    }

    @Test
    void toleratesOddHints() {
        assertThat(Texts.mysql("select /*+ read_consistency(none) query_timeout(x) */ 1")
                        .queryTimeoutMicros())
                .isEqualTo(-1);
        assertThat(Texts.mysql("select /*+ read_consistency(weak").isWeakReadHint())
                .isTrue();
        assertThat(Texts.mysql("select /*+*/ 1").readConsistency()).isNull();
        assertThat(Texts.mysql("select /*+").readConsistency()).isNull();
        assertThat(Texts.mysql("select /*+ query_timeout(99999999999999999999) */ 1")
                        .queryTimeoutMicros())
                .isEqualTo(-1);
    }

    @Test
    void knowsAllKindsOfATextOfSeveralStatements() {
        StatementSummary summary = Texts.mysql("select 1; set @a = 1; commit");
        assertThat(summary.contains(StatementKind.SET)).isTrue();
        assertThat(summary.contains(StatementKind.COMMIT)).isTrue();
        assertThat(summary.contains(StatementKind.ROLLBACK)).isFalse();
        assertThat(summary.setItems()).isEmpty();
    }

    @Test
    void groupsDependenceOnTheLastServer() {
        assertThat(Texts.mysql("select found_rows()").dependsOnLastServer()).isTrue();
        assertThat(Texts.mysql("show warnings").dependsOnLastServer()).isTrue();
        assertThat(Texts.mysql("select last_insert_id()").dependsOnLastServer()).isFalse();
        assertThat(Texts.mysql("select is_used_lock('a')").usesLockFunction()).isTrue();
        assertThat(Texts.mysql("select 1").usesLockFunction()).isFalse();
    }

    @Test
    void givesTheTableToRouteBy() {
        assertThat(Texts.mysql("insert into a select * from b").table()).isEqualTo(new TableName(null, "a"));
        assertThat(Texts.mysql("select 1 from x.y").table()).isEqualTo(new TableName("x", "y"));
        assertThat(Texts.mysql("select 1 from dual").table()).isNull();
    }

    @Test
    void isIndependentOfTheBuffer() {
        byte[] text = "set @a = 'x', names = 1; select * from db.t".getBytes(StandardCharsets.UTF_8);
        StatementSummary summary = StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL);
        String before = summary + summary.setItems().toString();
        Arrays.fill(text, (byte) 'x');
        assertThat(summary + summary.setItems().toString()).isEqualTo(before);
    }

    @Test
    void readsOnlyTheGivenRange() {
        byte[] text = "xx select 1 from t, u".getBytes(StandardCharsets.UTF_8);
        StatementSummary summary = StatementSummarizer.summarize(text, 3, text.length - 6, SqlMode.MYSQL);
        assertThat(summary.tables()).containsExactly(new TableName(null, "t"));
    }

    @Test
    void listsABoundedNumberOfTables() {
        String tables = IntStream.range(0, 100).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
        StatementSummary summary = Texts.mysql("select * from " + tables);
        assertThat(summary.tables()).hasSize(64);
        assertThat(summary.has(StatementFlag.TABLES_OMITTED)).isTrue();
    }

    @Test
    void takesTrailBytesForNoQuotes() {
        // 0x8160 and 0x815C are characters of GBK whose trail is a back quote and a backslash.
        byte[] text = bytes("select * from `t?`, u where a = '?'", 0x8160, 0x815C);
        SqlMode gbk = SqlMode.MYSQL.withMultiByte(MultiByteRule.GBK);
        StatementSummary summary = StatementSummarizer.summarize(text, 0, text.length, gbk);
        Charset charset = Charset.forName("GBK");
        String name = new String(new byte[] {'t', (byte) 0x81, 0x60}, charset);
        assertThat(summary.tables()).containsExactly(new TableName(null, name), new TableName(null, "u"));
        assertThat(summary.isReadOnly()).isTrue();
        StatementSummary latin = StatementSummarizer.summarize(
                text, 0, text.length, SqlMode.MYSQL.withMultiByte(MultiByteRule.SINGLE_BYTE));
        assertThat(latin.has(StatementFlag.UNTERMINATED)).isTrue();
    }

    /** The text with each question mark replaced by the two bytes of a character. */
    private static byte[] bytes(String text, int... characters) {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (char c : text.toCharArray()) {
            if (c == '?') {
                int character = characters[next++];
                out.append((char) (character >> 8)).append((char) (character & 0xFF));
            } else {
                out.append(c);
            }
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
