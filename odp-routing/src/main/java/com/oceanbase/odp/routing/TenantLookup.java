package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.TenantView;

/** Outcome of looking for a tenant at login. */
public sealed interface TenantLookup {
    /** The tenant exists and has servers. */
    record Found(TenantView tenant) implements TenantLookup {}

    /** No cluster of this name is configured: error 4669. */
    record UnknownCluster() implements TenantLookup {}

    /** The cluster answered that no server has this tenant: error 1045. */
    record UnknownTenant() implements TenantLookup {}

    /**
     * The cluster could not be asked.
     *
     * @param why cause and what to do, for logs and diagnosis
     */
    record Unavailable(String why) implements TenantLookup {}
}
