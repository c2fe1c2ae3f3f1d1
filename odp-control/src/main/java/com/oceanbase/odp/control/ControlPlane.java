package com.oceanbase.odp.control;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.control.cluster.ClusterChanges;
import com.oceanbase.odp.control.cluster.ClusterDefinition;
import com.oceanbase.odp.control.cluster.ClusterHandle;
import com.oceanbase.odp.control.cluster.ClusterLocations;
import com.oceanbase.odp.control.configserver.ConfigServerMonitor;
import com.oceanbase.odp.routing.LocationCache;
import com.oceanbase.odp.routing.LocationCacheRules;
import com.oceanbase.odp.routing.LocationKey;
import com.oceanbase.odp.routing.LocationLoader;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.LocationStatistics;
import com.oceanbase.odp.routing.LogStreamLeaders;
import com.oceanbase.odp.routing.Routine;
import com.oceanbase.odp.routing.RoutineKey;
import com.oceanbase.odp.routing.ServiceInstance;
import com.oceanbase.odp.routing.ServiceLookup;
import com.oceanbase.odp.routing.TableKey;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.routing.TenantDirectory;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.topology.ClusterView;
import com.oceanbase.odp.topology.HealthRules;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.TenantView;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane of a process: any number of clusters by name. Nothing here blocks its caller; the work is done on
 * virtual threads.
 */
