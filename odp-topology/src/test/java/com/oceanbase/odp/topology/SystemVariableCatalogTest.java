package com.oceanbase.odp.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SystemVariableCatalogTest {
    /** Rows as a 4.3.5.3 kernel reports them. */
    private final SystemVariableCatalog catalog = new SystemVariableCatalog(
            1_795_235_777_509_080L,
            List.of(
                    new SystemVariable("autocommit", 5, "1", 131),
                    new SystemVariable("character_set_results", 5, "45", 99),
                    new SystemVariable("lower_case_table_names", 5, "1", 133),
                    new SystemVariable("version_comment", 22, "OceanBase", 5),
                    new SystemVariable("tx_isolation", 22, "READ-COMMITTED", 131)));

    @Test
    void knowsWhatMayBeReplayedAndHow() {
        assertThat(catalog.isSessionWritable("autocommit")).isTrue();
        assertThat(catalog.isSessionWritable("lower_case_table_names")).isFalse();
        assertThat(catalog.isSessionWritable("version_comment")).isFalse();
        assertThat(catalog.isString("TX_ISOLATION")).isTrue();
        assertThat(catalog.isString("autocommit")).isFalse();
        assertThat(catalog.isNullable("character_set_results")).isTrue();
        assertThat(catalog.isNullable("autocommit")).isFalse();
        assertThat(catalog.globalValue("Autocommit")).isEqualTo("1");
        assertThat(catalog.version()).isEqualTo(1_795_235_777_509_080L);
    }

    @Test
    void losesNoUnknownVariable() {
        assertThat(catalog.contains("new_in_5")).isFalse();
        assertThat(catalog.isString("new_in_5")).isTrue();
        assertThat(catalog.isSessionWritable("new_in_5")).isTrue();
        assertThat(catalog.isNullable("new_in_5")).isFalse();
        assertThat(catalog.globalValue("new_in_5")).isNull();
    }

    @Test
    void theBuiltInSetHasTheVariablesThatTimersNeed() {
        SystemVariableCatalog builtIn = SystemVariableCatalog.builtIn();
        assertThat(builtIn.size()).isEqualTo(15);
        assertThat(builtIn.version()).isZero();
        assertThat(builtIn.globalValue("wait_timeout")).isEqualTo("28800");
        assertThat(builtIn.globalValue("ob_query_timeout")).isEqualTo("10000000");
        assertThat(builtIn.isSessionWritable("lower_case_table_names")).isFalse();
    }
}
