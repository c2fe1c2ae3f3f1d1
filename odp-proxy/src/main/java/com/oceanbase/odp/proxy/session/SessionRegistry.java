package com.oceanbase.odp.proxy.session;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** All client sessions of this proxy by their connection id. Thread safe; a session itself belongs to its event loop. */
public final class SessionRegistry {
    private final ConcurrentHashMap<Long, ClientSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Registers the session under its id unless the id is taken. */
    public boolean add(ClientSession session) {
        if (sessions.putIfAbsent(session.id(), session) != null) {
            return false;
        }
        open.incrementAndGet();
        return true;
    }

    public void remove(ClientSession session) {
        if (sessions.remove(session.id(), session)) {
            open.decrementAndGet();
        }
    }

    public @Nullable ClientSession find(long id) {
        return sessions.get(id);
    }

    /** A view of all sessions, weakly consistent. */
    public Collection<ClientSession> all() {
        return sessions.values();
    }

    /** The logged-in client that has been idle longest, by half seconds; null when none is idle. */
    public @Nullable ClientSession idlest() {
        ClientSession found = null;
        long longest = -1;
        long now = System.nanoTime();
        for (ClientSession session : sessions.values()) {
            long idle = session.clock().idleNanos(now);
            if (idle > longest) {
                longest = idle;
                found = session;
            }
        }
        return found;
    }

    /** Number of client connections, logged in or not. */
    public int count() {
        return open.get();
    }
}
