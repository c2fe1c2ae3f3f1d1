package com.oceanbase.odp.routing;

/** Why a server was chosen; for diagnosis and metrics. */
public enum RouteReason {
    /** Leader of the one partition of the statement's table. */
    TABLE_LEADER("leader of the table"),
    /** The session's last server, as nothing ties the statement to another one. */
    LAST_SERVER("last server of the session"),
    /** Next server of the tenant in turn. */
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
}
