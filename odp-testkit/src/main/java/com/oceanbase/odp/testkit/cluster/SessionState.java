package com.oceanbase.odp.testkit.cluster;

import com.oceanbase.odp.protocol.packet.ConnectionAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What both directions of one node session know: who logged in, the database, prepared statements, and the commands
 * whose responses are still to come, in order. Thread safe.
 */
final class SessionState {

    private static final String TYPE_ATTRIBUTE = "__mysql_client_type";
    private static final String PROXY = "__ob_proxy";

    private final int node;
    private final long number;
    private final Map<Long, PreparedText> statements = new ConcurrentHashMap<>();
    private final Deque<PendingCommand> pending = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int unwritten;
    private volatile String user = "";
    private volatile String database = "";
    private volatile ConnectionAttributes attributes = ConnectionAttributes.NONE;
    private volatile long capabilities;
    private volatile boolean proxy;
    private volatile boolean weakReads;

    SessionState(int node, long number) {
        this.node = node;
        this.number = number;
    }

    long number() {
        return number;
    }

    JournalEntry.Source source() {
        return new JournalEntry.Source(node, number, user, database, attributes);
    }

    void login(String newUser, @Nullable String newDatabase, ConnectionAttributes newAttributes, long newCapabilities) {
        user = newUser;
        database = newDatabase == null ? "" : newDatabase;
        attributes = newAttributes;
        capabilities = newCapabilities;
        proxy = PROXY.equals(newAttributes.text(TYPE_ATTRIBUTE));
    }

    String user() {
        return user;
    }

    String database() {
        return database;
    }

    void database(String name) {
        database = name;
    }

    long capabilities() {
        return capabilities;
    }

    /** Whether the login said that it comes from a proxy. */
    boolean isProxy() {
        return proxy;
    }

    boolean readsWeakly() {
        return weakReads;
    }

    void readsWeakly(boolean weak) {
        weakReads = weak;
    }

    Map<Long, PreparedText> statements() {
        return statements;
    }

    /** Held while a chunk of responses is taken apart and written, so that an own answer keeps its place. */
    ReentrantLock lock() {
        return lock;
    }

    /** Whether every response so far was written to the client; the lock must be held. */
    boolean allAnswered() {
        return pending.isEmpty() && unwritten == 0;
    }

    void add(PendingCommand command) {
        lock.lock();
        try {
            pending.addLast(command);
            askAboutHead();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    PendingCommand head() {
        lock.lock();
        try {
            return pending.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /** The first command's response has ended, though it may not be written yet. */
    void completeHead() {
        lock.lock();
        try {
            PendingCommand done = pending.pollFirst();
            if (done != null) {
                unwritten++;
                done.entry().ended();
            }
            askAboutHead();
        } finally {
            lock.unlock();
        }
    }

    private void askAboutHead() {
        PendingCommand head = pending.peekFirst();
        Judgement judgement = head == null ? null : head.judgement();
        if (judgement != null) {
            judgement.ask();
        }
    }

    void written() {
        lock.lock();
        try {
            unwritten = 0;
        } finally {
            lock.unlock();
        }
    }
}
