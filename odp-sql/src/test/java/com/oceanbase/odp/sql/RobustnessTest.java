package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are: no exception, tokens in order and in range, a bounded number of steps. */
class RobustnessTest {
    private static final List<byte[]> STATEMENTS = Stream.of("statements-mysql.txt", "statements-oracle.txt")
            .flatMap(file -> Texts.cases(file).stream())
            .map(sql -> sql.text().getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final byte[] SPECIAL =
            "'\"`\\/*!+-#@:;().,=<>|&?{}[] \n\tqQnNxXbBuU0159eE_$".getBytes(StandardCharsets.US_ASCII);

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
    Arbitrary<byte[]> anyBytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }

    @Provide
    Arbitrary<byte[]> specialBytes() {
        return Arbitraries.integers()
                .between(0, SPECIAL.length - 1)
                .map(i -> SPECIAL[i])
                .array(byte[].class)
                .ofMaxSize(80);
    }

    @Property(tries = 4000)
    void survivesAnyBytes(@ForAll("anyBytes") byte[] text, @ForAll("modes") SqlMode mode) {
        check(text, mode);
    }

    @Property(tries = 10000)
    void survivesDelimiters(@ForAll("specialBytes") byte[] text, @ForAll("modes") SqlMode mode) {
        check(text, mode);
    }

    @Property(tries = 20000)
    void survivesMutatedStatements(@ForAll long seed, @ForAll("modes") SqlMode mode) {
        check(mutated(new Random(seed)), mode);
    }

    /** Pieces of real statements, cut, joined, repeated and with bytes replaced. */
    private static byte[] mutated(Random random) {
        byte[] text = STATEMENTS.get(random.nextInt(STATEMENTS.size())).clone();
        for (int change = random.nextInt(6); change > 0 && text.length > 0; change--) {
            int at = random.nextInt(text.length);
            switch (random.nextInt(5)) {
                case 0 -> text[at] = (byte) random.nextInt(256);
                case 1 -> text[at] = SPECIAL[random.nextInt(SPECIAL.length)];
                case 2 -> text = Arrays.copyOf(text, at);
                case 3 -> text = Arrays.copyOfRange(text, at, text.length);
                default -> text = joined(Arrays.copyOf(text, at), STATEMENTS.get(random.nextInt(STATEMENTS.size())));
            }
        }
        return text;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Checks the text in the middle of a larger buffer. */
    private static void check(byte[] text, SqlMode mode) {
        byte[] buffer = new byte[text.length + 8];
        Arrays.fill(buffer, (byte) '\'');
        System.arraycopy(text, 0, buffer, 4, text.length);
        SqlLexer lexer = new SqlLexer();
        lexer.reset(buffer, 4, text.length, mode);
        int behind = 4;
        int tokens = 0;
        while (lexer.next() != TokenKind.END) {
            tokens++;
            assertThat(lexer.start()).isGreaterThanOrEqualTo(behind);
            assertThat(lexer.end()).isGreaterThan(lexer.start()).isLessThanOrEqualTo(4 + text.length);
            behind = lexer.end();
        }
        StatementSummary summary = StatementSummarizer.summarize(buffer, 4, text.length, mode);
        assertThat(summary.toString())
                .isEqualTo(StatementSummarizer.summarize(text, 0, text.length, mode)
                        .toString());
        assertThat(StatementSummarizer.stepsFor(text, mode)).isLessThanOrEqualTo(tokens + 2);
    }
}
