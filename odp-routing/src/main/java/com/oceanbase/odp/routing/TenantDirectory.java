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

    /**
     * Finds the tenant that is the primary of a service; as {@link #lookup}. A directory without config server knows no
     * service.
     *
     * @param name name of the service in lower case
     */
    default CompletableFuture<ServiceLookup> service(String name) {
        return CompletableFuture.completedFuture(new ServiceLookup.Unknown());
    }

    /**
     * A server of that tenant answered that the tenant is not the primary, or does not have the service. The next look
     * finds another instance; which one is the primary is found out meanwhile.
     */
    default void notPrimary(String name, ServiceInstance instance) {}
}
