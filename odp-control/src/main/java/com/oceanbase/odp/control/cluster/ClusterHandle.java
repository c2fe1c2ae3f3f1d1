package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.control.inner.InnerClient;
import com.oceanbase.odp.control.inner.InnerIdentity;
import com.oceanbase.odp.control.inner.InnerSql;
import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.topology.ClusterView;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.TenantProperties;
import com.oceanbase.odp.topology.TenantView;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything the control plane keeps for one cluster: its connections, its monitor, its tenants. Thread-safe. */
public final class ClusterHandle implements AutoCloseable {
    private volatile ClusterDefinition definition;
    private final Supplier<ConfigSnapshot> config;
    private final InnerClient client;
    private final ClusterMonitor monitor;
    private final TenantStore tenants;
    private final ClusterLocations locations;

    private final LeaderWatch leaders;

    /** Only the cluster's worker uses it. */
    private final ClusterWatch watch;

    /**
     * Prepares a cluster; {@link #start} begins the work.
     *
     * @param changes told what makes locations doubtful
     */
    public ClusterHandle(
            ClusterDefinition definition,
            Supplier<ConfigSnapshot> config,
            ServerHealth health,
            String proxyVersion,
            ClusterChanges changes) {
        this.definition = definition;
        this.config = config;
        this.watch = new ClusterWatch(changes);
        this.client = new InnerClient(() -> identity(definition, config.get(), proxyVersion), health);
        this.monitor = new ClusterMonitor(definition, client, config, health, this::afterRound);
        this.tenants = new TenantStore(monitor, config, System::nanoTime);
        this.locations = new ClusterLocations(monitor.queries(), new Facts());
        this.leaders = new LeaderWatch(monitor, changes, config);
    }

    private static InnerIdentity identity(ClusterDefinition definition, ConfigSnapshot config, String proxyVersion) {
        return new InnerIdentity(
                InnerIdentity.DEFAULT_USER,
                List.of(config.get(Parameters.OBSERVER_SYS_PASSWORD), config.get(Parameters.OBSERVER_SYS_PASSWORD1)),
                config.get(Parameters.ENABLE_CLUSTER_CHECKOUT) ? definition.name() : null,
                proxyVersion);
    }

    /** Begins to ask the cluster. */
    public void start() {
        monitor.start();
        leaders.start();
    }

    private void afterRound() {
        tenants.refresh();
        ClusterView current = monitor.view();
        if (current != null) {
            watch.look(current);
        }
    }

    /** The same cluster has another list of servers to ask first; views and connections stay. */
    public void redefine(ClusterDefinition changed) {
        if (!changed.name().equals(definition.name())) {
            throw new IllegalArgumentException("cluster " + definition.name() + " can't become " + changed.name());
        }
        if (!changed.equals(definition)) {
            definition = changed;
            monitor.useSeeds(changed.seeds());
        }
    }

    /** What this cluster was defined as. */
    public ClusterDefinition definition() {
        return definition;
    }

    /** The newest view of the cluster, or null before it has answered. */
    public @Nullable ClusterView view() {
        return monitor.view();
    }

    /** The newest view of a tenant that was looked up before, or null. No I/O. */
    public @Nullable TenantView tenant(String tenant) {
        return tenants.cached(tenant);
    }

    /** Whether the server is one of this cluster. */
    public boolean has(ServerAddress server) {
        ClusterView current = monitor.view();
        return current != null && current.server(server) != null;
    }

    /** Asks for a refresh before its time. */
    public void refreshSoon() {
        monitor.refreshSoon();
    }

    /** Whether a tenant is a primary that has this service; false if the cluster can't tell. Blocking. */
    public boolean isPrimary(String tenant, String service) {
        return monitor.view() != null
                && monitor.queries().run(InnerSql.SERVICE_ROLE, Map.of("tenant", tenant))
                        instanceof ClusterQueries.Result.Rows(ResultTable table)
                && table.rows().stream()
                        .anyMatch(row -> row.text("tenant_role").equalsIgnoreCase("PRIMARY")
                                && row.text("service_name").equalsIgnoreCase(service));
    }

    /** Asks for a look at the leaders of log streams before its time. */
    public void lookAtLeadersSoon() {
        leaders.lookSoon();
    }

    /** Finds a tenant, waiting for the cluster's first answer if need be. Blocking, bounded by short_async_task_timeout. */
    public TenantLookup lookup(String tenant) {
        TenantView known = tenants.cached(tenant);
        if (known != null) {
            return new TenantLookup.Found(known);
        }
        try {
            if (monitor.awaitView(config.get().get(Parameters.SHORT_ASYNC_TASK_TIMEOUT)) == null) {
                return unavailable(monitor.lastProblem().text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable("the proxy is stopping");
        }
        return tenants.fetch(tenant);
    }

    private TenantLookup unavailable(String why) {
        return new TenantLookup.Unavailable("cluster " + definition.name() + ": " + why);
    }

    private @Nullable TenantProperties properties(String tenant) {
        ClusterView current = monitor.view();
        return current == null ? null : current.tenants().get(tenant);
    }

    private final class Facts implements TenantFacts {
        @Override
        public boolean isOracle(String tenant) {
            TenantProperties properties = properties(tenant);
            return properties != null && properties.oracleMode();
        }

        @Override
        public long id(String tenant) {
            TenantProperties properties = properties(tenant);
            if (properties != null) {
                return properties.id();
            }
            return tenant.equals(TenantStore.SYS) ? TenantStore.SYS_ID : -1;
        }

        @Override
        public boolean usesGlobalIndexes() {
            return config.get().get(Parameters.ENABLE_INDEX_ROUTE);
        }
    }

    /** Where the cluster's tables, partitions and routines are. */
    public ClusterLocations locations() {
        return locations;
    }

    /** Ends the work and closes idle connections. */
    @Override
    public void close() {
        leaders.close();
        monitor.close();
        client.close();
    }
}
