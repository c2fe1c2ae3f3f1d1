package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.config.Parameters;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.List;

/**
 * A cluster that the proxy serves.
 *
 * @param name name that clients use
 * @param seeds SQL addresses of servers to ask first, in order
 */
public record ClusterDefinition(String name, List<ServerAddress> seeds) {
    /** Text that stands for "no name was configured" (default of rootservice_cluster_name). */
    private static final String UNDEFINED = "undefined";

    /** Name of a cluster whose name was not configured (original: src/obproxy/utils/ob_proxy_lib.h:124). */
    private static final String DEFAULT_NAME = "obcloud";

    /** Copies the list. */
    public ClusterDefinition {
        seeds = List.copyOf(seeds);
        if (name.isEmpty() || seeds.isEmpty()) {
            throw new IllegalArgumentException("a cluster needs a name and at least one server");
        }
    }

    /** The cluster that {@code rootservice_list} and {@code rootservice_cluster_name} define; none if the list is empty. */
    public static List<ClusterDefinition> configured(ConfigSnapshot config) {
        List<ServerAddress> seeds = ServerAddress.parseAll(config.get(Parameters.ROOTSERVICE_LIST));
        if (seeds.isEmpty()) {
            return List.of();
        }
        String name = config.get(Parameters.ROOTSERVICE_CLUSTER_NAME);
        return List.of(new ClusterDefinition(name.isEmpty() || name.equals(UNDEFINED) ? DEFAULT_NAME : name, seeds));
    }
}
