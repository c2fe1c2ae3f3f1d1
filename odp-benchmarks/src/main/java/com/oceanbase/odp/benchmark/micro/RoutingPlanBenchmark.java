package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.plan.PartitionCalculator;
import com.oceanbase.odp.routing.partition.plan.PartitionPlan;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import com.oceanbase.odp.sql.template.StatementTemplate;
import com.oceanbase.odp.sql.template.StatementTemplates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From the bytes of a statement to the partitions of its tables, when its like was seen before and the tables are known. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RoutingPlanBenchmark {
    private static final long MEMORY = 1 << 20;
    private static final SessionValues SESSION = SessionValues.MYSQL.withClock(Instant::now);

    /** See {@link SampleTexts}. */
    @Param({
        "point",
        "pointTraced",
        "pointKey",
        "pointEscaped",
        "range10",
        "rangeOfKey10",
        "rangeOfTwoLevels",
        "rangeOfDates",
        "rangeOfDays",
        "inOfKey10",
        "in100",
        "update",
        "delete",
        "upsert",
        "page",
        "insert10",
        "listOfStrings",
        "partOfKey",
        "clock",
        "function",
        "like",
        "join4",
        "report200"
    })
    String statement = "point";

    private final StatementTemplates templates = new StatementTemplates(MEMORY);
    private final LiteralSlots slots = new LiteralSlots();
    private byte[][] texts = {};
    private int turn;
    private PartitionPlan[] plans = {};

    /** Makes the template and the plans. */
    @Setup
    public void prepare() {
        texts = SampleTexts.turnsOf(statement);
        look();
        StatementTemplate template = look();
        List<PartitionPlan> found = new ArrayList<>();
        for (QueryBlock block : template.access().blocks()) {
            for (TableAccess table : block.tables()) {
                found.add(PartitionCalculator.compile(definition(table), block, table, joined(block, table)));
            }
        }
        plans = found.toArray(PartitionPlan[]::new);
    }

    private static PartitionedTable definition(TableAccess table) {
        return SampleTables.of(table.table().name());
    }

    private static List<PartitionCalculator.Joined> joined(QueryBlock block, TableAccess table) {
        return block.tables().stream()
                .filter(other -> other != table)
                .map(other -> new PartitionCalculator.Joined(other, definition(other)))
                .toList();
    }

    private StatementTemplate look() {
        byte[] text = texts[turn];
        turn = turn + 1 == texts.length ? 0 : turn + 1;
        return templates.find(text, 0, text.length, SqlMode.MYSQL, slots);
    }

    /** The template alone. */
    @Benchmark
    public StatementTemplate template() {
        return look();
    }

    /** The template, then the partitions of every table. */
    @Benchmark
    public void templateAndPartitions(Blackhole partitions) {
        partitions.consume(look());
        for (PartitionPlan plan : plans) {
            partitions.consume(plan.evaluate(slots, ParameterValues.NONE, SESSION));
        }
    }
}
