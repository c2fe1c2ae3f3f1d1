package com.oceanbase.odp.benchmark.peer;

import com.oceanbase.odp.benchmark.load.LoadSpec;
import com.oceanbase.odp.benchmark.load.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Something that answers queries, and the process that is paid for it.
 *
 * @param name as it stands in the report
 * @param host where it listens
 * @param port where it listens
 * @param user login name there
 * @param pid process in between, 0 for none
 * @param jvm a look into that process when it is a JVM of ours
 */
public record Target(
        String name,
        String host,
        int port,
        String user,
        long pid,
        @Nullable JvmProbe jvm) {
    private static final long FIRST_KEY = 100_000_000L;

    /** Name of the backend without anything in between. */
    public static final String DIRECT = "direct";

    /** Name of the proxy of this source tree. */
    public static final String ODP = "odp";

    /** Name of the TCP relay. */
    public static final String RELAY = "haproxy";

    /** Name of the compiled C++ obproxy. */
    public static final String ORIGINAL = "original";

    /**
     * Load on this target, with times, rate and keys still to be given.
     *
     * @param size how many of what a workload that scales has; 1 for others
     */
    public LoadSpec load(Workload workload, int size, int connections) {
        return new LoadSpec(workload, size, host, port, user, connections, 0, 0, 0, FIRST_KEY, 0);
    }

    /** What the target has used so far. */
    public Usage usage() {
        return pid == 0 ? Usage.NONE : Usage.of(pid, jvm);
    }

    /** The same without what only its JVM knows. */
    public Usage processUsage() {
        return pid == 0 ? Usage.NONE : Usage.of(pid, null);
    }
}
