package com.oceanbase.odp.benchmark.micro;

import com.oceanbase.odp.proxy.state.LinkState;
import com.oceanbase.odp.proxy.state.SessionState;
import com.oceanbase.odp.proxy.state.SessionSync;
import com.oceanbase.odp.proxy.state.VariableBaseline;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The check, ahead of each request, whether a server has all that the client's session has. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SyncBenchmark {
    private final SessionState session = new SessionState();
    private final LinkState link = new LinkState(VariableBaseline.EMPTY, "bench");

    /** A link that has everything. */
    @Setup
    public void synchronise() {
        session.begin(VariableBaseline.EMPTY, "bench");
        SessionSync.setExecuted(session, link);
    }

    /** The usual case. */
    @Benchmark
    public boolean inStep() {
        return !SessionSync.isBeyondRepair(session, link) && SessionSync.isInStep(session, link);
    }
}
