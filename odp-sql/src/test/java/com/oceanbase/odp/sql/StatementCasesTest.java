package com.oceanbase.odp.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatementCasesTest {
    static List<Texts.Case> mysqlCases() {
        return Texts.cases("statements-mysql.txt");
    }

    static List<Texts.Case> oracleCases() {
        return Texts.cases("statements-oracle.txt");
    }

    static List<Texts.Case> proxyCommands() {
        return Texts.cases("proxy-commands.txt");
    }

    @ParameterizedTest
    @MethodSource("mysqlCases")
    void summarisesMysqlText(Texts.Case sql) {
        assertThat(print(Texts.mysql(sql.text()))).isEqualTo(sorted(sql.expected()));
    }

    @ParameterizedTest
    @MethodSource("oracleCases")
    void summarisesOracleText(Texts.Case sql) {
        assertThat(print(Texts.oracle(sql.text()))).isEqualTo(sorted(sql.expected()));
    }

    @ParameterizedTest
    @MethodSource("proxyCommands")
    void recognisesCommandsOfTheProxy(Texts.Case sql) {
        ProxyCommand command = Texts.mysql(sql.text()).proxyCommand();
        assertThat(command == null ? "-" : print(command)).isEqualTo(sql.expected());
    }

    private static String print(StatementSummary summary) {
        String flags = summary.flags().stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
        return (summary.kind() + (summary.isMulti() ? "+ " : " ") + summary.tables() + ' ' + flags).trim();
    }

    private static String sorted(String expected) {
        int tables = expected.indexOf(']') + 1;
        String flags = expected.substring(tables).trim();
        String sorted = List.of(flags.split(" ")).stream().sorted().collect(Collectors.joining(" "));
        return (expected.substring(0, tables) + ' ' + sorted).trim();
    }

    private static String print(ProxyCommand command) {
        StringBuilder out = new StringBuilder(command.type().name());
        for (ProxyCommand.Argument argument : command.arguments()) {
            char form = switch (argument.form()) {
                case WORD -> 'W';
                case QUOTED -> 'Q';
                case NUMBER -> 'N';
                case SYMBOL -> 'S';
            };
            out.append(' ').append(form).append(':').append(argument.text());
        }
        return out.toString();
    }
}
