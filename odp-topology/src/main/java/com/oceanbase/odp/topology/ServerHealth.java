package com.oceanbase.odp.topology;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which servers fail and blocks those that do so too often (the original's "alive congestion"):
 * {@code failureThreshold} failures within {@code failureWindow} block a server; after {@code retryInterval} without
 * another failure one request may try it ({@link #admit}); its success ends the block, its failure renews it.
 * Loopback addresses have no exemption. Thread-safe without locks held across calls; nothing here blocks.
 */
public final class ServerHealth {
    private final Supplier<HealthRules> rules;
    private final LongSupplier nanoClock;
    private final Consumer<ServerAddress> onBlocked;
    private final Map<ServerAddress, History> records = new ConcurrentHashMap<>();

    /**
     * Health of servers.
     *
     * @param rules read at every event, so that a changed parameter counts at once
     * @param nanoClock monotonic clock in nanoseconds, {@code System::nanoTime} outside tests
     * @param onBlocked told of every server that becomes blocked, on the reporting thread; must not block
     */
    public ServerHealth(Supplier<HealthRules> rules, LongSupplier nanoClock, Consumer<ServerAddress> onBlocked) {
        this.rules = rules;
        this.nanoClock = nanoClock;
        this.onBlocked = onBlocked;
    }

    /** State of one server: times of counted failures, oldest first, and whether it is blocked. */
    private record History(List<Long> failures, boolean blocked, long blockedSince) {
        long lastFailure() {
            return failures.getLast();
        }

        History failure(long now, HealthRules rules) {
            long oldest = now - rules.failureWindow().toNanos();
            List<Long> kept = Stream.concat(failures.stream().filter(time -> time - oldest >= 0), Stream.of(now))
                    .toList();
            int surplus = kept.size() - Math.max(1, rules.failureThreshold());
            List<Long> bounded = surplus > 0 ? List.copyOf(kept.subList(surplus, kept.size())) : kept;
            boolean reached = rules.failureThreshold() > 0 && kept.size() >= rules.failureThreshold();
            boolean nowBlocked = blocked || reached;
            return new History(bounded, nowBlocked, blocked || !nowBlocked ? blockedSince : now);
        }

        /** Not blocked any more; failures keep counting until they leave the window. */
        @Nullable
        History unblocked(long now, HealthRules rules) {
            boolean over = now - lastFailure() > rules.failureWindow().toNanos();
            return over ? null : new History(failures, false, 0);
        }
    }

    /** A connection to the server could not be made, or was lost, or did not answer in time. */
    public void reportConnectFailure(ServerAddress server) {
        HealthRules current = rules.get();
        long now = nanoClock.getAsLong();
        boolean[] becameBlocked = {false};
        records.compute(server, (key, old) -> {
            History before = old == null ? new History(List.of(), false, 0) : old;
            History after = before.failure(now, current);
            becameBlocked[0] = after.blocked() && !before.blocked();
            return after;
        });
        if (becameBlocked[0]) {
            onBlocked.accept(server);
        }
    }

    /**
     * The server answered with an error; only the errors of {@link HealthRules#COUNTED_SERVER_ERRORS} count.
     *
     * @param obErrno OceanBase error number without sign, as on the wire
     */
    public void reportServerError(ServerAddress server, int obErrno) {
        if (HealthRules.COUNTED_SERVER_ERRORS.contains(obErrno)) {
            reportConnectFailure(server);
        }
    }

    /**
     * A transaction ended well on the server: any block ends. Its failures still count within the window, so that a
     * server that works and fails by turns is blocked again by its next failure.
     */
    public void reportAlive(ServerAddress server) {
        if (!records.isEmpty()) {
            HealthRules current = rules.get();
            long now = nanoClock.getAsLong();
            records.computeIfPresent(server, (key, old) -> old.unblocked(now, current));
        }
    }

    /** The cluster lists the server as active: ends a block that lasted at least {@code minimumBlock}. */
    public void reportListedActive(ServerAddress server) {
        HealthRules current = rules.get();
        long now = nanoClock.getAsLong();
        records.computeIfPresent(
                server,
                (key, old) -> old.blocked()
                                && now - old.blockedSince()
                                        >= current.minimumBlock().toNanos()
                        ? old.unblocked(now, current)
                        : old);
    }

    /** Forgets servers that are no part of any cluster any more. */
    public void forget(ServerAddress server) {
        records.remove(server);
    }

    /** Whether requests should avoid the server now; false again once a trial is due. No side effect. */
    public boolean isBlocked(ServerAddress server) {
        History known = records.get(server);
        return known != null && isBlocked(known, rules.get(), nanoClock.getAsLong());
    }

    /**
     * Whether this request may use the server. Differs from {@link #isBlocked} in one thing: when a trial of a
     * blocked server is due, the first caller gets it and counts as one failure, so that the next caller is sent
     * elsewhere until the outcome is reported or another {@code retryInterval} has passed.
     */
    public boolean admit(ServerAddress server) {
        if (!records.containsKey(server)) {
            return true;
        }
        HealthRules current = rules.get();
        long now = nanoClock.getAsLong();
        boolean[] admitted = {true};
        records.computeIfPresent(server, (key, old) -> {
            if (!current.enabled() || !old.blocked()) {
                return old;
            }
            if (isBlocked(old, current, now)) {
                admitted[0] = false;
                return old;
            }
            return old.failure(now, current);
        });
        return admitted[0];
    }

    private static boolean isBlocked(History known, HealthRules rules, long now) {
        return rules.enabled()
                && known.blocked()
                && now - known.lastFailure() < rules.retryInterval().toNanos();
    }
}
