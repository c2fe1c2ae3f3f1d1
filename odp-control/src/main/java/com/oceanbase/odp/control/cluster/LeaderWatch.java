package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.control.inner.InnerSql;
import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.routing.LogStreamLeaders;
import com.oceanbase.odp.topology.ClusterView;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.TenantProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks regularly which servers lead the log streams of the tenants in use, by one statement for all of them, and tells
 * what has moved. One virtual thread works.
 *
 * <p>Servers answer from copies of the table that may lag behind each other. So a leader counts only if its row is newer
 * than that of the leader known before, and a log stream whose leader is missing for a while keeps the last one.
 */
final class LeaderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderWatch.class);

    /** Two looks are at least this far apart, however often one is asked for. */
    private static final Duration MINIMUM_PAUSE = Duration.ofMillis(200);

    /** How soon a watch that is switched off notices that it is switched on. */
    private static final Duration PAUSE_WHEN_OFF = Duration.ofSeconds(1);

    private final ClusterMonitor monitor;
    private final ClusterChanges changes;
    private final Supplier<ConfigSnapshot> config;
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;
    private Map<String, Map<Integer, Leader>> known = Map.of();

    LeaderWatch(ClusterMonitor monitor, ClusterChanges changes, Supplier<ConfigSnapshot> config) {
        this.monitor = monitor;
        this.changes = changes;
        this.config = config;
        this.worker = Thread.ofVirtual().name("leaders").unstarted(this::work);
    }

    /**
     * A leader as some server knew it.
     *
     * @param modified when its row was written, in a form that sorts by time; empty if the cluster does not tell
     */
    record Leader(ServerAddress server, String modified) {
        boolean isNewerThan(Leader other) {
            return modified.isEmpty() || other.modified.isEmpty() || modified.compareTo(other.modified) > 0;
        }
    }

    void start() {
        worker.start();
    }

    /** A look begins at once, or soon if one has just ended; requests meanwhile share it. */
    void lookSoon() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void work() {
        try {
            while (closing.getCount() > 0) {
                Duration interval = config.get().get(Parameters.LEADER_WATCH_INTERVAL);
                boolean off = interval.isZero();
                if (wake.tryAcquire(off ? PAUSE_WHEN_OFF.toNanos() : spread(interval), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                }
                if (!off) {
                    look();
                    closing.await(MINIMUM_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("watch of leaders ends");
        }
    }

    /** From half to the whole, lest all proxies ask at the same time. */
    private static long spread(Duration interval) {
        long half = Math.max(1, interval.toNanos() / 2);
        return half + ThreadLocalRandom.current().nextLong(half + 1);
    }

    private void look() {
        ClusterView view = monitor.view();
        if (view == null || !monitor.queries().isVersion4()) {
            return;
        }
        Map<Long, String> tenants = new HashMap<>();
        for (String tenant : changes.tenantsInUse(view.name())) {
            TenantProperties properties = view.tenants().get(tenant);
            if (properties != null || tenant.equals(TenantStore.SYS)) {
                tenants.put(properties == null ? TenantStore.SYS_ID : properties.id(), tenant);
            }
        }
        if (tenants.isEmpty()) {
            return;
        }
        String ids =
                tenants.keySet().stream().sorted().map(id -> Long.toString(id)).collect(Collectors.joining(","));
        switch (monitor.queries().run(InnerSql.LOG_STREAM_LEADERS, Map.of("ids", ids))) {
            case ClusterQueries.Result.Rows(ResultTable table) -> learn(view.name(), tenants, table);
            case ClusterQueries.Result.Missing(String why) -> fail(view.name(), why);
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> fail(view.name(), why);
        }
    }

    private static void fail(String cluster, String why) {
        LOG.atDebug()
                .addKeyValue("cluster", cluster)
                .addKeyValue("cause", why)
                .log("leaders of log streams can't be looked at, moves are learned from statements");
    }

    private void learn(String cluster, Map<Long, String> tenants, ResultTable table) {
        Map<String, Map<Integer, Leader>> next = new HashMap<>();
        tenants.values().forEach(tenant -> next.put(tenant, new HashMap<>(known.getOrDefault(tenant, Map.of()))));
        for (ResultTable.Row row : table.rows()) {
            String tenant = tenants.get(row.number("tenant_id", 0));
            int logStream = (int) row.number("ls_id", -1);
            ServerAddress server = ClusterRows.address(row, "sql_port");
            if (tenant != null && server != null && logStream >= 0) {
                Leader leader = new Leader(server, row.text("modify_time"));
                next.computeIfAbsent(tenant, absent -> new HashMap<>()).merge(logStream, leader, LeaderWatch::newer);
            }
        }
        Map<String, Map<Integer, Leader>> before = known;
        known = next;
        next.forEach((tenant, leaders) -> compare(cluster, tenant, before.get(tenant), leaders));
    }

    private static Leader newer(Leader old, Leader seen) {
        return seen.isNewerThan(old) ? seen : old;
    }

    private void compare(
            String cluster, String tenant, @Nullable Map<Integer, Leader> before, Map<Integer, Leader> now) {
        if (before != null && !servers(before).equals(servers(now))) {
            changes.onLeadersMoved(
                    cluster, tenant, new LogStreamLeaders(servers(before)), new LogStreamLeaders(servers(now)));
        }
    }

    private static Map<Integer, ServerAddress> servers(Map<Integer, Leader> leaders) {
        return leaders.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().server()));
    }

    /** Ends the work. */
    @Override
    public void close() {
        closing.countDown();
        worker.interrupt();
    }
}
