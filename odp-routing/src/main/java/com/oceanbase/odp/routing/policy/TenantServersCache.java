package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.topology.TenantView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The servers of the tenants in use, worked out again when a tenant, the rules or the data centre change. Thread-safe. */
final class TenantServersCache {
    private final Map<String, Map<String, TenantServers>> known = new ConcurrentHashMap<>();
    private volatile @Nullable TenantServers latest;

    /** The servers of a tenant as seen from a data centre. */
    TenantServers of(TenantView tenant, RoutingRules rules, String idcName) {
        TenantServers recent = latest;
        if (recent != null && recent.isOf(tenant, rules, idcName)) {
            return recent;
        }
        Map<String, TenantServers> tenants =
                known.computeIfAbsent(tenant.cluster(), cluster -> new ConcurrentHashMap<>());
        // sessions with a data centre of their own are rare
        String key = idcName.equals(rules.idcName()) ? tenant.tenant() : tenant.tenant() + '\n' + idcName;
        TenantServers servers = tenants.get(key);
        if (servers == null || !servers.isOf(tenant, rules, idcName)) {
            servers = new TenantServers(tenant, rules, idcName);
            tenants.put(key, servers);
        }
        latest = servers;
        return servers;
    }
}
