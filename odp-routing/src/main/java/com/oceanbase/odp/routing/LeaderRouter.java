package com.oceanbase.odp.routing;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import com.oceanbase.odp.topology.ServerView;
import com.oceanbase.odp.topology.TenantView;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Routes by whole tables: the leader of a table with one partition, else the session's last server, else the tenant's
 * servers in turn. A blocked or stopped server is passed over as long as another one is left; when none is, one is used
 * nevertheless, so that a full block list never means "no server" (original: ob_mysql_transact.cpp:2793-2809).
 */
public final class LeaderRouter implements Router {
    /** Tables in them are virtual or small and on every server; asking for their location would only cost time. */
    private static final Set<String> SYSTEM_DATABASES =
            Set.of("oceanbase", "information_schema", "mysql", "performance_schema", "sys", "__recyclebin", "__public");

    private final LocationSource locations;
    private final ServerHealth health;
    private final AtomicInteger turn = new AtomicInteger();

    /** A router over these locations and this health. */
    public LeaderRouter(LocationSource locations, ServerHealth health) {
        this.locations = locations;
        this.health = health;
    }

    @Override
    public RouteDecision route(RouteRequest request) {
        TableKey key = tableOf(request);
        if (key != null) {
            TableLocation location = locations.cached(key);
            if (location == null && request.waits() == 0) {
                return new RouteDecision.Wait(locations.request(key), "location of " + key);
            }
            if (location instanceof TableLocation.SinglePartition table
                    && table.leader() instanceof ServerAddress leader) {
                if (isUsable(request, leader) && health.admit(leader)) {
                    return new RouteDecision.Use(leader, RouteReason.TABLE_LEADER);
                }
                // the location may be out of date: its leader failed, is blocked or no longer serves the tenant
                locations.missed(location, LocationSource.NO_LEAF, leader);
            }
        }
        ServerAddress last = request.session().lastServer();
        if (last != null && isUsable(request, last) && health.admit(last)) {
            return new RouteDecision.Use(last, RouteReason.LAST_SERVER);
        }
        return anyServer(request);
    }

    private RouteDecision anyServer(RouteRequest request) {
        List<ServerView> servers = request.tenant().servers();
        int start = Math.floorMod(turn.getAndIncrement(), Math.max(1, servers.size()));
        ServerAddress reserve = null;
        for (int i = 0; i < servers.size(); i++) {
            ServerView server = servers.get((start + i) % servers.size());
            if (request.excluded().contains(server.address())) {
                continue;
            }
            if (server.state().isServing()) {
                if (health.admit(server.address())) {
                    return new RouteDecision.Use(server.address(), RouteReason.TENANT_SERVER);
                }
                reserve = server.address();
            } else if (reserve == null) {
                reserve = server.address();
            }
        }
        return reserve != null
                ? new RouteDecision.Use(reserve, RouteReason.FORCED_ACCESS)
                : new RouteDecision.Refuse(
                        ErrorCode.SERVER_BUILD_CONNECTION_FAILED,
                        "no server of tenant " + request.tenant().tenant() + " in cluster "
                                + request.tenant().cluster() + " could be used; tried " + request.excluded());
    }

    private static boolean isUsable(RouteRequest request, ServerAddress server) {
        ServerView view = request.tenant().server(server);
        return view != null && view.state().isServing() && !request.excluded().contains(server);
    }

    @Override
    public void observed(RouteRequest request, RouteDecision.Use used, Observation observation) {
        TableKey key = tableOf(request);
        TableLocation location = key == null || observation == Observation.HIT ? null : locations.cached(key);
        if (location != null) {
            locations.missed(location, LocationSource.NO_LEAF, used.server());
        }
    }

    private static @Nullable TableKey tableOf(RouteRequest request) {
        RoutedStatement statement = request.statement();
        if (statement == null) {
            return null;
        }
        TableName table = statement.summary().table();
        if (table == null) {
            return null;
        }
        String named = table.database();
        String database = named == null || named.isEmpty() ? statement.database(request.session()) : named;
        if (database.isEmpty() || SYSTEM_DATABASES.contains(database.toLowerCase(Locale.ROOT))) {
            return null;
        }
        TenantView tenant = request.tenant();
        boolean exact = "0".equals(tenant.variables().globalValue("lower_case_table_names"));
        return new TableKey(
                tenant.cluster(),
                tenant.tenant(),
                exact ? database : database.toLowerCase(Locale.ROOT),
                exact ? table.name() : table.name().toLowerCase(Locale.ROOT));
    }
}
