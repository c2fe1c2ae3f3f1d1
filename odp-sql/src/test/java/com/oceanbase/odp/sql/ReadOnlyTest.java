package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be repeated and sent ahead of other statements, and what must not. */
class ReadOnlyTest {
    @ParameterizedTest
    @MethodSource("statements")
    void readsOnlyWhatIsProven(String line) {
        StatementSummary summary = StatementTable.summarize(line.substring(1).strip());
        assertThat(summary.isReadOnly()).as(line + " is " + summary).isEqualTo(line.charAt(0) == '+');
    }

    static Stream<String> statements() {
        return StatementTable.lines("read-only.txt").stream();
    }
}
