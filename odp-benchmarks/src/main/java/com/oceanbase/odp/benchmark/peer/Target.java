package com.oceanbase.odp.benchmark.peer;

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
    /** Name of the backend without anything in between. */
    public static final String DIRECT = "direct";

    /** Name of the proxy of this source tree. */
    public static final String ODP = "odp";

    /** Name of the TCP relay. */
    public static final String RELAY = "haproxy";

    /** Name of the compiled C++ obproxy. */
    public static final String ORIGINAL = "original";

    /** What the target has used so far. */
    public Usage usage() {
        return pid == 0 ? Usage.NONE : Usage.of(pid, jvm);
    }
}
