package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * The server has been checked against the block list.
 *
 * @param server the server, null when there is none
 * @param state what the list says
 * @param forced whether the server is used although it is blocked
 */
public record CongestionControl(@Nullable ServerAddress server, State state, boolean forced, String why)
        implements TracePoint {
    /** Entries of the block list. */
    public enum State {
        /** Nothing speaks against the server. */
        FREE(""),
        /** It failed too often. */
        ALIVE_CONGESTED("alive_congested"),
        /** The cluster says that it is stopped or gone. */
        DEAD_CONGESTED("dead_congested"),
        /** It did not answer when it was probed. */
        DETECT_CONGESTED("detect_congested"),
        /** It is in no list: it is no server of the cluster. */
        UNKNOWN_SERVER(""),
        /** Servers that are given by configuration or comment are not checked. */
        NOT_CHECKED("");

        private final String field;

        State(String field) {
            this.field = field;
        }
    }

    /** Bounds the texts. */
    public CongestionControl {
        why = Bounded.description(why);
    }

    /** A server that may be used. */
    public static CongestionControl free(ServerAddress server) {
        return new CongestionControl(server, State.FREE, false, "");
    }

    /** A server that is avoided. */
    public static CongestionControl blocked(ServerAddress server, State state, String why) {
        return new CongestionControl(server, state, false, why);
    }

    /** A server that is used because every other one is blocked, too. */
    public static CongestionControl forced(ServerAddress server, State state, String why) {
        return new CongestionControl(server, state, true, why);
    }

    @Override
    public String name() {
        return "CONGESTION_CONTROL";
    }

    @Override
    public int level() {
        return 1;
    }

    @Override
    public void fields(Fields out) {
        out.text("svr_addr", server == null ? "Invalid" : server.toString());
        out.flagIfSet("force_retry_congested", forced);
        if (!state.field.isEmpty()) {
            out.flag(state.field, true);
        } else if (state == State.UNKNOWN_SERVER) {
            out.flag("entry_exist", false);
        } else if (state == State.NOT_CHECKED) {
            out.flag("need_congestion_lookup", false);
        }
    }

    @Override
    public void prompts(Prompts out) {
        switch (state) {
            case UNKNOWN_SERVER ->
                out.warn("Will retry other replica because this replica(" + server
                        + ") does not exist in black/white list");
            case NOT_CHECKED -> out.info("This replica(" + server + ") does not need to pass congestion control");
            case ALIVE_CONGESTED, DEAD_CONGESTED, DETECT_CONGESTED ->
                out.warn(
                        forced
                                ? "Will force to use congested replica"
                                : "Will retry because this replica(" + server + ") is in black list");
            case FREE -> {}
        }
    }
}
