package com.oceanbase.odp.topology;

import org.jspecify.annotations.Nullable;

/**
 * A row of the cluster's tenant list.
 *
 * @param id tenant id
 * @param name tenant name
 * @param locality text of the locality
 * @param primaryZone text of the primary zone, for example {@code z1,z2;z3} or {@code RANDOM}
 * @param singleLeader the one server that leads everything of the tenant; null if there are several, or none is known
 * @param oracleMode whether it speaks the Oracle dialect
 */
public record TenantProperties(
        long id,
        String name,
        String locality,
        String primaryZone,
        @Nullable ServerAddress singleLeader,
        boolean oracleMode) {
    /** The same with another single leader. */
    public TenantProperties ledBy(@Nullable ServerAddress leader) {
        return new TenantProperties(id, name, locality, primaryZone, leader, oracleMode);
    }
}
