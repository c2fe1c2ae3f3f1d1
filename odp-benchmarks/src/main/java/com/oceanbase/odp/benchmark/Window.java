package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.LoadResult;
import com.oceanbase.odp.benchmark.load.LoadSpec;
import com.oceanbase.odp.benchmark.peer.Load;
import com.oceanbase.odp.benchmark.peer.Target;
import com.oceanbase.odp.benchmark.peer.Usage;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A window of load on a target.
 *
 * @param result what the load saw
 * @param before what the target had used at its begin
 * @param after what it had used at its end
 */
record Window(LoadResult result, Usage before, Usage after) {
    /** Runs the load. */
    static Window run(Load load, Target target, LoadSpec spec) throws IOException {
        return run(load, spec, target::usage, () -> {});
    }

    /** Runs the load and asks the target's JVM nothing: to answer would take it time in which requests wait. */
    static Window runUnasked(Load load, Target target, LoadSpec spec) throws IOException {
        return run(load, spec, target::processUsage, () -> {});
    }

    /**
     * Runs the load.
     *
     * @param atEnd is run when the window is over, while the connections still stand
     */
    static Window run(Load load, Target target, LoadSpec spec, Runnable atEnd) throws IOException {
        return run(load, spec, target::usage, atEnd);
    }

    private static Window run(Load load, LoadSpec spec, Supplier<Usage> usage, Runnable atEnd) throws IOException {
        Usage[] ends = {Usage.NONE, Usage.NONE};
        LoadResult result = load.run(spec, new Load.Marks() {
            @Override
            public void begin() {
                ends[0] = usage.get();
            }

            @Override
            public void end() {
                ends[1] = usage.get();
                atEnd.run();
            }
        });
        return new Window(result, ends[0], ends[1]);
    }

    long cpuNanos() {
        return after.cpuNanos() - before.cpuNanos();
    }

    long contextSwitches() {
        return after.contextSwitches() - before.contextSwitches();
    }

    long allocatedBytes() {
        return after.allocatedBytes() - before.allocatedBytes();
    }
}
