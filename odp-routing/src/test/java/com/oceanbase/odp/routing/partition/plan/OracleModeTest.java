package com.oceanbase.odp.routing.partition.plan;

import static com.oceanbase.odp.routing.partition.plan.OracleTables.column;
import static com.oceanbase.odp.routing.partition.plan.OracleTables.evaluate;
import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.hash.DatumHash;
import com.oceanbase.odp.routing.partition.level.LevelPruner;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Partitions of Oracle mode: vectors that were compared with the original's routine, and its rules for NULL, blanks and defaults. */
class OracleModeTest {
    private static final ColumnType INTEGER = ColumnType.BIGINT;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "5, 0", "-5, 2", "100, 0"})
    void integersByHash(long value, int partition) {
        assertThat(hashed(7, List.of(INTEGER), List.of(new Datum.Whole(value)))).isEqualTo(partition);
    }

    @ParameterizedTest
    @CsvSource({"abc, 5", "ABC, 0", "'abc  ', 3"})
    void stringsByHashKeepTheirBlanks(String value, int partition) {
        PartitionedTable table = OracleTables.hash(7, column("A", OracleTables.VARCHAR, -1));

        assertThat(hashed(7, List.of(OracleTables.VARCHAR), List.of(text(value))))
                .isEqualTo(partition);
        assertThat(evaluate(table, "SELECT * FROM T WHERE A = '" + value + "'").single())
                .isEqualTo(partition);
        assertThat(evaluate(table, "INSERT INTO T (A) VALUES ('" + value + "')").single())
                .isEqualTo(partition);
    }

    @ParameterizedTest
    @CsvSource({"abc, 5", "'abc  ', 5", "'abc     ', 5", "ABC, 0"})
    void charsByHashLoseTheirBlanks(String value, int partition) {
        assertThat(hashed(7, List.of(OracleTables.CHAR), List.of(text(value)))).isEqualTo(partition);
    }

    @Test
    void oneBlankOfACharStays() {
        assertThat(hashed(64, List.of(OracleTables.CHAR), List.of(text("   "))))
                .isEqualTo(hashed(64, List.of(OracleTables.CHAR), List.of(text(" "))));
    }

    @Test
    void nullIsSkippedByHash() {
        List<ColumnType> types = List.of(INTEGER, OracleTables.VARCHAR, INTEGER);

        assertThat(hashed(7, types, List.of(Datum.Null.INSTANCE, text("abc"), Datum.Null.INSTANCE)))
                .isEqualTo(5);
        assertThat(hashed(7, List.of(INTEGER), List.of(Datum.Null.INSTANCE))).isZero();
    }

    /** With p the greatest power of two that is not above the count: the lower bits, and one more if that partition exists. */
    @Property
    void hashFollowsThePowerOfTwoRule(@ForAll long value, @ForAll @IntRange(min = 1, max = 1000) int count) {
        long hash = DatumHash.hash(INTEGER, new Datum.Whole(value), 0, true);
        long absolute = hash == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(hash);
        long power = 1;
        while (power * 2 <= count) {
            power *= 2;
        }
        long expected = absolute % (power * 2) < count ? absolute % (power * 2) : absolute % power;

        assertThat(hashed(count, List.of(INTEGER), List.of(new Datum.Whole(value))))
                .isEqualTo((int) expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = ObjectType.class,
            names = {
                "BIGINT",
                "FLOAT",
                "DOUBLE",
                "NUMBER",
                "DATETIME",
                "CHAR",
                "VARCHAR",
                "TIMESTAMP_TZ",
                "TIMESTAMP_LTZ",
                "TIMESTAMP_NANO",
                "RAW",
                "NUMBER_FLOAT",
                "NCHAR",
                "NVARCHAR2",
                "DECIMAL_INT"
            })
    void allTypesOfTheOriginalHash(ObjectType type) {
        Datum value = switch (type.kind()) {
            case WHOLE -> new Datum.Whole(7);
            case REAL -> new Datum.Real(7);
            case EXACT -> new Datum.Exact(BigDecimal.valueOf(7));
            case ZONED -> new Datum.Zoned(7, 0);
            default -> text("7");
        };
        ColumnType column = type == ObjectType.RAW
                ? ColumnType.of(type)
                : new ColumnType(type, OracleTables.VARCHAR.collation(), 8, -1, 0, List.of());

        assertThat(hashed(64, List.of(column), List.of(value))).isNotNegative();
    }

    @Test
    void aDoubleHashesItsBits() {
        ColumnType scaled = new ColumnType(ObjectType.DOUBLE, OracleTables.VARCHAR.collation(), -1, -1, 0, List.of());

        assertThat(DatumHash.hash(scaled, new Datum.Real(1.5), 0, true))
                .isEqualTo(
                        DatumHash.hash(ColumnType.BIGINT, new Datum.Whole(Double.doubleToRawLongBits(1.5)), 0, true));
    }

    @Test
    void nullIsAboveAllRanges() {
        PartitionedTable table =
                OracleTables.range(column("A", OracleTables.NUMBER, -1), exact(10), exact(100), Datum.Max.INSTANCE);

        assertThat(evaluate(table, "SELECT * FROM T WHERE A IS NULL").single()).isEqualTo(2);
        assertThat(evaluate(table, "INSERT INTO T (A) VALUES (NULL)").single()).isEqualTo(2);
        assertThat(evaluate(table, "SELECT * FROM T WHERE A = 9.99").single()).isZero();
        assertThat(evaluate(table, "SELECT * FROM T WHERE A = 10").single()).isEqualTo(1);
        assertThat(evaluate(table, "SELECT * FROM T WHERE A < 10").single()).isZero();
        assertThat(evaluate(table, "SELECT * FROM T WHERE A < 10 OR A IS NULL").leaves().stream())
                .containsExactly(0, 2);
    }

    @Test
    void withoutMaxvalueThereIsNoPartitionForNull() {
        PartitionedTable table = OracleTables.range(column("A", OracleTables.NUMBER, -1), exact(10), exact(100));

        assertThat(evaluate(table, "SELECT * FROM T WHERE A IS NULL").empty()).isTrue();
        assertThat(evaluate(table, "SELECT * FROM T WHERE A = 100").empty()).isTrue();
    }

    @Test
    void whatNoListHasIsInTheDefault() {
        PartitionedTable table = OracleTables.list(
                column("A", OracleTables.VARCHAR, -1),
                List.of(List.of(text("a"), text("b")), List.of(), List.of(text("c"), Datum.Null.INSTANCE)));

        assertThat(evaluate(table, "SELECT * FROM T WHERE A = 'b'").single()).isZero();
        assertThat(evaluate(table, "SELECT * FROM T WHERE A = 'B'").single()).isEqualTo(1);
        assertThat(evaluate(table, "SELECT * FROM T WHERE A IS NULL").single()).isEqualTo(2);
        assertThat(evaluate(table, "INSERT INTO T (A) VALUES ('x')").single()).isEqualTo(1);
        assertThat(evaluate(table, "SELECT * FROM T WHERE A IN ('a', 'z')").leaves().stream())
                .containsExactly(0, 1);
    }

    /** The partition by hash of a row of values, -1 if it cannot be told. */
    private static int hashed(int count, List<ColumnType> types, List<Datum> row) {
        PartitionedTable table = OracleTables.hash(
                count,
                IntStream.range(0, types.size())
                        .mapToObj(i -> column("C" + i, types.get(i), -1))
                        .toArray(TableColumn[]::new));
        Box box = Box.all(table.domainTypes().size());
        for (int i = 0; i < row.size(); i++) {
            box = box.with(i, Domain.point(row.get(i)));
        }
        BitSet found = new LevelPruner(
                        table,
                        table.first(),
                        box,
                        new EvaluationContext(new LiteralSlots(), ParameterValues.NONE, SessionValues.ORACLE))
                .prune(table.partitions());
        return found.cardinality() == 1 ? found.nextSetBit(0) : -1;
    }

    private static Datum exact(long value) {
        return new Datum.Exact(BigDecimal.valueOf(value));
    }

    private static Datum text(String value) {
        return new Datum.Text(value.getBytes(StandardCharsets.UTF_8));
    }
}
