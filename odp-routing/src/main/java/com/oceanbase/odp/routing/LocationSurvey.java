package com.oceanbase.odp.routing;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of locations, for people who look at it. Thread-safe; reads without stopping anybody, so entries
 * may change while they are gone through.
 */
public interface LocationSurvey {
    /** A cache that remembers nothing. */
    LocationSurvey EMPTY = new LocationSurvey() {
        @Override
        public void tables(Consumer<Entry<TableLocation>> each) {
            // Nothing is remembered.
        }

        @Override
        public void partitions(Consumer<Leaf> each) {
            // Nothing is remembered.
        }

        @Override
        public void routines(Consumer<Entry<Routine>> each) {
            // Nothing is remembered.
        }
    };

    /** How far an entry is, in the words of the original (src/obproxy/proxy/route/ob_route_struct.cpp:197-225). */
    enum State {
        /** Fetched for the first time. */
        BUILDING,
        /** In use. */
        AVAIL,
        /** In use, to be fetched again. */
        DIRTY,
        /** In use, being fetched again. */
        UPDATING
    }

    /**
     * Ages of an entry.
     *
     * @param createdAgo nanoseconds since it was first asked for
     * @param answeredAgo nanoseconds since the last answer of the cluster
     * @param expiresIn nanoseconds until it expires, null if it does not
     */
    record Ages(long createdAgo, long answeredAgo, @Nullable Long expiresIn) {}

    /**
     * A table or routine.
     *
     * @param value what the cluster said; null while the first answer is awaited
     * @param <V> kind of value
     */
    record Entry<V>(LocationKey key, @Nullable V value, State state, Ages ages) {}

    /**
     * A partition of a table of several ones, whose location has been fetched.
     *
     * @param leaf its index in the table's definition
     */
    record Leaf(TableLocation.Partitioned table, int leaf, ReplicaSet replicas, State state, Ages ages) {}

    /** Goes through the tables; those that do not exist are left out. */
    void tables(Consumer<Entry<TableLocation>> each);

    /** Goes through the partitions of tables of several ones. */
    void partitions(Consumer<Leaf> each);

    /** Goes through the routines; those that do not exist are left out. */
    void routines(Consumer<Entry<Routine>> each);
}
