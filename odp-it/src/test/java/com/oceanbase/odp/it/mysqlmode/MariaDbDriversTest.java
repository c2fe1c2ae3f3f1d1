package com.oceanbase.odp.it.mysqlmode;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.drivers.JdbcDriver;
import com.oceanbase.odp.it.mysqlmode.MariaDbFixture.Environment;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JDBC drivers through the proxy to MariaDB: text, binary, batches, transactions, large values. */
@Tag("kernel")
@ExtendWith(MariaDbFixture.class)
class MariaDbDriversTest {
    private static Connection connect(Environment environment, JdbcDriver driver, String... options)
            throws SQLException {
        List<String> all = new ArrayList<>(List.of("user=" + MariaDb.USER, "password=" + MariaDb.PASSWORD));
        all.addAll(Arrays.asList(options));
        return driver.connect(environment.proxy().endpoint(), "it", all);
    }

    /** OceanBase's driver speaks three-byte utf8 to other servers. */
    private static String prefix(JdbcDriver driver) {
        return driver == JdbcDriver.OCEANBASE_2 ? "€ " : "😀 ";
    }

    private static String cell(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
        }
    }

    @ParameterizedTest
    @EnumSource
    void workAsUsual(JdbcDriver driver, Environment environment) throws SQLException {
        for (boolean serverPrepared : new boolean[] {false, true}) {
            try (Connection connection = connect(environment, driver, "useServerPrepStmts=" + serverPrepared);
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "create temporary table tt(a int primary key auto_increment, b varchar(50), c longblob)");
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into tt(b, c) values(?, ?)", Statement.RETURN_GENERATED_KEYS)) {
                    for (int i = 0; i < 20; i++) {
                        insert.setString(1, prefix(driver) + i);
                        insert.setBinaryStream(2, new ByteArrayInputStream(new byte[10_000 + i]), 10_000 + i);
                        insert.addBatch();
                    }
                    assertThat(insert.executeBatch()).hasSize(20);
                }
                try (PreparedStatement select =
                        connection.prepareStatement("select b, length(c) from tt where a = ?")) {
                    for (int i = 1; i <= 20; i++) {
                        select.setInt(1, i);
                        try (ResultSet rows = select.executeQuery()) {
                            assertThat(rows.next()).isTrue();
                            assertThat(rows.getString(1)).isEqualTo(prefix(driver) + (i - 1));
                            assertThat(rows.getInt(2)).isEqualTo(10_000 + i - 1);
                        }
                    }
                }
                assertThat(connection.isValid(10)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void transactionsCommitAndRollBack(JdbcDriver driver, Environment environment) throws SQLException {
        String table = "tx_" + driver.name();
        try (Connection connection = connect(environment, driver);
                Statement statement = connection.createStatement()) {
            statement.execute("create or replace table " + table + "(a int) engine=innodb");
            connection.setAutoCommit(false);
            statement.execute("insert into " + table + " values(1)");
            connection.rollback();
            statement.execute("insert into " + table + " values(2)");
            connection.commit();
            assertThat(cell(connection, "select group_concat(a) from " + table)).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreThoseOfTheServer(JdbcDriver driver, Environment environment) throws SQLException {
        try (Connection connection = connect(environment, driver);
                Statement statement = connection.createStatement()) {
            try {
                statement.execute("select * from no_such_table");
                throw new AssertionError("no error");
            } catch (SQLException e) {
                assertThat(e.getErrorCode()).isEqualTo(1146);
                assertThat(e.getSQLState()).isEqualTo("42S02");
            }
            assertThat(cell(connection, "select 1")).isEqualTo("1");
        }
    }
}
