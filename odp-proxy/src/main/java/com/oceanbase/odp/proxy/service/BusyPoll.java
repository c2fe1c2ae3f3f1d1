package com.oceanbase.odp.proxy.service;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that has nothing to do looks a little longer before it sleeps, as long as that is worth it. To be woken
 * costs a thread of a virtual machine some tens of microseconds, twice a query; the next event of a busy proxy is often
 * nearer than that. Each look is judged: if fewer than {@link #WORTH_PERCENT} of the last dozens found an event in time,
 * the loop sleeps at once and tries again only every {@link #TRIAL}th time, so that a proxy with little to do burns
 * nothing.
 *
 * <p>Belongs to the event loop's thread, except for {@link #wakeup()}.
 */
final class BusyPoll implements IoHandler {
    /** Share of looks that must find something for more of them. */
    private static final int WORTH_PERCENT = 25;

    /** Each how many times the loop would sleep it looks all the same, if that was not worth it lately. */
    private static final int TRIAL = 64;

    /** The share of looks that found something, 100 % is this; each look counts a 32nd. */
    private static final int ALL = 1 << 15;

    private static final int WEIGHT_SHIFT = 5;

    /** From one question for events to the next: each is a system call, and an object in Netty. */
    private static final long PAUSE_NANOS = 4_000;

    private final IoHandler io;
    private final long nanos;
    private @Nullable Look look;
    private int found;
    private int sleeps;

    private BusyPoll(IoHandler io, long nanos) {
        this.io = io;
        this.nanos = nanos;
    }

    /** Handlers that look at most so long before they sleep; those of the factory themselves for no time at all. */
    static IoHandlerFactory around(IoHandlerFactory factory, Duration time) {
        if (!time.isPositive()) {
            return factory;
        }
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new BusyPoll(factory.newHandler(executor), time.toNanos());
            }

            @Override
            public boolean isChangingThreadSupported() {
                return factory.isChangingThreadSupported();
            }
        };
    }

    @Override
    public int run(IoHandlerContext context) {
        if (!context.canBlock() || !isWorthIt()) {
            return io.run(context);
        }
        Look awake = look(context);
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (true) {
            int events = io.run(awake);
            if (events > 0 || !context.canBlock()) {
                found += (ALL - found) >> WEIGHT_SHIFT;
                return events;
            }
            if (left <= 0) {
                break;
            }
            pause(context, left);
            left = end - System.nanoTime();
        }
        found -= found >> WEIGHT_SHIFT;
        return io.run(context);
    }

    /** Waits awake until events are to be asked for again. */
    private static void pause(IoHandlerContext context, long left) {
        long start = System.nanoTime();
        long pause = Math.min(PAUSE_NANOS, left);
        while (System.nanoTime() - start < pause && context.canBlock()) {
            Thread.onSpinWait();
        }
    }

    /** Each loop has one context for all its life. */
    private Look look(IoHandlerContext context) {
        Look known = look;
        if (known == null || known.loop != context) {
            known = new Look(context);
            look = known;
        }
        return known;
    }

    private boolean isWorthIt() {
        if (found >= ALL / 100 * WORTH_PERCENT) {
            return true;
        }
        sleeps++;
        return sleeps % TRIAL == 0;
    }

    @Override
    public void initialize() {
        io.initialize();
    }

    @Override
    public void prepareToDestroy() {
        io.prepareToDestroy();
    }

    @Override
    public void destroy() {
        io.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return io.register(handle);
    }

    @Override
    public void wakeup() {
        io.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return io.isCompatible(handleType);
    }

    /** The loop's own context, except that the handler may not sleep. */
    private record Look(IoHandlerContext loop) implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return loop.delayNanos(currentTimeNanos);
        }

        @Override
        public long deadlineNanos() {
            return loop.deadlineNanos();
        }

        @Override
        public void reportActiveIoTime(long activeNanos) {
            loop.reportActiveIoTime(activeNanos);
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return loop.shouldReportActiveIoTime();
        }
    }
}
