package com.oceanbase.odp.topology;

/**
 * A row of the cluster's tenant list.
 *
 * @param id tenant id
 * @param name tenant name
 * @param locality text of the locality
 * @param primaryZone text of the primary zone, for example {@code z1,z2;z3} or {@code RANDOM}
 */
public record TenantProperties(long id, String name, String locality, String primaryZone) {}
