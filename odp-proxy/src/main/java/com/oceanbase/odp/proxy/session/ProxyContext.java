package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.config.ConfigSnapshot;
import com.oceanbase.odp.proxy.backend.LinkConnector;
import com.oceanbase.odp.routing.LocationSource;
import com.oceanbase.odp.routing.Router;
import com.oceanbase.odp.routing.TenantDirectory;
import com.oceanbase.odp.topology.ServerHealth;
import java.util.function.Supplier;

/**
 * What sessions need of the rest of the proxy: seams that others implement. All thread safe.
 *
 * @param config the configuration in force; a request reads it once
 * @param tenants clusters and tenants by name
 * @param router chooses servers
 * @param locations where tables live
 * @param health which servers have failed lately
 * @param connector opens server links
 * @param internalCommands statements that the proxy answers itself
 * @param sessions all client sessions
 * @param version version text of the proxy, as servers and clients see it
 */
public record ProxyContext(
        Supplier<ConfigSnapshot> config,
        TenantDirectory tenants,
        Router router,
        LocationSource locations,
        ServerHealth health,
        LinkConnector connector,
        InternalCommands internalCommands,
        SessionRegistry sessions,
        String version) {}
