package com.oceanbase.odp.benchmark;

import com.oceanbase.odp.benchmark.load.LoadSpec;
import com.oceanbase.odp.benchmark.peer.JvmProbe;
import com.oceanbase.odp.benchmark.peer.Load;
import com.oceanbase.odp.benchmark.report.ConnectionMemory;
import java.io.IOException;

/** What connections take of a JVM's memory: without them, with idle ones, with busy ones. */
final class MemoryLook {
    private static final long WARM_UP_MILLIS = 1_000;
    private static final long WINDOW_MILLIS = 4_000;

    private final Load load;

    MemoryLook(Load load) {
        this.load = load;
    }

    /**
     * Looks. As pools keep what they once had, to be done before other load.
     *
     * @param spec whom to connect to, and how often
     */
    ConnectionMemory at(JvmProbe jvm, LoadSpec spec) throws IOException {
        double without = jvm.liveBytes();
        double idle = under(jvm, spec.with(WARM_UP_MILLIS, WINDOW_MILLIS, 1));
        double active = under(jvm, spec.with(WARM_UP_MILLIS, WINDOW_MILLIS, 0));
        return new ConnectionMemory((idle - without) / spec.connections(), (active - without) / spec.connections());
    }

    private double under(JvmProbe jvm, LoadSpec spec) throws IOException {
        double[] live = {Double.NaN};
        load.run(spec, new Load.Marks() {
            @Override
            public void begin() {
                live[0] = jvm.liveBytes();
            }
        });
        return live[0];
    }
}
