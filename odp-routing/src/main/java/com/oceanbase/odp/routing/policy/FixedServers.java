package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.common.error.ErrorCode;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RouteRequest;
import com.oceanbase.odp.routing.RoutedStatement;
import com.oceanbase.odp.routing.trace.RouteInfo;
import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.topology.ServerAddress;
import com.oceanbase.odp.topology.ServerHealth;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Servers that somebody has named, so that nothing else matters (original: ob_mysql_transact.cpp:899-1360): the session
 * by {@code @obproxy_route_addr}, a comment ahead of the statement or the configuration by {@code target_db_server} or, for tests, {@code test_server_addr}.
 */
final class FixedServers {
    private final ServerHealth health;

    FixedServers(ServerHealth health) {
        this.health = health;
    }

    /** The decision; null when nobody has named a server. */
    @Nullable
    RouteDecision choose(RouteRequest request, RoutingRules rules) {
        ServerAddress named = request.session().preferences().routeAddress();
        if (named != null) {
            RouteNotes.rule(
                    request, RouteInfo.Type.USE_OBPROXY_ROUTE_ADDR, named, "the session has set @obproxy_route_addr");
            return request.excluded().contains(named)
                    ? refuse(request, "@obproxy_route_addr")
                    : new RouteDecision.Use(named, RouteReason.ROUTE_ADDRESS);
        }
        List<List<ServerAddress>> commented = inComment(request);
        if (!commented.isEmpty()) {
            ServerAddress target = best(request, rules, commented);
            RouteNotes.rule(
                    request, RouteInfo.Type.USE_COMMENT_TARGET_DB, target, "a comment names it as target_db_server");
            return byTarget(request, target, "target_db_server in a comment");
        }
        if (!rules.targetServers().isEmpty()) {
            ServerAddress target = best(request, rules, rules.targetServers());
            RouteNotes.rule(request, RouteInfo.Type.USE_CONFIG_TARGET_DB, target, "target_db_server is configured");
            return byTarget(request, target, "target_db_server");
        }
        if (rules.mode() == RoutingRules.Mode.MOCK && !rules.testServers().isEmpty()) {
            ServerAddress test = best(request, rules, List.of(rules.testServers()));
            RouteNotes.rule(request, RouteInfo.Type.USE_TEST_SVR_ADDR, test, "test_server_addr is configured");
            return test == null
                    ? refuse(request, "test_server_addr")
                    : new RouteDecision.Use(test, RouteReason.TEST_SERVER);
        }
        return null;
    }

    /** Whether a request that cannot choose may go to this server (original: ob_mysql_transact.cpp:1093-1098, 1335-1346). */
    static boolean allows(@Nullable StatementSummary statement, ServerAddress bound, RoutingRules rules) {
        String commented = statement == null ? null : statement.targetServers();
        List<List<ServerAddress>> named = commented == null ? List.of() : RoutingRules.serverGroups(commented);
        List<List<ServerAddress>> groups = named.isEmpty() ? rules.targetServers() : named;
        boolean allowed = groups.isEmpty();
        for (List<ServerAddress> group : groups) {
            allowed |= group.contains(bound);
        }
        return allowed;
    }

    private static List<List<ServerAddress>> inComment(RouteRequest request) {
        RoutedStatement statement = request.statement();
        String named = statement == null ? null : statement.summary().targetServers();
        return named == null ? List.of() : RoutingRules.serverGroups(named);
    }

    private static RouteDecision byTarget(RouteRequest request, @Nullable ServerAddress target, String source) {
        return target == null ? refuse(request, source) : new RouteDecision.Use(target, RouteReason.TARGET_SERVER);
    }

    /** The first group with a server that is not blocked gives one of these; else a blocked one is tried. Never the proxy itself. */
    private @Nullable ServerAddress best(RouteRequest request, RoutingRules rules, List<List<ServerAddress>> groups) {
        ServerAddress reserve = null;
        for (List<ServerAddress> group : groups) {
            int start = ThreadLocalRandom.current().nextInt(group.size());
            for (int i = 0; i < group.size(); i++) {
                ServerAddress server = group.get((start + i) % group.size());
                if (request.excluded().contains(server) || rules.own().contains(server)) {
                    continue;
                }
                boolean explaining = request.trace() != null && request.trace().isExplaining();
                if (explaining ? !health.isBlocked(server) : health.admit(server)) {
                    return server;
                }
                reserve = reserve == null ? server : reserve;
            }
        }
        return reserve;
    }

    private static RouteDecision refuse(RouteRequest request, String source) {
        return new RouteDecision.Refuse(
                ErrorCode.SERVER_BUILD_CONNECTION_FAILED,
                "no server named by " + source + " could be used; tried " + request.excluded());
    }
}
