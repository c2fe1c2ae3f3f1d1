package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole summaries of real statements: kind, tables, flags, hints, detail and proxy command. */
class StatementCatalogueTest {
    private static final String ARROW = " => ";

    @ParameterizedTest
    @MethodSource("statements")
    void summarizesStatements(String line) {
        int arrow = line.lastIndexOf(ARROW);
        String text = line.substring(0, arrow);
        assertThat(StatementTable.describe(StatementTable.summarize(text)))
                .as(text)
                .isEqualTo(line.substring(arrow + ARROW.length()));
    }

    /** A summary must not depend on what surrounds the statement in its buffer. */
    @ParameterizedTest
    @MethodSource("statements")
    void summarizesStatementsInsideOfABuffer(String line) {
        StatementTable.Text text = StatementTable.text(line.substring(0, line.lastIndexOf(ARROW)));
        byte[] buffer = new byte[text.bytes().length + 200];
        java.util.Arrays.fill(buffer, (byte) '(');
        System.arraycopy(text.bytes(), 0, buffer, 77, text.bytes().length);
        StatementSummary inside = StatementSummarizer.summarize(buffer, 77, text.bytes().length, text.mode());
        assertThat(StatementTable.describe(inside)).isEqualTo(StatementTable.describe(text.summarize()));
    }

    static Stream<String> statements() {
        return Stream.concat(
                StatementTable.lines("statements.txt").stream(), StatementTable.lines("drivers.txt").stream());
    }
}
