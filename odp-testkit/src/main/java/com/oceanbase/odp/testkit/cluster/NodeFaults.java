package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Faults of one node's answers; those of its listener and connections are methods of {@link Node}. Thread safe.
 *
 * <p>Faults of "the next" response or statement pass over the sessions of the proxy's inner user {@code proxyro}, whose
 * queries come at any time, unless a pattern is given: then every session counts whose statement text matches.
 */
public final class NodeFaults {

    private static final String INNER_USER = "proxyro";

    /** A fault that waits for its statements. */
    private static final class Armed {

        private final ResponseFault fault;
        private final @Nullable Pattern pattern;
        private int left;

        Armed(ResponseFault fault, @Nullable Pattern pattern, int left) {
            this.fault = fault;
            this.pattern = pattern;
            this.left = left;
        }

        boolean matches(JournalEntry entry) {
            return pattern == null
                    ? !entry.userName().equals(INNER_USER)
                    : pattern.matcher(entry.text()).find();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private final List<Armed> armed = new ArrayList<>();
    private volatile boolean frozen;
    private volatile long delayMillis;

    /** Answers nothing any more, on open and on new connections, until {@link #thaw()}. Nothing is lost meanwhile. */
    public void freeze() {
        frozen = true;
    }

    /** Ends {@link #freeze()}. */
    public void thaw() {
        lock.lock();
        try {
            frozen = false;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public boolean isFrozen() {
        return frozen;
    }

    /** Every response begins this much later; zero ends it. */
    public void delay(Duration duration) {
        delayMillis = duration.toMillis();
    }

    /** The delay of responses in milliseconds. */
    public long delayMillis() {
        return delayMillis;
    }

    /** Closes the connection after that many bytes of the next response. */
    public void cutNextResponse(int bytes) {
        arm(new ResponseFault(bytes, -1, null), null, 1);
    }

    /** Closes the connection after that many bytes of the next response to a text that contains the pattern. */
    public void cutNextResponse(int bytes, String regex) {
        arm(new ResponseFault(bytes, -1, null), regex, 1);
    }

    /** Flips all bits of the byte at this offset of the next response; offset 4 is the first payload byte. */
    public void corruptNextResponse(int offset) {
        arm(new ResponseFault(-1, offset, null), null, 1);
    }

    /** As {@link #corruptNextResponse(int)}, for the next text that contains the pattern. */
    public void corruptNextResponse(int offset, String regex) {
        arm(new ResponseFault(-1, offset, null), regex, 1);
    }

    /** Answers the next statements with an error instead of executing them. */
    public void failNext(int count, int errno, String sqlState, String message) {
        arm(new ResponseFault(-1, -1, new ErrPacket(errno, sqlState, message)), null, count);
    }

    /** As {@link #failNext(int, int, String, String)}, for texts that contain the pattern. */
    public void failNext(int count, int errno, String sqlState, String message, String regex) {
        arm(new ResponseFault(-1, -1, new ErrPacket(errno, sqlState, message)), regex, count);
    }

    /** How many armed faults have not struck yet. */
    public int armedCount() {
        lock.lock();
        try {
            return armed.stream().mapToInt(fault -> fault.left).sum();
        } finally {
            lock.unlock();
        }
    }

    /** No fault any more. */
    public void clear() {
        lock.lock();
        try {
            armed.clear();
            delayMillis = 0;
            frozen = false;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void arm(ResponseFault fault, @Nullable String regex, int count) {
        Pattern pattern = regex == null ? null : Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        lock.lock();
        try {
            armed.add(new Armed(fault, pattern, count));
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first armed fault that fits a command which has just arrived. */
    ResponseFault take(JournalEntry entry) {
        lock.lock();
        try {
            for (Iterator<Armed> it = armed.iterator(); it.hasNext(); ) {
                Armed candidate = it.next();
                if (candidate.matches(entry)) {
                    candidate.left--;
                    if (candidate.left <= 0) {
                        it.remove();
                    }
                    return candidate.fault;
                }
            }
            return ResponseFault.NONE;
        } finally {
            lock.unlock();
        }
    }

    /** Waits while the node is frozen and the caller's connection is not closed. */
    void awaitThaw(BooleanSupplier closed) throws InterruptedException {
        if (!frozen) {
            return;
        }
        lock.lock();
        try {
            while (frozen && !closed.getAsBoolean()) {
                if (!thawed.await(50, TimeUnit.MILLISECONDS) && closed.getAsBoolean()) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
