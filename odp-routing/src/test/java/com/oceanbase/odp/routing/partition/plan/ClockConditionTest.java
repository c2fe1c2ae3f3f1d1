package com.oceanbase.odp.routing.partition.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of the clock name partitions unless the few seconds that clocks differ by matter. */
class ClockConditionTest {
    private static final Instant MARCH = Instant.parse("2026-03-15T12:00:00Z");
    private static final Instant END_OF_MARCH = Instant.parse("2026-03-31T23:59:58Z");

    private static final PartitionedTable BY_MONTH = table(
            ObjectType.DATETIME,
            new PartitionLevel(
                    PartitionFunction.RANGE_COLUMNS, List.of(0), null, List.of(ColumnType.of(ObjectType.DATETIME))),
            months(86_400_000_000L));
    private static final PartitionedTable BY_DAY =
            table(ObjectType.DATE, new PartitionLevel(PartitionFunction.KEY, List.of(0), null, List.of()), months(0));
    private static final PartitionedTable BY_TIME = table(
            ObjectType.DATETIME, new PartitionLevel(PartitionFunction.KEY, List.of(0), null, List.of()), months(0));
    private static final PartitionedTable BY_NUMBER =
            table(ObjectType.INT, new PartitionLevel(PartitionFunction.HASH, List.of(0), null, List.of()), months(0));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO t VALUES (NOW()) | {2}",
                "INSERT INTO t VALUES (SYSDATE(3)) | {2}",
                "INSERT INTO t VALUES ('2026-01-01'), (CURRENT_TIMESTAMP) | {0, 2}",
                "INSERT INTO t VALUES (NOW() + INTERVAL 1 MONTH) | {3}",
                "SELECT * FROM t WHERE k = CURRENT_DATE | {2}",
                "SELECT * FROM t WHERE k >= NOW() - INTERVAL 40 DAY AND k < NOW() | {1, 2}",
                "SELECT * FROM t WHERE k > DATE_SUB(CURDATE(), INTERVAL 1 MONTH) AND k <= LOCALTIME | {1, 2}",
                "SELECT * FROM t WHERE k BETWEEN CAST(NOW() AS DATE) AND UTC_TIMESTAMP() | {2}",
                "SELECT * FROM t WHERE k IN (CURDATE(), '2026-05-05') | {2, 4}",
            })
    void namesPartitions(String sql, String leaves) {
        PartitionSet found = find(BY_MONTH, sql, MARCH);

        assertThat(found.leaves()).hasToString(leaves);
        assertThat(found.precision()).isEqualTo(PartitionSet.Precision.EXACT);
        // Without a clock nothing is computed.
        assertThat(find(BY_MONTH, sql, SessionValues.MYSQL).size()).isGreaterThan(found.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (NOW())",
                "SELECT * FROM t WHERE k = CURRENT_DATE",
                "SELECT * FROM t WHERE k = SYSDATE() OR k = NOW()",
            })
    void namesBothPartitionsWhereClocksMayDisagree(String sql) {
        PartitionSet found = find(BY_MONTH, sql, END_OF_MARCH);

        assertThat(found.leaves()).hasToString("{2, 3}");
        assertThat(found.precision()).isEqualTo(PartitionSet.Precision.SUPERSET);
        assertThat(found.reason()).contains("clock");
    }

    @Test
    void reckonsInTheZoneOfTheSession() {
        SessionValues east = SessionValues.MYSQL
                .withTimeZone(ZoneOffset.ofHours(8))
                .withClock(() -> Instant.parse("2026-03-31T20:00:00Z"));

        assertThat(find(BY_MONTH, "INSERT INTO t VALUES (NOW())", east).single())
                .isEqualTo(3);
        assertThat(find(BY_MONTH, "INSERT INTO t VALUES (UTC_TIMESTAMP())", east)
                        .single())
                .isEqualTo(2);
        assertThat(find(BY_MONTH, "INSERT INTO t VALUES (NOW())", east.withTimeZone(null))
                        .size())
                .isEqualTo(12);
    }

    @Test
    void hashesWhatIsTheSameForAllOfTheTime() {
        PartitionSet literal = find(BY_DAY, "SELECT * FROM t WHERE k = '2026-03-15'", MARCH);

        assertThat(find(BY_DAY, "SELECT * FROM t WHERE k = CURDATE()", MARCH).single())
                .isEqualTo(literal.single());
        assertThat(find(BY_DAY, "INSERT INTO t VALUES (CURRENT_DATE)", MARCH).single())
                .isEqualTo(literal.single());
        assertThat(find(BY_DAY, "SELECT * FROM t WHERE k = CURDATE()", END_OF_MARCH)
                        .size())
                .isEqualTo(12);
        assertThat(find(BY_TIME, "INSERT INTO t VALUES (NOW())", MARCH).size()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t WHERE k = SECOND(NOW())",
                "SELECT * FROM t WHERE k = UNIX_TIMESTAMP()",
                "SELECT * FROM t WHERE k = MINUTE(CURTIME())",
                "INSERT INTO t VALUES (UNIX_TIMESTAMP() % 2)",
                "SELECT * FROM t WHERE k = 5 OR NOW() > '2030-01-01'",
            })
    void leavesTheRestToTheServer(String sql) {
        assertThat(find(BY_NUMBER, sql, MARCH).size()).isEqualTo(12);
    }

    @Test
    void computesWhatChangesSeldom() {
        assertThat(find(BY_NUMBER, "SELECT * FROM t WHERE k = YEAR(NOW())", MARCH)
                        .single())
                .isEqualTo(2026 % 12);
    }

    private static PartitionSet find(PartitionedTable table, String sql, Instant now) {
        return find(table, sql, SessionValues.MYSQL.withClock(() -> now));
    }

    private static PartitionSet find(PartitionedTable table, String sql, SessionValues session) {
        LiteralSlots slots = new LiteralSlots();
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
        return PartitionCalculator.compile(table, access).getFirst().evaluate(slots, ParameterValues.NONE, session);
    }

    private static PartitionedTable table(ObjectType type, PartitionLevel level, List<Partition> partitions) {
        return new PartitionedTable(
                new PartitionedTable.Identity("test", "t", 1, 1, false),
                List.of(new TableColumn("k", ColumnType.of(type), 0, false, null, null)),
                level,
                null,
                partitions);
    }

    /** Of the year 2026; without bounds if a day has no length. */
    private static List<Partition> months(long day) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long end = LocalDate.of(2026, 1, 1).plusMonths(i + 1L).toEpochDay() * day;
            List<Datum> bound = day == 0 ? List.of() : List.of(new Datum.Whole(end));
            partitions.add(new Partition("p" + i, i, 1000 + i, bound, List.of(), false, List.of()));
        }
        return partitions;
    }
}
