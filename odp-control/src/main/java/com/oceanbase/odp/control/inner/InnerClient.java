package com.oceanbase.odp.control.inner;

import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the servers of one cluster: keeps a few idle connections, takes the servers in turn with blocked ones last, and
 * goes on to the next one when a server fails. Blocking, for virtual threads; thread-safe.
 */
public final class InnerClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InnerClient.class);

    private static final int MAX_IDLE = 4;

    /** Statements at the same time; more wait for their turn. */
    private static final int MAX_RUNNING = 16;

    private static final Duration MIN_ATTEMPT = Duration.ofMillis(500);
    private static final Duration DOUBT = Duration.ofSeconds(5);

    // error numbers of servers: access denied; the rest means that another server may know better
    private static final int ACCESS_DENIED = 1045;
    private static final List<Integer> ASK_ANOTHER = List.of(8001, 8002, 4124, 5150, 4012);

    private final Supplier<InnerIdentity> identity;
    private final ServerHealth health;
    private final ConcurrentLinkedDeque<InnerConnection> idle = new ConcurrentLinkedDeque<>();
    private final Map<ServerAddress, Long> failures = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Semaphore running = new Semaphore(MAX_RUNNING, true);
    private volatile boolean closed;

    /**
     * A client without connections.
     *
     * @param identity read at every login, so that a changed password counts at once
     * @param health told about servers that can't be reached or asked
     */
    public InnerClient(Supplier<InnerIdentity> identity, ServerHealth health) {
        this.identity = identity;
        this.health = health;
    }

    /** Outcome of asking the cluster. */
    public sealed interface Outcome {
        /** A server answered, with success or with an error of the statement itself. */
        record Answered(ServerAddress server, InnerAnswer answer) implements Outcome {}

        /**
         * No server could be asked.
         *
         * @param why each server with its cause
         */
        record Unreachable(String why) implements Outcome {}
    }

    /**
     * Servers that a statement may go to.
     *
     * @param regular taken in turn
     * @param reserve asked in order when all others failed
     */
    public record Targets(List<ServerAddress> regular, List<ServerAddress> reserve) {}

    /** Runs a statement on one of these servers within the timeout. */
    public Outcome query(Targets targets, String sql, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            if (!running.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Outcome.Unreachable("other inner statements took all the time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unreachable("the proxy is stopping");
        }
        try {
            return query(order(targets), sql, deadline);
        } finally {
            running.release();
        }
    }

    private Outcome query(List<ServerAddress> order, String sql, long deadline) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            ServerAddress server = order.get(i);
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                problems.add("time is over");
                break;
            }
            Duration attempt =
                    Duration.ofNanos(Math.min(left, Math.max(MIN_ATTEMPT.toNanos(), left / (order.size() - i))));
            try {
                InnerAnswer answer = ask(server, sql, attempt);
                if (answer instanceof InnerAnswer.Failed failed && ASK_ANOTHER.contains(failed.errno())) {
                    health.reportServerError(server, failed.errno());
                    problems.add(server + ": " + failed);
                } else {
                    health.reportAlive(server);
                    failures.remove(server);
                    return new Outcome.Answered(server, answer);
                }
            } catch (IOException e) {
                health.reportConnectFailure(server);
                failures.put(server, System.nanoTime());
                problems.add(server + ": " + describe(e));
            }
        }
        return new Outcome.Unreachable(problems.isEmpty() ? "no server is known" : String.join("; ", problems));
    }

    /** Regular servers in turn, those that are blocked or failed a moment ago last, then the reserve. */
    private List<ServerAddress> order(Targets targets) {
        List<ServerAddress> good = new ArrayList<>();
        List<ServerAddress> doubtful = new ArrayList<>();
        int count = targets.regular().size();
        int start = Math.floorMod(turn.getAndIncrement(), Math.max(1, count));
        for (int i = 0; i < count; i++) {
            ServerAddress server = targets.regular().get((start + i) % count);
            (health.isBlocked(server) || failedJustNow(server) ? doubtful : good).add(server);
        }
        good.addAll(doubtful);
        targets.reserve().stream().filter(server -> !good.contains(server)).forEach(good::add);
        return good;
    }

    /** A server that hangs costs a share of the time-out: not every statement shall pay that until it is blocked. */
    private boolean failedJustNow(ServerAddress server) {
        Long failedAt = failures.get(server);
        return failedAt != null && System.nanoTime() - failedAt < DOUBT.toNanos();
    }

    private InnerAnswer ask(ServerAddress server, String sql, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        InnerConnection reused = takeIdle(server);
        if (reused != null) {
            try {
                return run(reused, sql, timeout);
            } catch (IOException e) {
                // an idle connection may have died long ago: that says nothing about the server now
                LOG.atDebug().addKeyValue("server", server).setCause(e).log("idle inner connection was dead");
            }
        }
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        return switch (login(server, left)) {
            case InnerConnection.Opened.Refused(int errno, String message) -> new InnerAnswer.Failed(errno, message);
            case InnerConnection.Opened.Connected(InnerConnection connection) ->
                run(connection, sql, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        };
    }

    private InnerConnection.Opened login(ServerAddress server, Duration timeout) throws IOException {
        InnerIdentity current = identity.get();
        InnerConnection.Opened opened = null;
        for (String password : current.passwords()) {
            opened = InnerConnection.open(server, current, password, timeout);
            if (!(opened instanceof InnerConnection.Opened.Refused refused) || refused.errno() != ACCESS_DENIED) {
                return opened;
            }
        }
        return opened != null ? opened : InnerConnection.open(server, current, "", timeout);
    }

    private InnerAnswer run(InnerConnection connection, String sql, Duration timeout) throws IOException {
        try {
            InnerAnswer answer = connection.query(sql, timeout);
            giveBack(connection);
            return answer;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private @Nullable InnerConnection takeIdle(ServerAddress server) {
        for (InnerConnection connection : idle) {
            if (connection.server().equals(server) && idle.remove(connection)) {
                return connection;
            }
        }
        return null;
    }

    private void giveBack(InnerConnection connection) {
        idle.addFirst(connection);
        while (closed || idle.size() > MAX_IDLE) {
            InnerConnection surplus = idle.pollLast();
            if (surplus == null) {
                return;
            }
            surplus.close();
        }
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Closes idle connections; one in use is closed when its statement ends. */
    @Override
    public void close() {
        closed = true;
        for (InnerConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
