package com.oceanbase.odp.proxy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectWithoutTableTest {
    @Test
    void readsWhatDriversAskFor() {
        SelectWithoutTable query = Objects.requireNonNull(SelectWithoutTable.parse(
                "SELECT  @@session.auto_increment_increment AS a, @@`Version`, database(), 1, 'x' y LIMIT 1"));

        assertThat(query.items())
                .extracting(SelectWithoutTable.Item::title)
                .isEqualTo(List.of("a", "@@`Version`", "database()", "1", "y"));
        assertThat(query.items())
                .extracting(SelectWithoutTable.Item::variable)
                .containsExactly("auto_increment_increment", "version", null, null, null);
        assertThat(query.items().get(2).function()).isEqualTo("database");
        assertThat(query.items().get(4).literal()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"select * from t", "select a", "select 1 from t", "select sleep(1)", "select 1 + 1", "selec"})
    void leavesAnythingElse(String statement) {
        assertThat(SelectWithoutTable.parse(statement)).isNull();
    }
}
