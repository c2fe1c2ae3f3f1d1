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
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.condition.ConditionCompiler;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Usual statements go the short way, which makes nothing but a set of several partitions. */
class DirectWayTest {
    private static final ColumnType INT = ColumnType.of(ObjectType.INT);
    private static final ColumnType TEXT = ColumnType.of(ObjectType.VARCHAR, Collation.UTF8MB4_GENERAL_CI, 64);
    private static final int RUNS = 1000;

    /** Bytes of a set of several partitions, with a word of its own, at most. */
    private static final long SET = 80;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Of sysbench's reading transactions; 8 partitions.
                "hash | SELECT c FROM t WHERE id=11 | {3} | 0",
                "hash | SELECT c FROM t WHERE id BETWEEN 5 AND 104 | {0, 1, 2, 3, 4, 5, 6, 7} | 0",
                "hash | SELECT SUM(k) FROM t WHERE id BETWEEN 5 AND 14 | {0, 1, 2, 3, 4, 5, 6, 7} | 0",
                "hash | SELECT c FROM t WHERE id BETWEEN 5 AND 7 ORDER BY c | {5, 6, 7} | 1",
                "hash | SELECT DISTINCT c FROM t WHERE id BETWEEN 7 AND 8 ORDER BY c | {0, 7} | 1",
                "hash | SELECT c FROM t WHERE id >= 5 AND id < 6 AND k LIKE 'x%' | {5} | 0",
                "hash | SELECT c FROM t WHERE id > -3 AND id <= 1 AND id IS NOT NULL | {0, 1, 2} | 1",
                "hash | SELECT c FROM t WHERE id > 2000000000 | {0, 1, 2, 3, 4, 5, 6, 7} | 0",
                "hash | SELECT c FROM t WHERE id > ? AND id < ? | {3, 4} | 1",
                "hash | UPDATE t SET k=k+1 WHERE id=11 AND c='x' | {3} | 0",
                "key | SELECT c FROM t WHERE id BETWEEN 5 AND 5 | {0} | 0",
                "key | SELECT c FROM t WHERE id BETWEEN 5 AND 7 | {0, 1, 4} | 1",
                "key | SELECT c FROM t WHERE id BETWEEN 5 AND 7000 | {0, 1, 2, 3, 4, 5, 6, 7} | 0",
                "keys | SELECT c FROM t WHERE id = 5 | {0, 1, 2, 3, 4, 5, 6, 7} | 0",
                "text | SELECT c FROM t WHERE name = 'O''Brien\\n' | {7} | 1",
                "days | SELECT c FROM t WHERE at >= '2026-01-02' AND at < '2026-01-04' | {2, 3} | 1",
                "days | SELECT c FROM t WHERE at > '2026-01-02 23:59:58' AND at < '2026-01-03' | {2} | 0",
                "years | SELECT c FROM t WHERE at BETWEEN '2027-01-01' AND '2029-12-31' | {3, 4, 5} | 1",
                // Before the compiler has seen the comparison of strings, it makes objects.
                "list | SELECT c FROM t WHERE name = 'North' | {0} | 1",
                "list | SELECT c FROM t WHERE name IN ('north', 'south ') | {0, 1} | 4",
            })
    void allocatesNoMoreThanTheSet(String table, String sql, String leaves, int sets) {
        LiteralSlots slots = new LiteralSlots();
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        QueryBlock block = AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots)
                .blocks()
                .getFirst();
        PartitionedTable definition = table(table);
        ParameterValues parameters = new ParameterValues();
        parameters.reset(2);
        parameters.setBinary(0, 1, false, new byte[] {2}, 0, 1);
        parameters.setValue(1, new SqlValue.Int(5, false));

        Condition condition =
                ConditionCompiler.compile(definition, block.tables().getFirst(), block.condition());
        PlainPlan plan = PlainPlan.of(definition, condition);

        assertThat(plan).isNotNull();
        PartitionSet found = plan.evaluate(slots, parameters, SessionValues.MYSQL);
        assertThat(found).isNotNull();
        assertThat(found.leaves()).hasToString(leaves);
        assertThat(new PartitionPlan(definition, condition, null, null, null)
                        .evaluate(slots, parameters, SessionValues.MYSQL)
                        .leaves())
                .isEqualTo(found.leaves());
        assertThat(bytesOfRuns(plan, slots, parameters)).isLessThanOrEqualTo(sets * SET * RUNS + RUNS);
    }

    private static long bytesOfRuns(PlainPlan plan, LiteralSlots slots, ParameterValues parameters) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        int missed = 0;
        for (int i = 0; i < 2 * RUNS; i++) {
            before = i == RUNS ? threads.getCurrentThreadAllocatedBytes() : before;
            missed += plan.evaluate(slots, parameters, SessionValues.MYSQL) == null ? 1 : 0;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(missed).isZero();
        return bytes;
    }

    private static PartitionedTable table(String kind) {
        return switch (kind) {
            case "hash" -> table(PartitionFunction.HASH, null, List.of("id"), INT, hashed());
            case "key" -> table(PartitionFunction.KEY, null, List.of("id"), INT, hashed());
            case "keys" -> table(PartitionFunction.KEY, null, List.of("id", "k"), INT, hashed());
            case "text" -> table(PartitionFunction.KEY, null, List.of("name"), TEXT, hashed());
            case "days" -> ofTimes("to_days(at)", 739_982);
            case "years" -> ofTimes("year(at)", 2025);
            default -> {
                List<Partition> lists = new ArrayList<>();
                for (String value : List.of("NORTH", "SOUTH", "east")) {
                    Datum datum = new Datum.Text(value.getBytes(StandardCharsets.UTF_8));
                    lists.add(new Partition(
                            value, lists.size(), lists.size(), List.of(), List.of(List.of(datum)), false, List.of()));
                }
                yield table(PartitionFunction.LIST_COLUMNS, null, List.of("name"), TEXT, lists);
            }
        };
    }

    private static PartitionedTable ofTimes(String expression, long bound) {
        ColumnType time = new ColumnType(ObjectType.DATETIME, Collation.BINARY, -1, -1, 0, List.of());
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            partitions.add(
                    new Partition("p" + i, i, i, List.of(new Datum.Whole(bound + i)), List.of(), false, List.of()));
        }
        return table(PartitionFunction.RANGE, expression, List.of("at"), time, partitions);
    }

    private static List<Partition> hashed() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            partitions.add(new Partition("p" + i, i, i, List.of(), List.of(), false, List.of()));
        }
        return partitions;
    }

    private static PartitionedTable table(
            PartitionFunction function,
            @Nullable String expression,
            List<String> names,
            ColumnType type,
            List<Partition> partitions) {
        List<TableColumn> columns = new ArrayList<>();
        List<Integer> key = new ArrayList<>();
        for (String name : names) {
            key.add(columns.size());
            columns.add(new TableColumn(name, type, columns.size(), false, null, null));
        }
        PartitionLevel level = new PartitionLevel(
                function,
                key,
                expression == null ? null : StoredExpression.parse(expression, false),
                function.isHashed() ? List.of() : List.of(expression == null ? type : ColumnType.BIGINT));
        return new PartitionedTable(
                new PartitionedTable.Identity("test", "t", 1, 1, false), columns, level, null, partitions);
    }
}
