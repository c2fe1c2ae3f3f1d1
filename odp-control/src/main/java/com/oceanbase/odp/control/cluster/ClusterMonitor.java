package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.control.inner.InnerClient;
import com.oceanbase.odp.control.inner.InnerSql;
import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.topology.ClusterView;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.ServerState;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.SystemVariableCatalog;
import com.oceanbase.odp.topology.TenantProperties;
import com.oceanbase.odp.topology.ZoneView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the view of one cluster up to date: version, then in rounds zones, servers and tenants, and the system
 * variables. Asks the configured servers until the cluster's own list is known, then any server of both. One virtual
 * thread works; everybody else reads one volatile field.
 */
final class ClusterMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMonitor.class);

    /** Pause after a failed round; doubles up to the regular interval. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** Two rounds are at least this far apart however often a refresh is asked for. */
    private static final Duration MINIMUM_PAUSE = Duration.ofMillis(200);

    private static final Duration VARIABLES_LIFETIME = Duration.ofMinutes(5);

    /**
     * Why a round failed.
     *
     * @param text cause and, where known, what to do
     * @param lasting whether waiting does not help: a server refused the proxy
     */
    record Problem(String text, boolean lasting) {}

    private final String name;
    private final Supplier<ConfigSnapshot> config;
    private final ServerHealth health;
    private final Runnable onRound;
    private final ClusterQueries queries;
    private final Lock lock = new ReentrantLock();
    private final Condition roundEnded = lock.newCondition();
    private final Semaphore wake = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;

    private volatile List<ServerAddress> seeds;
    private volatile @Nullable ClusterView view;
    private volatile SystemVariableCatalog variables = SystemVariableCatalog.builtIn();
    private volatile Problem lastProblem = new Problem("no answer yet", false);
    private long variablesFetchedAt;
    private int failedRounds;

    /**
     * A monitor that works from {@link #start} on.
     *
     * @param onRound run after every successful round
     */
    ClusterMonitor(
            ClusterDefinition definition,
            InnerClient client,
            Supplier<ConfigSnapshot> config,
            ServerHealth health,
            Runnable onRound) {
        this.name = definition.name();
        this.seeds = definition.seeds();
        this.config = config;
        this.health = health;
        this.onRound = onRound;
        this.queries = new ClusterQueries(
                definition.name(), client, this::askable, () -> config.get().get(Parameters.SHORT_ASYNC_TASK_TIMEOUT));
        this.worker = Thread.ofVirtual().name("cluster-" + definition.name()).unstarted(this::work);
    }

    void start() {
        worker.start();
    }

    /** The cluster has other servers to ask first. */
    void useSeeds(List<ServerAddress> newSeeds) {
        seeds = newSeeds;
        refreshSoon();
    }

    ClusterQueries queries() {
        return queries;
    }

    /** The newest view, or null before the first successful round. */
    @Nullable
    ClusterView view() {
        return view;
    }

    /**
     * Waits for a view, asking for a refresh if there is none: until there is one, a round fails for a lasting reason,
     * or time is over; null then.
     */
    @Nullable
    ClusterView awaitView(Duration limit) throws InterruptedException {
        if (view != null) {
            return view;
        }
        refreshSoon();
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (view == null && !lastProblem.lasting() && closing.getCount() > 0 && left > 0) {
                left = roundEnded.awaitNanos(left);
            }
            return view;
        } finally {
            lock.unlock();
        }
    }

    /** System variables; the built-in set until the cluster's are known. */
    SystemVariableCatalog variables() {
        return variables;
    }

    /** Why the last failed round failed. */
    Problem lastProblem() {
        return lastProblem;
    }

    /** A round begins at once, or soon if one has just ended; requests meanwhile share it. */
    void refreshSoon() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** Servers in service, with the others and the configured ones in reserve: even a stopped server can answer. */
    private InnerClient.Targets askable() {
        ClusterView current = view;
        if (current == null) {
            return new InnerClient.Targets(seeds, List.of());
        }
        List<ServerAddress> serving = new ArrayList<>();
        List<ServerAddress> reserve = new ArrayList<>();
        for (ServerView server : current.servers()) {
            (server.state().isServing() ? serving : reserve).add(server.address());
        }
        reserve.addAll(seeds);
        return new InnerClient.Targets(serving, reserve);
    }

    private void work() {
        try {
            while (closing.getCount() > 0) {
                round();
                if (wake.tryAcquire(pause().toNanos(), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                    closing.await(MINIMUM_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("cluster", name).log("cluster refresh ends");
        }
    }

    private Duration pause() {
        Duration interval = config.get().get(Parameters.SERVER_STATE_REFRESH_INTERVAL);
        if (failedRounds > 0) {
            Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(10, failedRounds - 1));
            return grown.compareTo(interval) < 0 ? grown : interval;
        }
        long half = Math.max(1, interval.toNanos() / 2);
        return Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1));
    }

    private void round() {
        try {
            Problem problem = refresh();
            if (problem == null) {
                failedRounds = 0;
                onRound.run();
            } else {
                fail(problem, null);
            }
        } catch (RuntimeException e) {
            fail(new Problem("unexpected failure: " + e, false), e);
        }
        signalEndOfRound();
    }

    private void signalEndOfRound() {
        lock.lock();
        try {
            roundEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Problem problem, @Nullable RuntimeException cause) {
        failedRounds++;
        lastProblem = problem;
        boolean powerOfTwo = (failedRounds & failedRounds - 1) == 0;
        (powerOfTwo ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("cluster", name)
                .addKeyValue("rounds", failedRounds)
                .addKeyValue("cause", problem.text())
                .setCause(cause)
                .log("cluster can't be refreshed, known servers stay in use; next try follows");
    }

    /** One round; null if it succeeded, else what went wrong. */
    private @Nullable Problem refresh() {
        ClusterView old = view;
        String version = old == null ? null : old.serverVersion();
        if (version == null) {
            switch (queries.run(InnerSql.CLUSTER_VERSION, Map.of())) {
                case ClusterQueries.Result.Rows(ResultTable table)
                when table.rows().size() == 1 ->
                    version = table.rows().getFirst().text("cluster_version");
                case ClusterQueries.Result.Rows rows -> {
                    return new Problem("the version query did not give one row", true);
                }
                case ClusterQueries.Result.Missing(String why) -> {
                    return new Problem(why, true);
                }
                case ClusterQueries.Result.Failed(String why, boolean lasting) -> {
                    return new Problem(why, lasting);
                }
            }
            queries.setMajorVersion(majorVersion(version));
        }
        Map<String, ZoneView> zones =
                optional(InnerSql.ZONES, ClusterRows::zones, old == null ? Map.of() : old.zones());
        List<ServerView> servers;
        switch (queries.run(InnerSql.SERVERS, Map.of())) {
            case ClusterQueries.Result.Rows(ResultTable table) -> servers = ClusterRows.servers(table, zones);
            case ClusterQueries.Result.Missing missing -> servers = seedsAsServers();
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> {
                return new Problem(why, lasting);
            }
        }
        if (servers == null || servers.isEmpty()) {
            return new Problem("the server list " + (servers == null ? "has an invalid row" : "is empty"), false);
        }
        Map<String, TenantProperties> tenants =
                optional(InnerSql.TENANTS, ClusterRows::tenants, old == null ? Map.of() : old.tenants());
        tenants = withSingleLeaders(tenants);
        refreshVariables();
        publish(old, new ClusterView(name, 1, version, zones, servers, tenants));
        return null;
    }

    /** Finds out which tenants are led by one server; a cluster that cannot tell has none. */
    private Map<String, TenantProperties> withSingleLeaders(Map<String, TenantProperties> tenants) {
        if (tenants.isEmpty() || !config.get().get(Parameters.ENABLE_SINGLE_LEADER_NODE_ROUTING)) {
            return tenants;
        }
        String ids = tenants.values().stream()
                .map(tenant -> Long.toString(tenant.id()))
                .sorted()
                .collect(Collectors.joining(","));
        Map<String, ServerAddress> leaders =
                optional(InnerSql.SINGLE_LEADERS, Map.of("tenants", ids), ClusterRows::singleLeaders, Map.of());
        Map<String, TenantProperties> known = new HashMap<>();
        tenants.forEach((tenant, properties) -> known.put(tenant, properties.ledBy(leaders.get(tenant))));
        return known;
    }

    /** A statement that older or smaller servers can't answer: what was known before stays then. */
    private <T> T optional(InnerSql sql, Function<ResultTable, T> reader, T otherwise) {
        return optional(sql, Map.of(), reader, otherwise);
    }

    private <T> T optional(InnerSql sql, Map<String, String> values, Function<ResultTable, T> reader, T otherwise) {
        return switch (queries.run(sql, values)) {
            case ClusterQueries.Result.Rows(ResultTable table) -> reader.apply(table);
            case ClusterQueries.Result.Missing(String why) -> keep(sql, why, otherwise);
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> keep(sql, why, otherwise);
        };
    }

    private <T> T keep(InnerSql sql, String why, T otherwise) {
        LOG.atDebug()
                .addKeyValue("cluster", name)
                .addKeyValue("statement", sql)
                .addKeyValue("cause", why)
                .log("part of a refresh failed, the last known state is kept");
        return otherwise;
    }

    /** A server without server list, such as a single-node kernel: the configured addresses are all there is. */
    private List<ServerView> seedsAsServers() {
        return seeds.stream()
                .map(seed -> new ServerView(seed, "", ServerState.ACTIVE))
                .toList();
    }

    private void refreshVariables() {
        long now = System.nanoTime();
        boolean known = variables.version() != 0;
        if (known && now - variablesFetchedAt < VARIABLES_LIFETIME.toNanos()) {
            return;
        }
        SystemVariableCatalog fetched = optional(InnerSql.SYSTEM_VARIABLES, ClusterRows::variables, variables);
        if (fetched.size() > 0) {
            variables = fetched;
            variablesFetchedAt = now;
        }
    }

    private void publish(@Nullable ClusterView old, ClusterView fetched) {
        for (ServerView server : fetched.servers()) {
            if (server.state() == ServerState.ACTIVE) {
                health.reportListedActive(server.address());
            }
        }
        if (old != null && old.sameContent(fetched)) {
            return;
        }
        ClusterView next = new ClusterView(
                fetched.name(),
                old == null ? 1 : old.version() + 1,
                fetched.serverVersion(),
                fetched.zones(),
                fetched.servers(),
                fetched.tenants());
        view = next;
        if (old != null) {
            old.servers().stream()
                    .map(ServerView::address)
                    .filter(address -> next.server(address) == null)
                    .forEach(health::forget);
        }
        LOG.atInfo()
                .addKeyValue("cluster", next.name())
                .addKeyValue("view", next.version())
                .addKeyValue("serverVersion", next.serverVersion())
                .addKeyValue("servers", next.servers())
                .log("cluster view changed");
    }

    private static int majorVersion(String version) {
        int dot = version.indexOf('.');
        try {
            return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
        } catch (NumberFormatException e) {
            LOG.atWarn().addKeyValue("version", version).log("version of the cluster can't be read, 4.x is assumed");
            return 4;
        }
    }

    /** Ends the work; the view stays readable. */
    @Override
    public void close() {
        closing.countDown();
        worker.interrupt();
        signalEndOfRound();
    }
}
