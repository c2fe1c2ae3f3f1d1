package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.topology.ClusterView;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.TenantProperties;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what has changed from view to view of one cluster. Not thread-safe. */
final class ClusterWatch {
    private final ClusterChanges changes;
    private @Nullable ClusterView last;

    /** By tenant; kept while a tenant is not listed, which it is not while its locality is being changed. */
    private final Map<String, String> localities = new HashMap<>();

    ClusterWatch(ClusterChanges changes) {
        this.changes = changes;
    }

    /** Compares a view with the one before. */
    void look(ClusterView now) {
        ClusterView before = last;
        if (before == now) {
            return;
        }
        last = now;
        for (TenantProperties tenant : now.tenants().values()) {
            String locality = localities.put(tenant.name(), tenant.locality());
            if (locality != null && !locality.equals(tenant.locality())) {
                changes.onLocalityChange(now.name(), tenant.name());
            }
        }
        if (before == null) {
            return;
        }
        for (ServerView server : before.servers()) {
            ServerView same = now.server(server.address());
            if (server.state().isServing() && (same == null || !same.state().isServing())) {
                changes.onServerGone(now.name(), server.address());
            }
        }
    }
}
