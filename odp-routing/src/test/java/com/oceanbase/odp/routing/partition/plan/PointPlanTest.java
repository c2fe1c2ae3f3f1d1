package com.oceanbase.odp.routing.partition.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionFunction;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The short way to a partition ends where the long one does, which an IN list takes. */
class PointPlanTest {
    private static final List<String> COLLATIONS = List.of(
            "utf8mb4_general_ci", "utf8mb4_bin", "binary", "latin1_swedish_ci", "gbk_chinese_ci", "utf16_general_ci");
    private static final List<ObjectType> TYPES = List.of(ObjectType.VARCHAR, ObjectType.CHAR);

    @Property(tries = 2000)
    void stringsHaveOnePartitionHoweverItIsFound(
            @ForAll("contents") String content,
            @ForAll @IntRange(max = 5) int collation,
            @ForAll @IntRange(max = 1) int type,
            @ForAll @IntRange(min = -9, max = 99) int number) {
        Collation column = Collation.byName(COLLATIONS.get(collation));
        assertThat(column).isNotNull();
        PartitionedTable table = table(ColumnType.of(TYPES.get(type), column, 200));
        String value = "'" + content + "'";

        PartitionSet direct = evaluate(table, "SELECT * FROM t WHERE k = " + value + " AND n = " + number);
        PartitionSet listed = evaluate(
                table,
                "SELECT * FROM t WHERE k IN (" + value + ", " + value + ") AND n IN (" + number + ", " + number + ")");

        assertThat(direct.leaves()).isEqualTo(listed.leaves());
    }

    /** Also with escapes and doubled quotes, which the short way leaves to the long one, and longer than one piece of a hash. */
    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of("a", "Z", "7", " ", "_", "é", "Ü", "中", "😀", "''", "\\'", "\\\\", "\\n", "\"")
                .list()
                .ofMaxSize(140)
                .map(parts -> String.join("", parts));
    }

    private static PartitionSet evaluate(PartitionedTable table, String sql) {
        LiteralSlots slots = new LiteralSlots();
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        StatementAccess access = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
        return PartitionCalculator.compile(table, access)
                .getFirst()
                .evaluate(slots, ParameterValues.NONE, SessionValues.MYSQL);
    }

    private static PartitionedTable table(ColumnType type) {
        List<Partition> partitions = IntStream.range(0, 31)
                .mapToObj(i -> new Partition("p" + i, i, 1000 + i, List.of(), List.of(), false, List.of()))
                .toList();
        return new PartitionedTable(
                new PartitionedTable.Identity("test", "t", 1, 1, false),
                List.of(
                        new TableColumn("k", type, 0, false, null, null),
                        new TableColumn("n", ColumnType.of(ObjectType.INT), 1, false, null, null)),
                new PartitionLevel(PartitionFunction.KEY, List.of(0, 1), null, List.of()),
                null,
                partitions);
    }
}
