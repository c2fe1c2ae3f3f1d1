package com.oceanbase.odp.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerHealthTest {
    private static final ServerAddress SERVER = new ServerAddress("127.0.0.1", 2881);
    private static final ServerAddress OTHER = new ServerAddress("127.0.0.2", 2881);

    /** Begins near the overflow of the clock, which must not matter. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30));

    private final List<ServerAddress> blocked = new ArrayList<>();
    private HealthRules rules = HealthRules.DEFAULT;
    private final ServerHealth health = new ServerHealth(() -> rules, clock::get, blocked::add);

    private void seconds(long seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            health.reportConnectFailure(SERVER);
        }
    }

    @Test
    void blocksAtTheFifthFailureAlsoOfALoopbackAddress() {
        fail(4);
        assertThat(health.isBlocked(SERVER)).isFalse();
        assertThat(blocked).isEmpty();
        fail(1);
        assertThat(health.isBlocked(SERVER)).isTrue();
        assertThat(health.admit(SERVER)).isFalse();
        assertThat(health.isBlocked(OTHER)).isFalse();
        assertThat(blocked).containsExactly(SERVER);
    }

    @Test
    void failuresOutsideTheWindowDoNotCount() {
        fail(4);
        seconds(121);
        fail(1);
        assertThat(health.isBlocked(SERVER)).isFalse();
        fail(4);
        assertThat(health.isBlocked(SERVER)).isTrue();
    }

    @Test
    void countsOnlyErrorsThatSayTheServerIsIll() {
        for (int errno : new int[] {4038, 5081, 1064, 4012, 5150}) {
            for (int i = 0; i < 10; i++) {
                health.reportServerError(SERVER, errno);
            }
        }
        assertThat(health.isBlocked(SERVER)).isFalse();
        for (int errno : new int[] {8001, 8002, 8003, 4013, 8001}) {
            health.reportServerError(SERVER, errno);
        }
        assertThat(health.isBlocked(SERVER)).isTrue();
    }

    @Test
    void givesOneTrialAfterTheRetryInterval() {
        fail(5);
        seconds(19);
        assertThat(health.admit(SERVER)).isFalse();
        seconds(2);
        assertThat(health.isBlocked(SERVER)).isFalse();
        assertThat(health.admit(SERVER)).isTrue();
        assertThat(health.isBlocked(SERVER)).isTrue();
        assertThat(health.admit(SERVER)).isFalse();
        seconds(21);
        assertThat(health.admit(SERVER)).isTrue();
        assertThat(blocked).containsExactly(SERVER);
    }

    @Test
    void onlyOneOfManyThreadsGetsTheTrial() throws InterruptedException {
        fail(5);
        seconds(21);
        AtomicInteger admitted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                if (health.admit(SERVER)) {
                    admitted.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(admitted).hasValue(1);
    }

    @Test
    void successEndsTheBlockButTheHistoryStays() {
        fail(5);
        seconds(21);
        assertThat(health.admit(SERVER)).isTrue();
        health.reportAlive(SERVER);
        assertThat(health.admit(SERVER)).isTrue();
        assertThat(health.admit(SERVER)).isTrue();
        fail(1);
        assertThat(health.isBlocked(SERVER)).isTrue();
    }

    @Test
    void aHistoryOlderThanTheWindowIsForgotten() {
        fail(5);
        seconds(121);
        health.reportAlive(SERVER);
        fail(4);
        assertThat(health.isBlocked(SERVER)).isFalse();
    }

    @Test
    void aListingAsActiveEndsOnlyALongBlock() {
        fail(5);
        seconds(10);
        health.reportListedActive(SERVER);
        assertThat(health.isBlocked(SERVER)).isTrue();
        fail(1);
        seconds(11);
        health.reportListedActive(SERVER);
        assertThat(health.isBlocked(SERVER)).isFalse();
    }

    @Test
    void thresholdZeroAndTheSwitchDisableBlocking() {
        rules = new HealthRules(true, 0, Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(20));
        fail(50);
        assertThat(health.isBlocked(SERVER)).isFalse();
        rules = HealthRules.DEFAULT;
        fail(5);
        assertThat(health.isBlocked(SERVER)).isTrue();
        rules = new HealthRules(false, 5, Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(20));
        assertThat(health.isBlocked(SERVER)).isFalse();
        assertThat(health.admit(SERVER)).isTrue();
    }

    @Test
    void aForgottenServerBeginsAnew() {
        fail(5);
        health.forget(SERVER);
        assertThat(health.isBlocked(SERVER)).isFalse();
    }
}
