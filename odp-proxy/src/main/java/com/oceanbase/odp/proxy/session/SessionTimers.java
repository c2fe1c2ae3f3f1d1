package com.oceanbase.odp.proxy.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When the timers of an event loop's sessions are to be looked at. A session that does nothing but wait for its client is
 * looked at when its time is over, not at every tick: thousands of them cost a glance at an array. Event loop confined.
 */
public final class SessionTimers {
    private static final int INITIAL = 16;

    /** Returned by a check: at the next tick again. */
    static final long NEXT_TICK = Long.MIN_VALUE;

    /** Returned by a check: not before something happens. */
    static final long NEVER = Long.MAX_VALUE;

    private @Nullable ClientSession[] sessions = new ClientSession[INITIAL];
    private long[] due = new long[INITIAL];
    private int size;

    SessionTimers() {}

    /** A session begins; it is looked at when the clock ticks. */
    void add(ClientSession session) {
        if (size == due.length) {
            sessions = Arrays.copyOf(sessions, 2 * size);
            due = Arrays.copyOf(due, 2 * size);
        }
        sessions[size] = session;
        due[size] = NEXT_TICK;
        session.clock().place(size++);
    }

    /** The session ends. */
    void remove(ClientSession session) {
        int place = session.clock().place();
        if (place < 0) {
            return;
        }
        session.clock().place(-1);
        ClientSession last = sessions[--size];
        sessions[size] = null;
        if (last != null && last != session) {
            sessions[place] = last;
            due[place] = due[size];
            last.clock().place(place);
        }
    }

    /** Something happened to the session in this place: it is looked at when the clock ticks. */
    void wake(int place) {
        if (place >= 0) {
            due[place] = NEXT_TICK;
        }
    }

    /** The clock ticks. {@code now} is that of {@link System#nanoTime()}. */
    public void tick(long now) {
        // A check may end its session, whose place the last one takes then.
        for (int place = size - 1; place >= 0; place--) {
            ClientSession session = place < size ? sessions[place] : null;
            if (session != null && isDue(due[place], now)) {
                due[place] = NEVER;
                long next = session.checkTimers(now);
                if (place < size && sessions[place] == session) {
                    due[place] = next;
                }
            }
        }
    }

    private static boolean isDue(long due, long now) {
        return due == NEXT_TICK || (due != NEVER && now - due > 0);
    }

    /** Sessions that have not ended. */
    int size() {
        return size;
    }
}
