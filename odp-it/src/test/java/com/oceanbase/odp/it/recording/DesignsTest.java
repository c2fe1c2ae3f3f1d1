package com.oceanbase.odp.it.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the generator of tables and statements makes. */
class DesignsTest {
    private static final List<Design> DESIGNS = IntStream.range(0, 400)
            .mapToObj(number -> Designs.of(7, number, false))
            .toList();

    @Test
    void sameSeedMakesSameDesigns() {
        List<Design> again = IntStream.range(0, 400)
                .mapToObj(number -> Designs.of(7, number, false))
                .toList();

        assertThat(again).isEqualTo(DESIGNS);
        assertThat(Designs.of(8, 3, false).ddl()).isNotEqualTo(DESIGNS.get(3).ddl());
    }

    @Test
    void designsHaveAllKindsOfPartitions() {
        String all = String.join("\n", DESIGNS.stream().map(Design::ddl).toList());

        assertThat(all)
                .contains(
                        "partition by hash(",
                        "partition by key(",
                        "partition by range(",
                        "partition by range columns(",
                        "partition by list(",
                        "partition by list columns(",
                        "subpartition template",
                        "generated always as",
                        "enum(",
                        "collate utf8mb4_bin",
                        "unsigned",
                        "values in (default)",
                        "maxvalue");
        assertThat(DESIGNS).anyMatch(design -> !design.alter().isEmpty());
    }

    @Test
    void quotesAndParenthesesOfEachTextAreClosed() {
        for (Design design : DESIGNS) {
            assertThat(isClosed(design.ddl())).as(design.ddl()).isTrue();
        }
    }

    @Test
    void eachDesignHasRowsAndStatements() {
        for (Design design : DESIGNS) {
            Dice dice = new Dice(1);
            Conditions conditions = new Conditions(dice, design.keys(), List.of());
            Inserts inserts = new Inserts(dice, design, conditions, List.of("p0"));
            Selects selects = new Selects(dice, design, conditions, List.of("p0"));
            Shapes shapes = new Shapes(dice, design, conditions);
            for (int i = 0; i < 20; i++) {
                for (Draft draft : List.of(inserts.any(), selects.any(), shapes.query(), shapes.write())) {
                    assertThat(draft.sql().toLowerCase(java.util.Locale.ROOT)).contains(design.name());
                }
            }
        }
    }

    @Test
    void sameSeedMakesSameStatements() {
        assertThat(statements(5)).isEqualTo(statements(5)).isNotEqualTo(statements(6));
    }

    private static List<String> statements(long seed) {
        Design design = DESIGNS.get(20);
        Dice dice = new Dice(seed);
        Conditions conditions = new Conditions(dice, design.keys(), List.of());
        Selects selects = new Selects(dice, design, conditions, List.of("p0"));
        Inserts inserts = new Inserts(dice, design, conditions, List.of("p0"));
        return IntStream.range(0, 50)
                .mapToObj(i -> i % 2 == 0 ? selects.any().sql() : inserts.any().sql())
                .toList();
    }

    private static boolean isClosed(String ddl) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < ddl.length(); i++) {
            char c = ddl.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return depth == 0 && !quoted;
    }
}