public final class ControlPlane implements TenantDirectory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    private final Supplier<ConfigSnapshot> config;
    private final String proxyVersion;
    private final ServerHealth health;
    private final LocationCache locations;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("control-", 0).factory());
    private final Map<TenantKey, CompletableFuture<TenantLookup>> lookups = new ConcurrentHashMap<>();
    private final ServiceNames services;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Map<String, ClusterHandle> clusters = Map.of();
    private volatile @Nullable ConfigServerMonitor configServer;

    private record TenantKey(String cluster, String tenant) {}

    /**
     * A control plane without clusters; {@link #define} adds them.
     *
     * @param config newest configuration
     * @param proxyVersion version text told to servers, see {@link com.oceanbase.odp.control.inner.InnerIdentity}
     */
    public ControlPlane(Supplier<ConfigSnapshot> config, String proxyVersion) {
        this.config = config;
        this.proxyVersion = proxyVersion;
        this.health = new ServerHealth(() -> HealthRules.of(config.get()), System::nanoTime, this::onBlocked);
        this.locations = new LocationCache(new Loader(), () -> LocationCacheRules.of(config.get()), System::nanoTime);
        this.services = new ServiceNames(this::instances, this::isPrimary, executor);
        executor.execute(this::maintain);
    }

    /**
     * A control plane at work for the clusters of {@code obproxy_config_server_url} or, without that, for the one of
     * {@code rootservice_list}.
     */
    public static ControlPlane start(Supplier<ConfigSnapshot> config, String proxyVersion) {
        ControlPlane control = new ControlPlane(config, proxyVersion);
        String url = config.get().get(Parameters.OBPROXY_CONFIG_SERVER_URL);
        if (url.isEmpty()) {
            control.define(ClusterDefinition.configured(config.get()));
        } else {
            ConfigServerMonitor monitor = new ConfigServerMonitor(url, config, control::define);
            control.configServer = monitor;
            monitor.start();
        }
        return control;
    }

    /**
     * Makes these the clusters: new ones are started, known ones go on with the new list of servers, others end. May
     * be called at any time by one thread at a time.
     */
    public void define(List<ClusterDefinition> definitions) {
        Map<String, ClusterHandle> old = clusters;
        Map<String, ClusterHandle> next = new LinkedHashMap<>();
        for (ClusterDefinition definition : definitions) {
            ClusterHandle kept = old.get(definition.name());
            if (kept != null) {
                kept.redefine(definition);
            }
            next.put(
                    definition.name(),
                    kept != null ? kept : new ClusterHandle(definition, config, health, proxyVersion, new Changes()));
        }
        clusters = Collections.unmodifiableMap(next);
        next.values().stream().filter(handle -> !old.containsValue(handle)).forEach(handle -> {
            LOG.atInfo()
                    .addKeyValue("cluster", handle.definition().name())
                    .addKeyValue("servers", handle.definition().seeds())
                    .log("cluster is served");
            handle.start();
        });
        old.values().stream().filter(handle -> !next.containsValue(handle)).forEach(handle -> {
            handle.close();
            locations.forgetCluster(handle.definition().name());
        });
    }

    /** Locations of tables. */
    public LocationSource locations() {
        return locations;
    }

    /** Health of all servers. */
    public ServerHealth health() {
        return health;
    }

    /** Newest view of a cluster, or null if it is unknown or has not answered yet. */
    public @Nullable ClusterView cluster(String name) {
        ClusterHandle handle = clusters.get(name);
        return handle == null ? null : handle.view();
    }

    /** Names of all clusters in the order of their definition. */
    public List<String> clusterNames() {
        return List.copyOf(clusters.keySet());
    }

    /** Asks for a refresh of a cluster before its time. */
    public void refreshSoon(String cluster) {
        ClusterHandle handle = clusters.get(cluster);
        if (handle != null) {
            handle.refreshSoon();
        }
    }

    @Override
    public @Nullable TenantView cached(String cluster, String tenant) {
        ClusterHandle handle = clusters.get(cluster);
        return handle == null ? null : handle.tenant(tenant);
    }

    @Override
    public CompletableFuture<TenantLookup> lookup(String cluster, String tenant) {
        ClusterHandle handle = clusters.get(cluster);
        if (handle == null) {
            return CompletableFuture.completedFuture(
                    configServer != null && clusters.isEmpty()
                            ? new TenantLookup.Unavailable("the config server has not named any cluster yet")
                            : new TenantLookup.UnknownCluster());
        }
        TenantView known = handle.tenant(tenant);
        if (known != null) {
            return CompletableFuture.completedFuture(new TenantLookup.Found(known));
        }
        TenantKey key = new TenantKey(cluster, tenant);
        CompletableFuture<TenantLookup> mine = new CompletableFuture<>();
        CompletableFuture<TenantLookup> running = lookups.putIfAbsent(key, mine);
        if (running != null) {
            return running.copy();
        }
        executor.execute(() -> {
            TenantLookup result;
            try {
                result = handle.lookup(tenant);
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("tenant", key).setCause(e).log("look-up of a tenant failed unexpectedly");
                result = new TenantLookup.Unavailable(e.toString());
            }
            if (result instanceof TenantLookup.Unavailable(String why)) {
                LOG.atWarn()
                        .addKeyValue("cluster", cluster)
                        .addKeyValue("tenant", tenant)
                        .addKeyValue("cause", why)
                        .log("tenant can't be looked up, its logins fail until the cluster answers");
            }
            lookups.remove(key, mine);
            mine.complete(result);
        });
        return mine.copy();
    }

    @Override
    public @Nullable String defaultCluster() {
        Map<String, ClusterHandle> current = clusters;
        if (current.size() == 1) {
            return current.keySet().iterator().next();
        }
        String configured = config.get().get(Parameters.ROOTSERVICE_CLUSTER_NAME);
        return current.containsKey(configured) ? configured : null;
    }

    @Override
    public TenantView refreshed(TenantView view) {
        TenantView newest = cached(view.cluster(), view.tenant());
        return newest == null ? view : newest;
    }

    @Override
    public CompletableFuture<ServiceLookup> service(String name) {
        return services.lookup(name);
    }

    @Override
    public void notPrimary(String name, ServiceInstance instance) {
        services.notPrimary(name, instance);
    }

    private List<ServiceInstance> instances(String service) throws IOException, InterruptedException {
        ConfigServerMonitor monitor = configServer;
        if (monitor == null) {
            throw new IOException("service names need a config server, see obproxy_config_server_url");
        }
        return monitor.service(service);
    }

    private boolean isPrimary(String service, ServiceInstance instance) {
        ClusterHandle handle = clusters.get(instance.cluster());
        return handle != null && handle.isPrimary(instance.tenant(), service);
    }

    private void onBlocked(ServerAddress server) {
        LOG.atWarn()
                .addKeyValue("server", server)
                .log("server failed too often and is avoided for congestion_retry_interval, check it");
        for (ClusterHandle handle : clusters.values()) {
            if (handle.has(server)) {
                handle.refreshSoon();
                handle.lookAtLeadersSoon();
            }
        }
    }

    /** What the location cache has done and holds. */
    public LocationStatistics locationStatistics() {
        return locations.statistics();
    }

    /** Lets the location cache follow the parameters until the end. */
    private void maintain() {
        try {
            while (!closing.await(
                    config.get().get(Parameters.CACHE_CLEANER_CLEAN_INTERVAL).toNanos(), TimeUnit.NANOSECONDS)) {
                locations.maintain();
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("maintenance of the location cache ends");
        }
    }

    /** Doubts locations that a change of the cluster makes doubtful. */
    private final class Changes implements ClusterChanges {
        @Override
        public void onServerGone(String cluster, ServerAddress server) {
            locations.serverGone(cluster, server);
        }

        @Override
        public void onLocalityChange(String cluster, String tenant) {
            if (config.get().get(Parameters.CHECK_TENANT_LOCALITY_CHANGE)) {
                locations.tenantMoved(cluster, tenant);
            }
        }

        @Override
        public Set<String> tenantsInUse(String cluster) {
            return locations.tenantsInUse(cluster);
        }

        @Override
        public void onLeadersMoved(String cluster, String tenant, LogStreamLeaders before, LogStreamLeaders now) {
            int partitions = locations.leadersMoved(cluster, tenant, before, now);
            LOG.atDebug()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("tenant", tenant)
                    .addKeyValue("partitions", partitions)
                    .log("leaders of log streams moved, locations follow");
        }
    }

    /** Fetches locations from the cluster of their key, each on a virtual thread. */
    private final class Loader implements LocationLoader {
        @Override
        public CompletableFuture<TableLocation> table(TableKey key, @Nullable TableLocation known, boolean force) {
            return ask(key, new TableLocation.Unknown(key), locations -> locations.table(key, known, force));
        }

        @Override
        public CompletableFuture<@Nullable Partitions> partitions(
                TableLocation.Partitioned table, int[] leaves, boolean force) {
            return ask(table.key(), null, locations -> locations.partitions(table, leaves, force));
        }

        @Override
        public CompletableFuture<Routine> routine(RoutineKey key) {
            return ask(key, Routine.unknown(key), locations -> locations.routine(key));
        }

        @Override
        public void leaderMoved(String cluster, String tenant) {
            ClusterHandle handle = clusters.get(cluster);
            if (handle != null) {
                handle.lookAtLeadersSoon();
            }
        }

        private <T extends @Nullable Object> CompletableFuture<T> ask(
                LocationKey key, T otherwise, Function<ClusterLocations, T> question) {
            ClusterHandle handle = clusters.get(key.cluster());
            if (handle == null) {
                return CompletableFuture.completedFuture(otherwise);
            }
            try {
                return CompletableFuture.supplyAsync(() -> question.apply(handle.locations()), executor)
                        .exceptionally(e -> {
                            LOG.atError()
                                    .addKeyValue("key", key)
                                    .setCause(e)
                                    .log("fetch of a location failed unexpectedly");
                            return otherwise;
                        });
            } catch (RejectedExecutionException e) {
                LOG.atDebug().addKeyValue("key", key).setCause(e).log("no location is fetched, the proxy is stopping");
                return CompletableFuture.completedFuture(otherwise);
            }
        }
    }

    /** Ends all work. Look-ups under way complete as unavailable or with their result. */
    @Override
    public void close() {
        closing.countDown();
        ConfigServerMonitor monitor = configServer;
        if (monitor != null) {
            monitor.close();
        }
        clusters.values().forEach(ClusterHandle::close);
        executor.shutdownNow();
    }
}
