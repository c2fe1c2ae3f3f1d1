package com.oceanbase.odp.routing.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteTextsTest {
    /** Traces with a file of each form; the transaction has a first statement. */
    enum Case {
        POINT_SELECT(Traces::pointSelect, null),
        TWO_LEVELS(Traces::twoLevels, null),
        TRANSACTION(Traces::transaction, "insert into t2 values(801,1,'x')"),
        WITHOUT_KEY(Traces::withoutKey, null),
        WEAK_READ(Traces::weakRead, null),
        EVERYTHING(Traces::everything, "select \"\u0001\"");

        private final Supplier<RouteTrace> trace;
        private final @Nullable String first;

        Case(Supplier<RouteTrace> trace, @Nullable String first) {
            this.trace = trace;
            this.first = first;
        }

        String file(String extension) throws IOException {
            String name = name().toLowerCase(Locale.ROOT).replace('_', '-') + extension;
            try (InputStream in = Objects.requireNonNull(RouteTextsTest.class.getResourceAsStream(name), name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheTree(Case given) throws IOException {
        assertThat(RouteTexts.tree(given.trace.get(), given.first)).isEqualTo(given.file(".tree"));
    }

    @ParameterizedTest
    @EnumSource
    void writesJson(Case given) throws IOException {
        assertThat(RouteJson.of(given.trace.get(), given.first) + "\n").isEqualTo(given.file(".json"));
    }

    @ParameterizedTest
    @EnumSource
    void logsOneLine(Case given) {
        String line = RouteTexts.logLine(given.trace.get(), given.first);

        assertThat(line.chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(line).startsWith("/nTrans ").contains("/nRoute Plan/n> ").doesNotContain("-----");
        assertThat(line.replace("/n", "\n").replace(' ', '\u0001').length())
                .isEqualTo(
                        RouteTexts.tree(given.trace.get(), given.first).length() - 2 * "-----------------\n".length());
    }

    @Test
    void recordsAndWritesNoMoreThanItsBounds() {
        RouteTrace trace = RouteTrace.explaining();
        String long1 = "x".repeat(1 << 21);
        for (int i = 0; i < 1000; i++) {
            trace.add(new SqlParse("COM_QUERY", long1, long1, true, long1));
        }

        assertThat(trace.points()).hasSize(RouteTrace.MAXIMUM_POINTS);
        assertThat(trace.dropped()).isEqualTo(1000 - RouteTrace.MAXIMUM_POINTS);
        assertThat(RouteTexts.tree(trace, long1).length()).isEqualTo(RouteTexts.MAXIMUM_LENGTH);
    }

    @Test
    void recordsOnlyWantedLevels() {
        RouteTrace trace = RouteTrace.diagnosing(2);
        for (TracePoint point : Traces.everything().points()) {
            trace.add(point);
        }

        assertThat(trace.points())
                .hasSize(11)
                .allSatisfy(point -> assertThat(point.level()).isLessThanOrEqualTo(2));
        assertThat(trace.wants(2)).isTrue();
        assertThat(trace.wants(3)).isFalse();
        assertThat(trace.dropped()).isZero();
    }

    @Test
    void namesPartitionsAsTheServerDoes() {
        PartitionNames many = new PartitionNames();
        for (int i = 0; i < 20; i++) {
            many.add(i);
        }
        assertThat(new PartitionNames().text()).isEmpty();
        assertThat(new PartitionNames().add(1, 0).add(1, 3).text()).isEqualTo("(p1sp0, p1sp3)");
        assertThat(many.text()).endsWith("p15 and 4 more)");
    }
}
