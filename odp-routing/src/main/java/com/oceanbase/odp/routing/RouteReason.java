package com.oceanbase.odp.routing;

/** Why a server was chosen; for diagnosis and metrics. */
public enum RouteReason {
    /** {@code @obproxy_route_addr} names it. */
    ROUTE_ADDRESS("named by the session's @obproxy_route_addr"),
    /** {@code target_db_server}, in a comment or in the configuration, names it. */
    TARGET_SERVER("named by target_db_server"),
    /** {@code test_server_addr} names it. */
    TEST_SERVER("named by test_server_addr"),
    /** All leaders of the tenant are on it. */
    SINGLE_LEADER("the one server with all leaders of the tenant"),
    /** Leader of the one partition that the statement touches. */
    PARTITION_LEADER("leader of the partition"),
    /** Leader of the one partition of the statement's table. */
    TABLE_LEADER("leader of the table"),
    /** Leader of the one partition of a global index by which the statement finds its rows. */
    GLOBAL_INDEX("leader of the partition of a global index"),
    /** Leader of all partitions that the statement may touch. */
    COMMON_LEADER("leader of all partitions that the statement may touch"),
    /** Leader of more partitions that the statement may touch than any other server. */
    MOST_LEADERS("leader of most partitions that the statement may touch"),
    /** A replica in the order of the policy of weak reads. */
    WEAK_READ_REPLICA("replica for a weak read"),
    /** The leader serves a weak read, as no other copy can. */
    WEAK_READ_LEADER("leader, as no other replica can serve the weak read"),
    /** A replica of a table that every server has a readable copy of. */
    DUPLICATE_REPLICA("nearest copy of a duplicate table"),
    /** Not the leader, which cannot be used, but another replica. */
    OTHER_REPLICA("another replica, as the leader can't be used"),
    /** In the first of the tenant's primary zones. */
    PRIMARY_ZONE("primary zone of the tenant"),
    /** In the zones that the proxy is limited to. */
    PROXY_PRIMARY_ZONE("named by proxy_primary_zone_name"),
    /** The session's last server, as nothing ties the statement to another one. */
    LAST_SERVER("last server of the session"),
    /** Any server of the tenant, the nearest first. */
    TENANT_SERVER("any server of the tenant"),
    /** All servers are blocked or out of service; one is tried nevertheless. */
    FORCED_ACCESS("every server is blocked, forced access");

    private final String text;

    RouteReason(String text) {
        this.text = text;
    }

    /** Short English text. */
    public String text() {
        return text;
    }

    /** Whether the server was chosen as a leader, so that a server that says "not mine" proves the location wrong. */
    public boolean isLeader() {
        return switch (this) {
            case PARTITION_LEADER, TABLE_LEADER, GLOBAL_INDEX, COMMON_LEADER, SINGLE_LEADER -> true;
            default -> false;
        };
    }
}
