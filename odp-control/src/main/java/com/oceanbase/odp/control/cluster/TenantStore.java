package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.control.inner.InnerSql;
import com.oceanbase.odp.control.inner.ResultTable;
import com.oceanbase.odp.routing.TenantLookup;
import com.oceanbase.odp.topology.ClusterView;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.TenantPlacement;
import com.oceanbase.odp.topology.TenantProperties;
import com.oceanbase.odp.topology.TenantView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tenants of one cluster that somebody has logged in to: on which servers they are, joined with the states of the
 * newest cluster view. The tenant {@code sys} is on every server and needs no query.
 */
final class TenantStore {
    static final String SYS = "sys";

    /** The tenant {@code sys} is not in the list of tenants. */
    static final long SYS_ID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(TenantStore.class);

    private final ClusterMonitor monitor;
    private final Supplier<ConfigSnapshot> config;
    private final LongSupplier nanoClock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    TenantStore(ClusterMonitor monitor, Supplier<ConfigSnapshot> config, LongSupplier nanoClock) {
        this.monitor = monitor;
        this.config = config;
        this.nanoClock = nanoClock;
    }

    /**
     * What is kept of a tenant.
     *
     * @param addresses servers as fetched; unused for sys
     * @param properties row of the tenant list at that time
     */
    private record Entry(
            List<ServerAddress> addresses, @Nullable TenantProperties properties, long fetchedAt, TenantView view) {}

    @Nullable
    TenantView cached(String tenant) {
        Entry entry = entries.get(tenant);
        return entry == null ? null : entry.view();
    }

    /** Finds a tenant; blocks for one statement. The cluster must have a view. */
    TenantLookup fetch(String tenant) {
        ClusterView cluster = monitor.view();
        if (cluster == null) {
            return new TenantLookup.Unavailable(monitor.lastProblem().text());
        }
        if (tenant.equals(SYS)) {
            return keep(tenant, List.of(), cluster);
        }
        return switch (monitor.queries().run(InnerSql.TENANT_SERVERS, Map.of("tenant", tenant))) {
            case ClusterQueries.Result.Failed(String why, boolean lasting) -> new TenantLookup.Unavailable(why);
            case ClusterQueries.Result.Missing(String why) -> new TenantLookup.Unavailable(why);
            case ClusterQueries.Result.Rows(ResultTable table) -> {
                List<ServerAddress> addresses = ClusterRows.tenantServers(table);
                if (addresses.isEmpty()) {
                    entries.remove(tenant);
                    yield new TenantLookup.UnknownTenant();
                }
                yield keep(tenant, addresses, cluster);
            }
        };
    }

    private TenantLookup keep(String tenant, List<ServerAddress> addresses, ClusterView cluster) {
        List<ServerView> servers = join(tenant, addresses, cluster);
        if (servers.isEmpty()) {
            return new TenantLookup.Unavailable(
                    "no server of the tenant is in the cluster's server list: " + addresses);
        }
        TenantView view = view(tenant, servers, cluster);
        entries.put(tenant, new Entry(addresses, cluster.tenants().get(tenant), nanoClock.getAsLong(), view));
        return new TenantLookup.Found(view);
    }

    private TenantView view(String tenant, List<ServerView> servers, ClusterView cluster) {
        TenantProperties properties = cluster.tenants().get(tenant);
        return new TenantView(
                cluster.name(),
                tenant,
                cluster.version(),
                servers,
                monitor.variables(),
                new TenantPlacement(
                        cluster.zones(),
                        properties == null ? "" : properties.primaryZone(),
                        properties == null ? null : properties.singleLeader()));
    }

    /** Servers that the cluster's list does not have are left out. */
    private static List<ServerView> join(String tenant, List<ServerAddress> addresses, ClusterView cluster) {
        if (tenant.equals(SYS)) {
            return cluster.servers();
        }
        List<ServerView> servers = new ArrayList<>();
        for (ServerAddress address : addresses) {
            ServerView server = cluster.server(address);
            if (server != null) {
                servers.add(server);
            }
        }
        return servers;
    }

    /**
     * Brings every known tenant to the newest cluster view; fetches the servers of those whose list is too old, whose
     * properties changed or whose cluster has other servers. Blocking; called by the cluster's worker after a round.
     */
    void refresh() {
        ClusterView cluster = monitor.view();
        if (cluster == null) {
            return;
        }
        entries.forEach((tenant, entry) -> {
            boolean newView = entry.view().clusterVersion() != cluster.version();
            boolean expired = nanoClock.getAsLong() - entry.fetchedAt()
                    >= config.get().get(Parameters.TENANT_LOCATION_VALID_TIME).toNanos();
            boolean changed =
                    !Objects.equals(entry.properties(), cluster.tenants().get(tenant));
            if (!tenant.equals(SYS) && (newView || expired || changed)) {
                if (fetch(tenant) instanceof TenantLookup.Unavailable(String why)) {
                    LOG.atWarn()
                            .addKeyValue("cluster", cluster.name())
                            .addKeyValue("tenant", tenant)
                            .addKeyValue("cause", why)
                            .log("servers of the tenant can't be refreshed, the known ones stay in use");
                    rejoin(tenant, entry, cluster);
                }
            } else if (newView || entry.view().variables() != monitor.variables()) {
                rejoin(tenant, entry, cluster);
            }
        });
    }

    private void rejoin(String tenant, Entry entry, ClusterView cluster) {
        List<ServerView> servers = join(tenant, entry.addresses(), cluster);
        if (!servers.isEmpty()) {
            TenantView view = view(tenant, servers, cluster);
            entries.put(tenant, new Entry(entry.addresses(), entry.properties(), entry.fetchedAt(), view));
        }
    }
}
