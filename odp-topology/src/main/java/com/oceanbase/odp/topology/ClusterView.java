package com.oceanbase.odp.topology;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about a cluster at one moment. A request keeps the view it began with.
 *
 * @param name name of the cluster
 * @param version counts up with every published change of this cluster
 * @param serverVersion text of {@code ob_version()}, for example {@code 4.3.5.3}
 * @param zones by name
 * @param servers in the order of the server list
 * @param tenants by name; {@code sys} is never among them
 */
public record ClusterView(
        String name,
        long version,
        String serverVersion,
        Map<String, ZoneView> zones,
        List<ServerView> servers,
        Map<String, TenantProperties> tenants) {

    /** Copies the collections. */
    public ClusterView {
        zones = Map.copyOf(zones);
        servers = List.copyOf(servers);
        tenants = Map.copyOf(tenants);
    }

    /** The server with this address, or null if the cluster does not list it. */
    public @Nullable ServerView server(ServerAddress address) {
        for (ServerView server : servers) {
            if (server.address().equals(address)) {
                return server;
            }
        }
        return null;
    }

    /** Whether two views say the same apart from their version. */
    public boolean sameContent(ClusterView other) {
        return name.equals(other.name)
                && serverVersion.equals(other.serverVersion)
                && zones.equals(other.zones)
                && servers.equals(other.servers)
                && tenants.equals(other.tenants);
    }
}
