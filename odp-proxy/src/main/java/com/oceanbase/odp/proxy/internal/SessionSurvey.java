package com.oceanbase.odp.proxy.internal;

import com.oceanbase.odp.proxy.session.ClientSession;
import com.oceanbase.odp.proxy.session.SessionSnapshot;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks sessions something, each on its own event loop, and gathers the answers on the loop of the session that asks.
 * Nobody waits: what has not come in time is left out.
 *
 * @param <T> an answer; immutable, it changes threads
 */
final class SessionSurvey<T> {
    /** How long an event loop may take before its sessions are left out. */
    private static final long WAIT_MILLIS = 2000;
    /** Server session ids have this bit, ids that a proxy gives do not. */
    private static final long SERVER_SESSION_BIT = 1L << 31;

    private final ClientSession asker;
    private final Consumer<List<T>> done;
    private final List<T> answers = new ArrayList<>();
    private int awaited;
    private boolean finished;
    private @Nullable ScheduledFuture<?> timer;

    private SessionSurvey(ClientSession asker, Consumer<List<T>> done) {
        this.asker = asker;
        this.done = done;
    }

    /**
     * Asks all sessions of the proxy.
     *
     * @param question null leaves the session out
     * @param done gets the answers in no particular order
     */
    static <T> void all(ClientSession asker, Function<ClientSession, @Nullable T> question, Consumer<List<T>> done) {
        new SessionSurvey<>(asker, done).ask(asker.context().sessions().all(), question);
    }

    /**
     * Asks the one session that is meant by a connection id: its own, or one that a server gave to one of its links.
     *
     * @param done gets null when there is no such session, or it gave no answer
     */
    static <T> void one(
            ClientSession asker, long id, Function<ClientSession, @Nullable T> question, Consumer<@Nullable T> done) {
        Consumer<List<T>> first = answers -> done.accept(answers.isEmpty() ? null : answers.getFirst());
        ClientSession known = asker.context().sessions().find(id);
        if (known != null) {
            new SessionSurvey<>(asker, first).ask(List.of(known), question);
        } else if ((id & SERVER_SESSION_BIT) != 0) {
            all(
                    asker,
                    session -> SessionSnapshot.holdsServerSession(session, id) ? question.apply(session) : null,
                    first);
        } else {
            done.accept(null);
        }
    }

    private void ask(Collection<ClientSession> sessions, Function<ClientSession, @Nullable T> question) {
        Map<EventLoop, List<ClientSession>> byLoop = new IdentityHashMap<>();
        for (ClientSession session : sessions) {
            byLoop.computeIfAbsent(session.client().eventLoop(), loop -> new ArrayList<>())
                    .add(session);
        }
        awaited = byLoop.size();
        if (awaited == 0) {
            finish();
            return;
        }
        timer = asker.client().eventLoop().schedule(this::finish, WAIT_MILLIS, TimeUnit.MILLISECONDS);
        byLoop.forEach((loop, owned) -> loop.execute(() -> {
            List<T> found = lookAt(owned, question);
            asker.execute(same -> arrived(found));
        }));
    }

    private static <T> List<T> lookAt(List<ClientSession> sessions, Function<ClientSession, @Nullable T> question) {
        List<T> found = new ArrayList<>(sessions.size());
        for (ClientSession session : sessions) {
            T answer = session.isClosed() ? null : question.apply(session);
            if (answer != null) {
                found.add(answer);
            }
        }
        return found;
    }

    private void arrived(List<T> found) {
        if (!finished) {
            answers.addAll(found);
            if (--awaited == 0) {
                finish();
            }
        }
    }

    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
        done.accept(answers);
    }
}
