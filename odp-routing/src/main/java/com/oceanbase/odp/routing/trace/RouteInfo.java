package com.oceanbase.odp.routing.trace;

import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * By which rule of the decision table the server is found.
 *
 * @param server the server, null when a later stage finds it
 * @param inTransaction whether an open transaction is the reason
 * @param dependentFunction whether the statement asks for something that the last statement left on its server
 * @param transactionSpecified whether a session temporary table is the reason
 */
public record RouteInfo(
        Type type,
        @Nullable ServerAddress server,
        boolean inTransaction,
        boolean dependentFunction,
        boolean transactionSpecified,
        String why)
        implements TracePoint {
    /** Rules. */
    public enum Type {
        USE_GLOBAL_INDEX,
        USE_OBPROXY_ROUTE_ADDR,
        USE_CURSOR,
        USE_PIECES_DATA,
        USE_CONFIG_TARGET_DB,
        USE_COMMENT_TARGET_DB,
        USE_TEST_SVR_ADDR,
        USE_LAST_SESSION,
        USE_LOCK_SESSION,
        USE_CACHED_SESSION,
        USE_SINGLE_LEADER,
        USE_PARTITION_LOCATION_LOOKUP,
        USE_COORDINATOR_SESSION,
        USE_ROUTE_POLICY
    }

    /** Bounds the texts. */
    public RouteInfo {
        why = Bounded.description(why);
    }

    /** A rule that names a server, or with null one that leaves it to a later stage. */
    public static RouteInfo of(Type type, @Nullable ServerAddress server, String why) {
        return new RouteInfo(type, server, false, false, false, why);
    }

    @Override
    public String name() {
        return "ROUTE_INFO";
    }

    @Override
    public int level() {
        return 1;
    }

    @Override
    public void fields(Fields out) {
        out.text("route_info_type", type.name());
        if (server != null) {
            out.text("svr_addr", server.toString());
        }
        out.flagIfSet("in_transaction", inTransaction);
        out.flagIfSet("depent_func", dependentFunction);
        out.flagIfSet("trans_specified", transactionSpecified);
    }

    @Override
    public void prompts(Prompts out) {
        if (server == null && namesServer()) {
            out.warn("Unexpected invalid server addr");
            return;
        }
        String text = promptText(String.valueOf(server));
        if (!text.isEmpty()) {
            out.info(text);
        }
    }

    private boolean namesServer() {
        return switch (type) {
            case USE_CURSOR,
                    USE_PIECES_DATA,
                    USE_COMMENT_TARGET_DB,
                    USE_CONFIG_TARGET_DB,
                    USE_LAST_SESSION,
                    USE_COORDINATOR_SESSION,
                    USE_CACHED_SESSION,
                    USE_SINGLE_LEADER -> true;
            default -> false;
        };
    }

    private String promptText(String at) {
        return switch (type) {
            case USE_CURSOR, USE_PIECES_DATA ->
                "Will route to starting server(" + at + ") because of streaming data transfer";
            case USE_CONFIG_TARGET_DB, USE_COMMENT_TARGET_DB -> "Will route to target db server(" + at + ")";
            case USE_PARTITION_LOCATION_LOOKUP ->
                "Will do table partition location lookup to decide which OBServer to route to";
            case USE_ROUTE_POLICY -> "Will use route policy to decide which OBServer to route to";
            case USE_GLOBAL_INDEX -> "Will use global index table name as real table name to route";
            case USE_TEST_SVR_ADDR -> "Do NOT use deprecated feature test_server_addr";
            case USE_COORDINATOR_SESSION ->
                "Will route to transaction coordinator(" + at + ") because "
                        + (transactionSpecified
                                ? "current query is for a session temporary table but the last session is not the"
                                        + " coordinator's"
                                : "current query cannot be freely routed");
            case USE_LAST_SESSION -> "Will route to last connected server(" + at + ")" + lastSessionReason();
            case USE_CACHED_SESSION -> "Will route to cached connected server(" + at + ")";
            case USE_SINGLE_LEADER -> "Will route to tenant's single leader node(" + at + ")";
            case USE_OBPROXY_ROUTE_ADDR, USE_LOCK_SESSION -> "";
        };
    }

    private String lastSessionReason() {
        if (dependentFunction) {
            return " because found_rows(), row_count(), connection_id(), show warnings, show errors, show trace and"
                    + " their kind depend on the session of the last query";
        }
        if (transactionSpecified) {
            return " because query is for a session temporary table";
        }
        return inTransaction ? " because current query in transaction" : "";
    }
}
