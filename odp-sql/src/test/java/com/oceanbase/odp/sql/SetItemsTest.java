package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SetItemsTest {
    static List<String> corpus() {
        return Texts.lines("set-login.txt");
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void readsWhatConnectorsSend(String line) {
        String[] cells = line.split(" \\| ", 3);
        StatementSummary summary = Texts.mysql(cells[1]);
        assertThat(summary.kind()).isEqualTo(StatementKind.SET);
        String items = summary.setItems().stream()
                .map(item -> item.scope() + " " + item.name() + "=" + item.value())
                .collect(Collectors.joining(" ;; "));
        assertThat(items).isEqualTo(cells[2]);
    }

    @Test
    void keepsNoPassword() {
        assertThat(Texts.mysql("set password for a = 'secret'").setItems().toString())
                .doesNotContain("secret");
        assertThat(Texts.mysql("set password = password('secret')").setItems().toString())
                .doesNotContain("secret");
    }

    @Test
    void givesPlainValues() {
        assertThat(plain("'a'")).isEqualTo("a");
        assertThat(plain("\"a b\"")).isEqualTo("a b");
        assertThat(plain("'it''s'")).isEqualTo("'it''s'");
        assertThat(plain("'a\\'")).isEqualTo("'a\\'");
        assertThat(plain("'")).isEqualTo("'");
        assertThat(plain("1")).isEqualTo("1");
        assertThat(plain("''")).isEmpty();
    }

    private static String plain(String value) {
        return new SetItem(SetItem.Scope.SESSION, "a", value).plainValue();
    }

    @Test
    void isEmptyForOtherStatements() {
        assertThat(Texts.mysql("select 1").setItems()).isEmpty();
    }
}
