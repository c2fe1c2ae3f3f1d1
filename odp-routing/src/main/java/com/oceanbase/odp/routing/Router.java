package com.oceanbase.odp.routing;

import com.oceanbase.odp.sql.StatementSummary;
import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/** Chooses servers. Thread-safe; never blocks and never throws for any statement. */
public interface Router {
    /**
     * The server of a request. A request whose session must stay on its server (open transaction, temporary table …)
     * is not asked about. Has one side effect: choosing a server that was blocked takes its trial.
     */
    RouteDecision route(RouteRequest request);

    /**
     * What the server of a request said about the choice: what led there is looked at again if it was wrong.
     *
     * @param request as it was routed; its literals and parameters do not matter any more
     * @param used the decision that it followed
     */
    void observed(RouteRequest request, RouteDecision.Use used, Observation observation);

    /**
     * Whether a request that its session binds to a server may go there: not if a comment ahead of the statement, or
     * else {@code target_db_server}, names others.
     */
    default boolean allows(@Nullable StatementSummary statement, ServerAddress bound) {
        return true;
    }

    /**
     * Whether the server must be told that the request is a weak read: the proxy alone made it one
     * ({@code enable_read_write_split}), and the server is not known to lead what it reads.
     *
     * @param used the decision for the request
     */
    default boolean mustSayWeak(RouteRequest request, RouteDecision.Use used) {
        return false;
    }

    /**
     * What the server must be told before a weak read so that this sees no older data than reads before it
     * ({@code ob_safe_weak_read_snapshot}); 0 for nothing, always so with servers that never tell of snapshots.
     *
     * @param used the decision for the request
     */
    default long snapshotToTell(RouteRequest request, RouteDecision.Use used) {
        return 0;
    }

    /**
     * A server told how new the data of a weak read were.
     *
     * @param missed it had other servers execute the read
     */
    default void snapshotSeen(String cluster, ServerAddress server, long snapshot, boolean missed) {}

    /** What the answer of a server tells about the choice. */
    enum Observation {
        /** The server is the leader of what the statement touched, or said nothing. */
        HIT,
        /** The server executed the statement with the help of others: {@code ob_proxy_partition_hit} was 0. */
        MISS,
        /** The server refused the statement as it is not the leader any more, or the leader is not known there. */
        NOT_LEADER,
        /** The server refused the statement as the definition of a table has changed, or the tenant is not there. */
        CHANGED,
        /** The server refused a weak read as its copy is too old. */
        STALE
    }
}
