package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where the router gets locations from. Thread-safe; no method blocks. At most one fetch of a thing is in flight;
 * whoever asks meanwhile shares it.
 *
 * <p>A router looks with {@code cached}, {@code partition} and {@code routine}. Null means: ask with {@code request},
 * wait for its future a bounded time, then look again; the second look gives something, unless the wait was cut short.
 * What is remembered but stale is returned while it is fetched again; only what a server has just proved wrong is null
 * for the few milliseconds that its fetch takes.
 */
public interface LocationSource {
    /** Says that it is not known which partition was missed. */
    int NO_LEAF = -1;

    /**
     * Fetches a table unless it is known and fresh: its location and definition, and the locations of the first
     * partitions. The future completes on a control thread when the answer can be looked up, or has been found to be
     * unavailable now; never exceptionally. It is shared: callers that limit their wait copy it.
     */
    CompletableFuture<@Nullable Void> request(TableKey key);

    /**
     * Fetches the locations of these partitions unless they are known and fresh; as {@link #request(TableKey)}. Their
     * neighbours are fetched with them.
     *
     * @param leaves leaf indexes of the table's definition
     */
    CompletableFuture<@Nullable Void> request(TableLocation.Partitioned table, int... leaves);

    /** Fetches a routine unless it is known and fresh; as {@link #request(TableKey)}. */
    CompletableFuture<@Nullable Void> request(RoutineKey key);

    /** The remembered location of a table, or null. */
    @Nullable
    TableLocation cached(TableKey key);

    /** The same without a key object; the fastest look, for names that are remembered with their statement. */
    default @Nullable TableLocation cached(String cluster, String tenant, String database, String table) {
        return cached(new TableKey(cluster, tenant, database, table));
    }

    /**
     * The remembered copies of a partition, or null; {@link ReplicaSet#NONE} for a moment after the cluster could not
     * tell. Costs two array reads.
     */
    @Nullable
    ReplicaSet partition(TableLocation.Partitioned table, int leaf);

    /** The remembered routine, or null. */
    @Nullable
    Routine routine(RoutineKey key);

    /**
     * A server turned out not to lead: it executed a statement and said so, or could not be reached. What is remembered
     * is fetched again at once if the rate allows it, else when next looked at; other partitions that it leads are
     * doubted, too. Nothing happens if another leader is known meanwhile.
     *
     * @param table the location that led there
     * @param leaf the partition that led there; {@link #NO_LEAF} for a table of one partition, and when none was
     *     known: then the table's definition is looked at again
     * @param server the server that does not lead
     */
    void missed(TableLocation table, int leaf, ServerAddress server);

    /**
     * A server named the leader (rerouting). Changes what is remembered at once.
     *
     * @param leaf the partition, {@link #NO_LEAF} for a table of one
     */
    void leaderIs(TableLocation table, int leaf, ServerAddress leader);

    /** A server named the schema version of a table; if another one is remembered the table is fetched again. */
    void schemaVersionIs(TableKey key, long schemaVersion);

    /**
     * Something about the table was wrong, for example its definition after a DDL: it and all its partitions are
     * fetched again when next looked at, at a limited rate.
     */
    void markStale(TableKey key);

    /**
     * Whether what is remembered is as the cluster said, and no server has contradicted it since. Not for the data path.
     *
     * @param leaf a partition of the table, {@link #NO_LEAF} for the table itself
     */
    default boolean isFresh(TableLocation table, int leaf) {
        return true;
    }

    /** What is remembered, for people who look at it. */
    default LocationSurvey survey() {
        return LocationSurvey.EMPTY;
    }
}
