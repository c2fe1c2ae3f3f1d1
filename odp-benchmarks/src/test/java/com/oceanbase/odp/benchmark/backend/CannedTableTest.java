package com.oceanbase.odp.benchmark.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CannedTableTest {
    @ParameterizedTest
    @ValueSource(strings = {"sbtest1", "part10_0", "part8192_0", "part8192_127"})
    void isFoundByItsNameAndByItsId(String name) {
        CannedTable table = CannedTable.named(name);
        assertThat(table).isNotNull();
        assertThat(table.name()).isEqualTo(name);
        assertThat(CannedTable.of(table.id())).isEqualTo(table);
    }

    @ParameterizedTest
    @ValueSource(strings = {"large1m", "part0_0", "part8193_0", "part9999_1", "part10"})
    void otherNamesAreOfNoTable(String name) {
        assertThat(CannedTable.named(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 500_031, 1_000_000_000, Long.MAX_VALUE})
    void otherIdsAreOfNoTable(long id) {
        assertThat(CannedTable.of(id)).isNull();
    }

    @Test
    void tabletsOfTablesDoNotOverlap() {
        CannedTable first = CannedTable.named("part8192_3");
        CannedTable second = CannedTable.named("part8192_4");
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(first.tablet(8191)).isLessThan(second.tablet(0));
    }
}
