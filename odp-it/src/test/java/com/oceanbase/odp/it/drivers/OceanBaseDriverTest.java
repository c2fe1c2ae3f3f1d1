package com.oceanbase.odp.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.it.fixture.OdpFixture;
import com.oceanbase.odp.it.fixture.OdpInstance;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OceanBase's own driver, with the greeting that clients get by default. */
@Tag("kernel")
@ExtendWith(OdpFixture.class)
class OceanBaseDriverTest {
    private static Connection connect(OdpInstance proxy, OdpFixture.Environment environment) throws SQLException {
        return JdbcDriver.OCEANBASE_2.connect(
                proxy.endpoint(),
                environment.newDatabase(),
                List.of("user=" + environment.user(), "password=", "useServerPrepStmts=true", "useCursorFetch=true"));
    }

    @Test
    void findsOutParametersAndCursors(OdpFixture.Environment environment) throws SQLException {
        try (OdpInstance proxy = environment.start(Map.of("enable_deprecate_eof", "false"));
                Connection connection = connect(proxy, environment)) {
            Target.execute(
                    connection,
                    "create procedure doubled(in a int, out b int) begin set b = a * 2; end",
                    "create table numbers(n int primary key)",
                    "insert into numbers values (1), (2), (3), (4), (5)");
            try (CallableStatement call = connection.prepareCall("{call doubled(?, ?)}")) {
                call.setInt(1, 21);
                call.registerOutParameter(2, Types.INTEGER);
                call.execute();
                assertThat(call.getInt(2)).isEqualTo(42);
            }
            try (PreparedStatement select = connection.prepareStatement("select n from numbers order by n")) {
                select.setFetchSize(2);
                int sum = 0;
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        sum += rows.getInt(1);
                    }
                }
                assertThat(sum).isEqualTo(15);
            }
        }
    }
}
