package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * A replica has been chosen by policy.
 *
 * @param policy name of the policy in force, as {@code PRIMARY_ZONE_FIRST}; empty when none is
 * @param effectivePolicy name of the policy that is used in its place, maybe one of the {@code _OPTIMIZED}; empty for a
 *     leader that was found without asking a policy
 * @param server the server, null when none was found
 * @param routeType name of the kind of route, as {@code ROUTE_TYPE_LEADER}; empty when there is none
 * @param replica the replica there, null for a leader route or when none was found
 * @param basis what the policy comes from
 * @param primaryZone primary zone that was used, empty when none was
 * @param consistency consistency of this read, {@code STRONG} or {@code WEAK}; empty when it does not matter
 * @param sessionConsistency consistency that the session asks for
 * @param idcName IDC of this proxy, empty when it is not configured
 */
public record RoutePolicy(
        String policy,
        String effectivePolicy,
        @Nullable ServerAddress server,
        String routeType,
        @Nullable Candidate replica,
        Basis basis,
        String primaryZone,
        String consistency,
        String sessionConsistency,
        String idcName,
        String why)
        implements TracePoint {
    /** Name of the kind of route to the leader of a partition. */
    public static final String LEADER_ROUTE = "ROUTE_TYPE_LEADER";

    private static final String TYPE_PREFIX = "ROUTE_TYPE_";

    /** What the choice comes from. */
    public enum Basis {
        LEADER,
        PROXY_PRIMARY_ZONE,
        TENANT_PRIMARY_ZONE,
        /** {@code proxy_route_policy} of the proxy. */
        PROXY_POLICY,
        /** The policy when nothing is configured. */
        DEFAULT_POLICY,
        /** {@code ob_route_policy} of the session, used when there are read-only zones. */
        SESSION_POLICY,
        /** There is a read-only zone, and the statement may not go there. */
        READWRITE_ZONE_ONLY,
        /** Replicas of a duplicated table that are good for strong reads. */
        DUPLICATED_TABLE
    }

    /**
     * A replica.
     *
     * @param idcType {@code SAME_IDC}, {@code SAME_REGION} or {@code OTHER_REGION}
     * @param zoneType as {@code ReadWrite}
     * @param role {@code LEADER} or {@code FOLLOWER}
     * @param replicaType as {@code FULL}
     * @param duplicated whether it is good for strong reads of a duplicated table
     * @param merging whether its zone is merging
     * @param partitionServer whether it has the partition, as opposed to any server of the tenant
     * @param forced whether it is used although it is blocked
     */
    public record Candidate(
            String idcType,
            String zoneType,
            String role,
            String replicaType,
            boolean duplicated,
            boolean merging,
            boolean partitionServer,
            boolean forced) {}

    /** Bounds the texts. */
    public RoutePolicy {
        primaryZone = Bounded.field(primaryZone);
        why = Bounded.description(why);
    }

    /** The leader of the partition. */
    public static RoutePolicy leader(String policy, ServerAddress leader, String consistency, String why) {
        return new RoutePolicy(policy, "", leader, LEADER_ROUTE, null, Basis.LEADER, "", consistency, "", "", why);
    }

    /** No replica was found, or none was looked for. */
    public static RoutePolicy none(String policy, String idcName, String why) {
        return new RoutePolicy(policy, "", null, "", null, Basis.DEFAULT_POLICY, "", "", "", idcName, why);
    }

    private boolean isLeaderRoute() {
        return routeType.equals(LEADER_ROUTE);
    }

    @Override
    public String name() {
        return "ROUTE_POLICY";
    }

    @Override
    public int level() {
        return 1;
    }

    @Override
    public void fields(Fields out) {
        out.text("route_policy", effectivePolicy);
        if (isLeaderRoute()) {
            out.text("chosen_route_type", routeType);
            return;
        }
        if (server == null || replica == null) {
            out.text("chosen_server", server == null ? "Invalid" : server.toString());
            return;
        }
        out.text("replica", server.toString());
        out.text("idc_type", replica.idcType());
        out.text("zone_type", replica.zoneType());
        out.text("role", replica.role());
        out.text("type", replica.replicaType());
        out.flagIfSet("is_dup_replica", replica.duplicated());
        out.flagIfSet("is_merging", replica.merging());
        out.flagIfSet("is_partition_server", replica.partitionServer());
        out.flagIfSet("is_force_congested", replica.forced());
        if (basis == Basis.PROXY_PRIMARY_ZONE) {
            out.textIfAny("proxy_primary_zone", primaryZone);
        }
        out.text("chosen_route_type", routeType);
        if (basis == Basis.TENANT_PRIMARY_ZONE) {
            out.textIfAny("tenant_primary_zone", primaryZone);
        }
        if (basis != Basis.PROXY_PRIMARY_ZONE && basis != Basis.TENANT_PRIMARY_ZONE) {
            out.textIfAny("trans_consistency", consistency);
            out.textIfAny("session_consistency", sessionConsistency);
            out.textIfAny("proxy_idc_name", idcName);
        }
    }

    @Override
    public void prompts(Prompts out) {
        if (isLeaderRoute()) {
            out.info("Will route to table's partition leader replica(" + server + ") using "
                    + (policy.isEmpty() ? "non route policy" : "route policy " + policy)
                    + " because query for " + consistency + " read");
            return;
        }
        if (idcName.isEmpty()) {
            out.info(
                    "All OBServers are treated as the SAME_IDC with OBProxy because 'proxy_idc_name' is not configured");
        }
        if (server == null) {
            return;
        }
        if (basis == Basis.DUPLICATED_TABLE) {
            out.info("Strong read duplicated table using route policy " + policy);
        }
        String type = routeType.startsWith(TYPE_PREFIX) ? routeType.substring(TYPE_PREFIX.length()) : routeType;
        out.info("Will route to routing type(" + type + ") matched replica(" + server + ") using " + source());
    }

    private String source() {
        return switch (basis) {
            case PROXY_PRIMARY_ZONE -> "proxy primary zone(" + primaryZone + ") and route policy " + policy;
            case TENANT_PRIMARY_ZONE -> "tenant primary zone(" + primaryZone + ") and route policy " + policy;
            case PROXY_POLICY -> "proxy route policy " + policy + readReason();
            case DEFAULT_POLICY -> "default route policy " + policy + readReason();
            case SESSION_POLICY ->
                "session route policy " + policy + " because READONLY zone exists and query for " + consistency
                        + " read";
            case READWRITE_ZONE_ONLY ->
                "default route policy " + policy
                        + " because READONLY zone exists but query does not support to be routed to it";
            case LEADER, DUPLICATED_TABLE -> "route policy " + policy + readReason();
        };
    }

    private String readReason() {
        return consistency.isEmpty() ? "" : " because query for " + consistency + " read";
    }
}
