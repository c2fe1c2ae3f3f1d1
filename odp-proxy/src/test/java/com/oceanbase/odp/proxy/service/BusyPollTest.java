package com.oceanbase.odp.proxy.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BusyPollTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofNanos(1);

    /** Counts how it was run; an event comes with the run that is said. */
    private static final class Events implements IoHandler {
        private int looks;
        private int sleeps;
        private int wakeups;
        private int looksBeforeEvent = Integer.MAX_VALUE;

        @Override
        public int run(IoHandlerContext context) {
            if (context.canBlock()) {
                sleeps++;
                return 1;
            }
            looks++;
            return looks >= looksBeforeEvent ? 1 : 0;
        }

        @Override
        public IoRegistration register(IoHandle handle) {
            throw new UnsupportedOperationException("nothing is registered here");
        }

        @Override
        public void wakeup() {
            wakeups++;
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return false;
        }
    }

    /** A loop whose task, if any, comes after so many questions whether it may sleep. */
    private static final class Loop implements IoHandlerContext {
        private int questionsBeforeTask = Integer.MAX_VALUE;
        private int questions;

        @Override
        public boolean canBlock() {
            return ++questions < questionsBeforeTask;
        }

        @Override
        public long delayNanos(long currentTimeNanos) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    }

    private final Events events = new Events();
    private final Loop loop = new Loop();

    private IoHandler poll(Duration time) {
        IoHandlerFactory factory = executor -> events;
        return BusyPoll.around(factory, time).newHandler(ImmediateEventExecutor.INSTANCE);
    }

    private void miss(IoHandler poll, int times) {
        for (int i = 0; i < times; i++) {
            poll.run(loop);
        }
    }

    @Test
    void zeroIsTheHandlerItself() {
        assertThat(poll(Duration.ZERO)).isSameAs(events);
    }

    @Test
    void whatIsFoundInTimeMeetsALoopThatIsAwake() {
        IoHandler poll = poll(LONG);
        events.looksBeforeEvent = 3;
        miss(poll, 64);
        assertThat(events.sleeps).as("the first times, as nothing is known").isEqualTo(63);
        assertThat(events.looks).isEqualTo(3);
    }

    @Test
    void aTaskEndsTheLook() {
        IoHandler poll = poll(LONG);
        miss(poll, 63);
        int sleeps = events.sleeps;
        // One question decides whether to look, one is asked after each look, and some while it waits for the next one.
        loop.questionsBeforeTask = loop.questions + 4;
        assertThat(poll.run(loop)).isZero();
        assertThat(events.looks).isBetween(2, 3);
        assertThat(events.sleeps).isEqualTo(sleeps);
    }

    @Test
    void looksThatFindNothingEndInSleepAndBecomeRare() {
        IoHandler poll = poll(SHORT);
        miss(poll, 64_000);
        assertThat(events.sleeps).as("it sleeps after each look").isEqualTo(64_000);
        assertThat(events.looks).isBetween(1_000, 6_000);
    }

    @Test
    void looksThatFindSomethingBecomeTheRuleAndCeaseWhenTheyDoNot() {
        IoHandler often = poll(SHORT);
        events.looksBeforeEvent = 1;
        miss(often, 64 * 32);
        int sleeps = events.sleeps;
        miss(often, 1_000);
        assertThat(events.sleeps).as("awake all the time").isEqualTo(sleeps);

        events.looksBeforeEvent = Integer.MAX_VALUE;
        miss(often, 100);
        int looks = events.looks;
        miss(often, 640);
        assertThat(events.looks - looks).as("a trial now and then").isBetween(10, 30);
    }

    @Test
    void aLoopThatMayNotSleepIsNotHeldUp() {
        IoHandler poll = poll(LONG);
        loop.questionsBeforeTask = 1;
        assertThat(poll.run(loop)).isZero();
        assertThat(events.looks).isEqualTo(1);
    }

    @Test
    void wakeupsReachTheHandler() {
        poll(LONG).wakeup();
        assertThat(events.wakeups).isEqualTo(1);
    }
}
