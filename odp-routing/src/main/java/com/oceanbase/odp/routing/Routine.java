package com.oceanbase.odp.routing;

/**
 * What the cluster says about a routine.
 *
 * @param key the routine asked for
 * @param state whether it exists
 * @param id id of the routine, 0 unless it was found
 * @param schemaVersion differs after it was replaced
 * @param database database that it is in
 * @param routeSql its first statement with parameters written {@code :0} to {@code :n-1}; empty if any server will do
 */
public record Routine(RoutineKey key, State state, long id, long schemaVersion, String database, String routeSql) {
    /** What came of asking. */
    public enum State {
        /** It exists. */
        FOUND,
        /** There is none of this name; remembered for a short time only. */
        ABSENT,
        /** The cluster could not tell; asked again after a short time. */
        UNKNOWN
    }

    /** A routine that does not exist. */
    public static Routine absent(RoutineKey key) {
        return new Routine(key, State.ABSENT, 0, 0, key.database(), "");
    }

    /** A routine that could not be asked for. */
    public static Routine unknown(RoutineKey key) {
        return new Routine(key, State.UNKNOWN, 0, 0, key.database(), "");
    }
}
