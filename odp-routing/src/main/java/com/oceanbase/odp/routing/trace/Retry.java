package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Another server is tried, or not.
 *
 * @param type where the next server comes from
 * @param server the next server, null when it has still to be found
 * @param attempts number of the attempt that follows, from 2
 */
public record Retry(Status status, Type type, @Nullable ServerAddress server, int attempts, String why)
        implements TracePoint {
    /** Whether the next server is known. */
    public enum Status {
        FOUND_EXISTING_ADDR,
        NOT_FOUND_EXISTING_ADDR,
        NO_NEED_RETRY
    }

    /** Sources of the next server. */
    public enum Type {
        CMNT_TARGET_DB_SERVER,
        CONF_TARGET_DB_SERVER,
        PARTITION_LOCATION_LOOKUP,
        REROUTE,
        NOT_RETRY
    }

    /** Bounds the texts. */
    public Retry {
        why = Bounded.description(why);
    }

    /** The next server is known. */
    public static Retry at(Type type, ServerAddress server, int attempts, String why) {
        return new Retry(Status.FOUND_EXISTING_ADDR, type, server, attempts, why);
    }

    /** The next server has still to be found. */
    public static Retry unknown(int attempts, String why) {
        return new Retry(Status.NOT_FOUND_EXISTING_ADDR, Type.NOT_RETRY, null, attempts, why);
    }

    /** There is no further attempt. */
    public static Retry none(String why) {
        return new Retry(Status.NO_NEED_RETRY, Type.NOT_RETRY, null, 0, why);
    }

    @Override
    public String name() {
        return "RETRY";
    }

    @Override
    public int level() {
        return 1;
    }

    @Override
    public void fields(Fields out) {
        out.text("retry_status", status.name());
        out.text("retry_type", type.name());
        if (server != null) {
            out.text("retry_addr", server.toString());
        }
        if (status != Status.NO_NEED_RETRY) {
            out.number("attempts", attempts);
        }
    }
}
