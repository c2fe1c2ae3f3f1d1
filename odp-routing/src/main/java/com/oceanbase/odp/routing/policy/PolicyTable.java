package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.SessionPreferences;
import org.jspecify.annotations.Nullable;

/** Which policy orders the servers (original: ob_mysql_transact.cpp:7627-7738), the first row that matches. */
final class PolicyTable {
    private PolicyTable() {}

    /**
     * The policy of a statement.
     *
     * @param weak a weak read
     * @param duplicate a strong read, without locks, of a table with duplicate replicas
     * @param readOnlyZone the tenant is in a zone that only serves reads
     * @param mayUseReadOnlyZone the statement may go there
     */
    static RoutingPolicy choose(
            boolean weak,
            boolean duplicate,
            boolean readOnlyZone,
            boolean mayUseReadOnlyZone,
            SessionPreferences session,
            RoutingRules rules) {
        if (duplicate) {
            return RoutingPolicy.DUP_REPLICA_FIRST;
        }
        if (readOnlyZone) {
            return weak ? ofSession(session) : withReadOnlyZone(mayUseReadOnlyZone, session);
        }
        if (weak) {
            RoutingPolicy wanted = weakReadPolicy(session, rules);
            if (wanted != null) {
                return wanted;
            }
        }
        if (rules.limitsZones()) {
            return RoutingPolicy.PROXY_PRIMARY_ZONE_NAME_ONLY;
        }
        boolean byPrimaryZone = !weak && rules.switches().primaryZone() && rules.mode() != RoutingRules.Mode.RANDOM;
        return byPrimaryZone ? RoutingPolicy.PRIMARY_ZONE_FIRST : RoutingPolicy.MERGE_IDC_ORDER;
    }

    private static RoutingPolicy withReadOnlyZone(boolean allowed, SessionPreferences session) {
        if (!allowed) {
            return RoutingPolicy.ONLY_READWRITE_ZONE;
        }
        return switch (session.consistency()) {
            case UNSET -> RoutingPolicy.MERGE_IDC_ORDER;
            case WEAK -> ofSession(session);
            case STRONG, FROZEN -> RoutingPolicy.ONLY_READWRITE_ZONE;
        };
    }

    private static RoutingPolicy ofSession(SessionPreferences session) {
        return switch (session.zonePreference()) {
            case MERGE_IDC_ORDER -> RoutingPolicy.MERGE_IDC_ORDER;
            case READONLY_ZONE_FIRST -> RoutingPolicy.READONLY_ZONE_FIRST;
            case ONLY_READONLY_ZONE -> RoutingPolicy.ONLY_READONLY_ZONE;
            case UNMERGE_ZONE_FIRST -> RoutingPolicy.UNMERGE_ZONE_FIRST;
        };
    }

    /** {@code @proxy_route_policy} of the session if it names a policy, else {@code proxy_route_policy}. */
    private static @Nullable RoutingPolicy weakReadPolicy(SessionPreferences session, RoutingRules rules) {
        String named = session.routePolicy();
        RoutingPolicy own = named == null ? null : RoutingPolicy.ofWeakReads(named);
        return own != null ? own : rules.weakReadPolicy();
    }
}
