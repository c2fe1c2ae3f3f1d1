package com.oceanbase.odp.it.soak;

import com.oceanbase.odp.it.fixture.LeakCheck;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the process holds when nothing goes on.
 *
 * @param heap bytes in use after a collection
 * @param files open files, sockets among them
 * @param threads live platform threads
 * @param pinned bytes of pooled buffers in use
 */
record Footprint(long heap, long files, int threads, long pinned) {
    private static final long HEAP_TOLERANCE = 48L << 20;
    private static final long FILES_TOLERANCE = 32;
    private static final int THREADS_TOLERANCE = 16;

    static Footprint now() {
        LeakCheck.collectGarbage();
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                files,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                LeakCheck.pinnedBytes());
    }

    /** Whether it is no larger than at the beginning but for what fluctuates. */
    boolean isLike(Footprint before) {
        return heap <= before.heap + HEAP_TOLERANCE
                && files <= before.files + FILES_TOLERANCE
                && threads <= before.threads + THREADS_TOLERANCE;
    }

    @Override
    public String toString() {
        return String.format(
                "heap %d MB, %d files, %d threads, %d KB of buffers", heap >> 20, files, threads, pinned >> 10);
    }
}
