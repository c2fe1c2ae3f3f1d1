package com.oceanbase.odp.control.cluster;

/** What asking for tables needs to know of their tenant. Thread-safe; no I/O. */
interface TenantFacts {
    /** Whether the tenant speaks the Oracle dialect. */
    boolean isOracle(String tenant);

    /** Id of the tenant, negative if it is not known. */
    long id(String tenant);

    /** Whether statements are routed by global indexes ({@code enable_index_route}). */
    boolean usesGlobalIndexes();
}
