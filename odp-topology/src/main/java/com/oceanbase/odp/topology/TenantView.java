package com.oceanbase.odp.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as sessions and the router see it at one moment.
 *
 * @param cluster name of its cluster
 * @param tenant name of the tenant
 * @param clusterVersion version of the {@link ClusterView} that the servers' states were taken from
 * @param servers servers on which the tenant has units, with the states the cluster lists; not empty
 * @param variables system variables of the tenant
 * @param placement how the tenant is laid out over the zones
 */
public record TenantView(
        String cluster,
        String tenant,
        long clusterVersion,
        List<ServerView> servers,
        SystemVariableCatalog variables,
        TenantPlacement placement) {

    /** A tenant of whose layout nothing is known. */
    public TenantView(
            String cluster,
            String tenant,
            long clusterVersion,
            List<ServerView> servers,
            SystemVariableCatalog variables) {
        this(cluster, tenant, clusterVersion, servers, variables, TenantPlacement.UNKNOWN);
    }

    /** Copies the list. */
    public TenantView {
        servers = List.copyOf(servers);
    }

    /** The tenant's server with this address, or null if the tenant is not there. */
    public @Nullable ServerView server(ServerAddress address) {
        // Asked for every request: no iterator.
        for (int i = 0; i < servers.size(); i++) {
            ServerView server = servers.get(i);
            if (server.address().equals(address)) {
                return server;
            }
        }
        return null;
    }
}
