package com.oceanbase.odp.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpFixture.Environment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that applications do with JDBC drivers, done at the kernel directly and through the proxy. What can be seen
 * must be the same: values, types, counts, warnings, errors.
 */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class JdbcDifferenceTest {
    private static List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.addAll(TypeChecks.all());
        checks.addAll(StatementChecks.all());
        checks.addAll(ResultChecks.all());
        checks.addAll(SessionChecks.all());
        checks.addAll(TransactionChecks.all());
        checks.addAll(BulkChecks.all());
        return checks;
    }

    /**
     * What a driver cannot do where CLIENT_DEPRECATE_EOF is agreed, whoever the server is: OceanBase's driver looks for
     * open cursors and OUT parameters in the EOF behind the column definitions only. Connector/J 9 loses rows of
     * cursors, always when it talks to the kernel itself and now and then through the proxy; version 26 does not.
     */
    private static final Map<JdbcDriver, Set<String>> NOT_ABLE = Map.of(
            JdbcDriver.OCEANBASE_2,
            Set.of("cursorWithFetchSize", "cursorClosedEarly", "cursorsInParallel", "procedureWithOutParameters"),
            JdbcDriver.CONNECTOR_J_9,
            Set.of("cursorWithFetchSize", "cursorClosedEarly", "cursorsInParallel"));

    @TestFactory
    Stream<DynamicContainer> sameThroughTheProxy(Environment environment) {
        return Stream.of(JdbcDriver.values())
                .map(driver -> DynamicContainer.dynamicContainer(driver.name(), tests(environment, driver)));
    }

    private static Stream<DynamicTest> tests(Environment environment, JdbcDriver driver) {
        String direct = environment.newDatabase();
        String proxied = environment.newDatabase();
        String server = "127.0.0.1:" + environment.cluster().kernel().port();
        return checks().stream()
                .filter(check -> !NOT_ABLE.getOrDefault(driver, Set.of()).contains(check.name()))
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> {
                    List<String> expected = run(check, new Target(driver.reference(), server, "root@sys", direct));
                    List<String> seen =
                            run(check, new Target(driver, environment.proxy().endpoint(), environment.user(), proxied));
                    assertThat(seen).isEqualTo(expected);
                    assertThat(expected)
                            .as("a check that sees nothing proves nothing")
                            .isNotEmpty();
                }));
    }

    /** What a check notes; the error too that the check did not expect: where the kernel cannot, the proxy must not either. */
    private static List<String> run(Check check, Target target) throws Exception {
        try (target) {
            List<String> notes = new ArrayList<>();
            try {
                check.body().run(target);
            } catch (SQLException e) {
                target.noteError("unexpected error", e);
            }
            notes.addAll(target.notes());
            return notes;
        }
    }
}
