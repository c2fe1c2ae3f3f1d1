package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds for every text: no exception, sound token borders, a bounded number of steps. */
class AnyTextTest {
    private static final List<byte[]> REAL = new ArrayList<>();

    private static final byte[][] PIECES = pieces(
            "'",
            "\"",
            "`",
            "\\",
            "(",
            ")",
            ";",
            ",",
            ".",
            "@",
            "@@",
            ":=",
            "=",
            "/*",
            "*/",
            "/*!",
            "/*!50000",
            "/*+",
            "--",
            "-- ",
            "#",
            "\n",
            "0x",
            "1e",
            " ",
            "\0",
            "{",
            "}",
            "?",
            ":",
            "q'[",
            "]'",
            "n'",
            "x'",
            "SELECT",
            "FROM",
            "WITH",
            "AS",
            "SET",
            "INTO",
            "UPDATE",
            "DELETE",
            "USING",
            "INSERT",
            "BEGIN",
            "END",
            "CASE",
            "IF",
            "CREATE PROCEDURE p()",
            "EXPLAIN",
            "EXPLAIN ROUTE",
            "ANALYZE",
            "FOR UPDATE",
            "SHOW",
            "WHERE",
            "KILL",
            "PREPARE s FROM",
            "EXECUTE",
            "COMMIT",
            "START TRANSACTION",
            "XA",
            "ON",
            "TO",
            "RENAME",
            "SHOW COUNT(*)",
            "PASSWORD",
            "NAMES",
            "GLOBAL",
            "READ_CONSISTENCY(WEAK)",
            "\u3000",
            "\uFF08",
            "\uFF09",
            "\uFF0C",
            "\u4E2D");

    static {
        for (String file : List.of("statements.txt", "drivers.txt", "read-only.txt")) {
            for (String line : StatementTable.lines(file)) {
                String text = file.equals("read-only.txt")
                        ? line.substring(1).strip()
                        : line.substring(0, line.lastIndexOf(" => "));
                REAL.add(StatementTable.text(text).bytes());
            }
        }
    }

    @Property(tries = 20_000)
    void anyBytes(@ForAll @Size(max = 200) byte[] text, @ForAll("modes") SqlMode mode) {
        check(text, mode);
    }

    @Property(tries = 30_000)
    void anySequenceOfPieces(@ForAll("sequences") byte[] text, @ForAll("modes") SqlMode mode) {
        check(text, mode);
    }

    @Property(tries = 50_000)
    void mutatedStatements(@ForAll("mutations") byte[] text, @ForAll("modes") SqlMode mode) {
        check(text, mode);
    }

    private static void check(byte[] text, SqlMode mode) {
        SqlLexer lexer = new SqlLexer();
        lexer.reset(text, 0, text.length, mode);
        int tokens = 1;
        int last = 0;
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            assertThat(lexer.start()).isGreaterThanOrEqualTo(last);
            assertThat(lexer.end()).isGreaterThan(lexer.start()).isLessThanOrEqualTo(text.length);
            last = lexer.end();
            tokens++;
        }
        assertThat(lexer.start()).isEqualTo(text.length);

        StatementSummary summary = StatementSummarizer.summarize(text, 0, text.length, mode);
        // One more when the end is asked for again.
        assertThat(StatementSummarizer.stepsFor(text, mode)).isBetween(1, tokens + 64);
        assertThat(summary.tables()).hasSizeLessThanOrEqualTo(64).doesNotHaveDuplicates();
        assertThat(summary.isReadOnly() && (lexer.isUnterminated() || lexer.isVersionDependent()))
                .isFalse();
        assertThat(summary.isPlainTransactionStart() && summary.isMulti()).isFalse();
        assertThat(summary.isReadOnly() && (summary.isSelectForUpdate() || summary.assignsUserVariable()))
                .as("%s", summary)
                .isEqualTo(
                        summary.isReadOnly() && summary.isSelectForUpdate() && summary.contains(StatementKind.EXPLAIN));
        assertThat(StatementTable.describe(summary)).isNotEmpty();
        checkInLargerBuffer(text, mode, summary);
    }

    /** What stands around the text is not read. */
    private static void checkInLargerBuffer(byte[] text, SqlMode mode, StatementSummary alone) {
        byte[] buffer = new byte[text.length + 8];
        Arrays.fill(buffer, (byte) '\'');
        System.arraycopy(text, 0, buffer, 4, text.length);
        assertThat(StatementSummarizer.summarize(buffer, 4, text.length, mode)).hasToString(alone.toString());
    }

    @Provide
    Arbitrary<SqlMode> modes() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(MultiByteRule.values()))
                .as(SqlMode::new);
    }

    @Provide
    Arbitrary<byte[]> sequences() {
        return Arbitraries.integers()
                .between(0, PIECES.length - 1)
                .list()
                .ofMaxSize(40)
                .map(indexes -> {
                    byte[][] chosen = new byte[indexes.size()][];
                    for (int i = 0; i < chosen.length; i++) {
                        chosen[i] = PIECES[indexes.get(i)];
                    }
                    return join(chosen);
                });
    }

    @Provide
    Arbitrary<byte[]> mutations() {
        Arbitrary<int[]> edit =
                Arbitraries.integers().between(0, 1 << 20).array(int[].class).ofSize(3);
        return Combinators.combine(
                        Arbitraries.of(REAL), edit.list().ofMinSize(1).ofMaxSize(6))
                .as((text, edits) -> {
                    byte[] mutated = text;
                    for (int[] one : edits) {
                        mutated = edited(mutated, one);
                    }
                    return mutated;
                });
    }

    /** Cuts, doubles, overwrites or inserts somewhere. */
    private static byte[] edited(byte[] text, int[] edit) {
        int at = edit[1] % (text.length + 1);
        byte[] head = java.util.Arrays.copyOfRange(text, 0, at);
        byte[] tail = java.util.Arrays.copyOfRange(text, at, text.length);
        return switch (edit[0] % 5) {
            case 0 -> head;
            case 1 -> tail;
            case 2 -> join(head, PIECES[edit[2] % PIECES.length], tail);
            case 3 -> join(head, new byte[] {(byte) edit[2]}, tail);
            default -> join(head, REAL.get(edit[2] % REAL.size()), tail);
        };
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[][] pieces(String... pieces) {
        byte[][] bytes = new byte[pieces.length][];
        for (int i = 0; i < pieces.length; i++) {
            bytes[i] = (pieces[i] + (pieces[i].length() > 3 ? " " : "")).getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }
}
