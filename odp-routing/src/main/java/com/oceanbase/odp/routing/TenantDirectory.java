package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.TenantView;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Clusters and tenants known to this process. Thread-safe; no method blocks. */
public interface TenantDirectory {
    /** The newest view of a tenant that has been looked up before, or null. */
    @Nullable
    TenantView cached(String cluster, String tenant);

    /**
     * Finds a tenant; concurrent look-ups of one tenant share the work. Completes on a control thread within a bounded
     * time and never exceptionally.
     */
    CompletableFuture<TenantLookup> lookup(String cluster, String tenant);

    /** Cluster of logins that name none; null if there is no cluster, or several and none is the default. */
    @Nullable
    String defaultCluster();

    /** The newest view of the same tenant, or the given one if there is no newer. No I/O. */
    TenantView refreshed(TenantView view);
}
