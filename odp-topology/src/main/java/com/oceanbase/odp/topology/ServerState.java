package com.oceanbase.odp.topology;

/**
 * State of a server as the cluster lists it, derived from {@code status}, {@code start_service_time} and
 * {@code stop_time} (original: src/obproxy/obutils/ob_server_state_processor.cpp:1304-1345).
 */
public enum ServerState {
    /** In service. */
    ACTIVE(true),
    /** Listed as active but not yet serving: it still replays its log. */
    REPLAY(false),
    /** Down. */
    INACTIVE(false),
    /** On its way out of the cluster; serves until it is gone. */
    DELETING(true),
    /** Stopped by the administrator ({@code ALTER SYSTEM STOP SERVER}), alone or with its zone. */
    STOPPED(false);

    private final boolean serving;

    ServerState(boolean serving) {
        this.serving = serving;
    }

    /** Whether a new statement may be sent there without need. */
    public boolean isServing() {
        return serving;
    }

    /**
     * State from the columns of one row of the server list; the first rule that matches counts.
     *
     * @param status text of the column {@code status}
     * @param inService whether {@code start_service_time} is set
     * @param stopped whether {@code stop_time} is set
     */
    public static ServerState of(String status, boolean inService, boolean stopped) {
        boolean active = status.equalsIgnoreCase("ACTIVE");
        if (stopped) {
            return STOPPED;
        }
        if (!inService) {
            return active ? REPLAY : INACTIVE;
        }
        if (active) {
            return ACTIVE;
        }
        return status.equalsIgnoreCase("DELETING") ? DELETING : INACTIVE;
    }
}
