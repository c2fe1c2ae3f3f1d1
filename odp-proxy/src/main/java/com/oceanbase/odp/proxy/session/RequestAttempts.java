package com.oceanbase.odp.proxy.session;

import com.oceanbase.odp.protocol.packet.ErrPacket;
import com.oceanbase.odp.routing.trace.HandleResponse.SendAction;
import com.oceanbase.odp.routing.trace.HandleResponse.State;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which servers the last request of a session was tried on, and what came of it: SHOW PROXYTRACE. Kept only if
 * {@code enable_trace_stats} was on when the client connected. Event loop confined.
 */
public final class RequestAttempts {
    private static final RequestAttempts NONE = new RequestAttempts(false);

    private final boolean enabled;
    private final List<Attempt> attempts = new ArrayList<>(0);
    private @Nullable ServerAddress inUse;
    private long since;

    /**
     * An attempt.
     *
     * @param error the server's error, empty for none
     * @param micros how long it took, microseconds
     */
    public record Attempt(ServerAddress server, State state, SendAction action, String error, long micros) {}

    /** For a session; one that keeps nothing is the same for all. */
    static RequestAttempts of(boolean enabled) {
        return enabled ? new RequestAttempts(true) : NONE;
    }

    private RequestAttempts(boolean enabled) {
        this.enabled = enabled;
    }

    /** A new request. */
    void begin() {
        if (enabled) {
            attempts.clear();
            inUse = null;
            since = System.nanoTime();
        }
    }

    /** There is a connection to this server. */
    void use(ServerAddress server) {
        if (enabled) {
            inUse = server;
        }
    }

    /** The server failed the request, which may be tried on another one. */
    void failed(ServerAddress server, ErrPacket error) {
        if (enabled) {
            boolean refused = RetryRules.isElsewhere(error.errno(), null);
            State lost = server.equals(inUse) ? State.CONNECTION_CLOSED : State.CONNECT_ERROR;
            SendAction action = server.equals(inUse) ? SendAction.SERVER_SEND_REQUEST : SendAction.SERVER_SEND_LOGIN;
            add(server, refused ? State.RESPONSE_ERROR : lost, action, error.errno() + " " + error.message());
        }
    }

    /** The server answered to the end. */
    void answered(ServerAddress server, boolean success, boolean inTransaction) {
        if (enabled) {
            State good = inTransaction ? State.CMD_COMPLETE : State.TRANSACTION_COMPLETE;
            add(server, success ? good : State.RESPONSE_ERROR, SendAction.SERVER_SEND_REQUEST, "");
        }
    }

    private void add(ServerAddress server, State state, SendAction action, String error) {
        long now = System.nanoTime();
        attempts.add(new Attempt(server, state, action, error, TimeUnit.NANOSECONDS.toMicros(now - since)));
        since = now;
        inUse = null;
    }

    /** Attempts at the last request, in their order. */
    public List<Attempt> all() {
        return List.copyOf(attempts);
    }
}
