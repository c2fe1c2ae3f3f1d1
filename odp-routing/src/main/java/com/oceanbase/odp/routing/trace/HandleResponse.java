package com.oceanbase.odp.routing.trace;

/**
 * A server has answered, or failed to.
 *
 * @param partitionHit whether the server did not say that another one has the partition
 * @param sendAction what had been sent
 * @param state what became of it
 * @param error error that the server answered with, as {@code 1062 Duplicate entry ..}; empty when there is none
 */
public record HandleResponse(boolean partitionHit, SendAction sendAction, State state, String error, String why)
        implements TracePoint {
    /** What is sent to a server; names of obproxy ob_mysql_transact.cpp. */
    public enum SendAction {
        SERVER_SEND_NONE,
        SERVER_SEND_LOGIN,
        SERVER_SEND_USE_DATABASE,
        SERVER_SEND_SESSION_VARS,
        SERVER_SEND_START_TRANS,
        SERVER_SEND_PREPARE,
        SERVER_SEND_TEXT_PS_PREPARE,
        SERVER_SEND_REQUEST
    }

    /** States of the connection and the answer; names of obproxy ob_mysql_transact.cpp. */
    public enum State {
        STATE_UNDEFINED,
        ACTIVE_TIMEOUT,
        RESPONSE_ERROR,
        CONNECTION_ALIVE,
        CONNECTION_CLOSED,
        CONNECTION_ERROR,
        CONNECT_ERROR,
        INACTIVE_TIMEOUT,
        ANALYZE_ERROR,
        CMD_COMPLETE,
        TRANSACTION_COMPLETE,
        DEAD_CONGESTED,
        ALIVE_CONGESTED,
        DETECT_CONGESTED,
        INTERNAL_ERROR
    }

    /** Bounds the texts. */
    public HandleResponse {
        error = Bounded.field(error);
        why = Bounded.description(why);
    }

    @Override
    public String name() {
        return "HANDLE_RESPONSE";
    }

    @Override
    public int level() {
        return 1;
    }

    @Override
    public void fields(Fields out) {
        out.text("is_partition_hit", Boolean.toString(partitionHit));
        out.text("send_action", sendAction.name());
        out.text("state", state.name());
        out.textIfAny("error", error);
    }

    @Override
    public void prompts(Prompts out) {
        if (state == State.RESPONSE_ERROR) {
            out.info("OBServer responds with an error code. Please check the manual");
        }
    }
}
