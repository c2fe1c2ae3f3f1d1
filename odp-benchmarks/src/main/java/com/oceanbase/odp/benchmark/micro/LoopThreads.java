package com.oceanbase.odp.benchmark.micro;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads such as event loops run on. On others Netty's pools give out new objects each time, which would count as the
 * benchmark's. Made by JMH, by name.
 */
public final class LoopThreads extends ThreadPoolExecutor {
    /**
     * As JMH calls it.
     *
     * @param threads how many
     * @param prefix of their names
     */
    public LoopThreads(int threads, String prefix) {
        super(threads, threads, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>(), new DefaultThreadFactory(prefix));
    }
}
