package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.StatementSummarizer;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.sql.access.AccessParser;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.expression.LiteralSlots;
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

/** Reading a statement: its summary, and the tables and conditions that routing needs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class StatementBenchmark {
    /** See {@link SampleTexts}. */
    @Param({"point", "insert10", "in100", "join4", "report200"})
    String statement = "point";

    private final LiteralSlots slots = new LiteralSlots();
    private byte[] text = {};

    /** Takes the text. */
    @Setup
    public void take() {
        text = SampleTexts.of(statement);
    }

    /** The summary alone. */
    @Benchmark
    public StatementSummary summarize() {
        return StatementSummarizer.summarize(text, 0, text.length, SqlMode.MYSQL);
    }

    /** Tables and conditions, as if the text had never been seen. */
    @Benchmark
    public StatementAccess parseAccess() {
        return AccessParser.parse(text, 0, text.length, SqlMode.MYSQL, slots);
    }
}
