package com.oceanbase.odp.routing;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches locations from their cluster. No method blocks its caller; a future may complete exceptionally, which is
 * taken as "could not be asked".
 */
public interface LocationLoader {
    /**
     * Fetches the location of a table and, if it is partitioned, its definition.
     *
     * @param known what was known before: if it is the same version of the table, its definition is not fetched and
     *     the same object is returned
     * @param force whether the server, too, must look again instead of answering from its own cache
     * @return {@link TableLocation.Unknown} if the cluster can't tell now
     */
    CompletableFuture<TableLocation> table(TableKey key, @Nullable TableLocation known, boolean force);

    /**
     * Fetches the locations of some partitions.
     *
     * @param leaves leaf indexes, at most {@link LeafLocations#CHUNK}
     * @return completes with null if the cluster can't tell now
     */
    CompletableFuture<@Nullable Partitions> partitions(TableLocation.Partitioned table, int[] leaves, boolean force);

    /** Fetches a routine. */
    CompletableFuture<Routine> routine(RoutineKey key);

    /** A leader of a tenant turned out to have moved: others may have, too. Called at most once a second for one change. */
    default void leaderMoved(String cluster, String tenant) {}

    /**
     * Locations of partitions.
     *
     * @param tableId id of the table that the server found by its name; 0 if it found none
     * @param schemaVersion its schema version
     * @param replicas by tablet or partition id; those that the server did not find are missing
     */
    record Partitions(long tableId, long schemaVersion, Map<Long, ReplicaSet> replicas) {
        /** Copies the map. */
        public Partitions {
            replicas = Map.copyOf(replicas);
        }
    }
}
