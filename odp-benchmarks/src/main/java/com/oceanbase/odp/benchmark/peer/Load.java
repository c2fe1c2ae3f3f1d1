package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.benchmark.load.LoadResult;
import com.oceanbase.odp.benchmark.load.LoadSpec;
import java.io.IOException;

/** Where the requests come from. */
public interface Load {
    /** Told how far the load is, as it happens. */
    interface Marks {
        /** All connections stand. */
        default void connected() {}

        /** The window begins. */
        default void begin() {}

        /** The window is over. */
        default void end() {}
    }

    /** Whether requests can come at a fixed rate. */
    boolean hasOpenLoop();

    /**
     * Runs one load and waits for its end.
     *
     * @throws IOException it could not be carried through; the message says why
     */
    LoadResult run(LoadSpec spec, Marks marks) throws IOException;
}
