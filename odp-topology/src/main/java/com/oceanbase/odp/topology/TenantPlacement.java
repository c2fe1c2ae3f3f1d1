package com.oceanbase.odp.topology;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says about how a tenant is laid out.
 *
 * @param zones zones of the cluster by name; empty when it did not say
 * @param primaryZone text of the tenant's primary zone: {@code ;} separates priorities, {@code ,} equals; {@code RANDOM} or
 *     empty is none
 * @param singleLeader the one server that leads everything of the tenant; null if there is none, or the cluster did not say
 */
public record TenantPlacement(
        Map<String, ZoneView> zones,
        String primaryZone,
        @Nullable ServerAddress singleLeader) {
    /** Nothing is known. */
    public static final TenantPlacement UNKNOWN = new TenantPlacement(Map.of(), "", null);

    /** Copies the map. */
    public TenantPlacement {
        zones = Map.copyOf(zones);
    }
}
