package com.oceanbase.odp.routing.policy;

/** What of a server decides its place in the order of a policy, packed into the low bits of an int. */
final class Traits {
    /** Number of combinations. */
    static final int COUNT = 128;

    static final int MERGING = 1 << 2;
    static final int READ_ONLY_ZONE = 1 << 3;
    static final int HOLDER = 1 << 4;
    static final int LEADER = 1 << 5;
    static final int DUPLICATE = 1 << 6;

    private static final int DISTANCE_MASK = 3;
    private static final RouteGroup.Distance[] DISTANCES = RouteGroup.Distance.values();

    private Traits() {}

    /** Traits of a server at this distance and nothing else. */
    static int at(RouteGroup.Distance distance) {
        return distance.ordinal();
    }

    static boolean has(int traits, int bit) {
        return (traits & bit) != 0;
    }

    /** The distance; the unused fourth value is the farthest. */
    static RouteGroup.Distance distance(int traits) {
        return DISTANCES[Math.min(traits & DISTANCE_MASK, DISTANCES.length - 1)];
    }
}
