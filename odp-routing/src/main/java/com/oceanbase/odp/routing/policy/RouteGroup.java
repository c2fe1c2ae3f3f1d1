package com.oceanbase.odp.routing.policy;

import org.jspecify.annotations.Nullable;

/**
 * Servers that a policy treats alike (original: src/obproxy/proxy/route/ob_ldc_struct.h:232-255). Written as letters: A
 * same IDC, B same region, C other region; N not merging, M merging; R read-only zone, W read-write zone, none either;
 * P holds a replica of the partition, T another server of the tenant; F follower, L leader, D duplicate replica, none
 * any.
 *
 * @param distance how far away
 * @param merging whether the zone is merging
 * @param readOnly kind of the zone, null for either
 * @param holder whether the server has a replica of the partition
 * @param role role of the replica, null for any
 */
record RouteGroup(
        Distance distance,
        boolean merging,
        @Nullable Boolean readOnly,
        boolean holder,
        @Nullable Role role) {
    /** How far a server is from this proxy. */
    enum Distance {
        SAME_IDC("LOCAL"),
        SAME_REGION("REGION"),
        OTHER_REGION("REMOTE");

        private final String suffix;

        Distance(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Role of a replica. */
    enum Role {
        FOLLOWER,
        LEADER,
        DUP
    }

    /** Reads the letters. */
    static RouteGroup parse(String letters) {
        Distance distance = Distance.values()["ABC".indexOf(letters.charAt(0))];
        boolean merging = letters.charAt(1) == 'M';
        int at = 2;
        Boolean readOnly = null;
        if (letters.charAt(at) == 'R' || letters.charAt(at) == 'W') {
            readOnly = letters.charAt(at) == 'R';
            at++;
        }
        boolean holder = letters.charAt(at++) == 'P';
        Role role = at == letters.length() ? null : Role.values()["FLD".indexOf(letters.charAt(at))];
        return new RouteGroup(distance, merging, readOnly, holder, role);
    }

    /** Whether a server with these traits is one of the group. */
    boolean matches(int traits) {
        return Traits.distance(traits) == distance
                && Traits.has(traits, Traits.MERGING) == merging
                && (readOnly == null || Traits.has(traits, Traits.READ_ONLY_ZONE) == readOnly)
                && Traits.has(traits, Traits.HOLDER) == holder
                && hasRole(traits);
    }

    private boolean hasRole(int traits) {
        return switch (role) {
            case null -> true;
            case FOLLOWER -> !Traits.has(traits, Traits.LEADER);
            case LEADER -> Traits.has(traits, Traits.LEADER);
            case DUP -> Traits.has(traits, Traits.DUPLICATE);
        };
    }

    /** Name of the group in diagnosis, as {@code ROUTE_TYPE_FOLLOWER_PARTITION_UNMERGE_LOCAL}. */
    String typeName() {
        StringBuilder name = new StringBuilder("ROUTE_TYPE_");
        if (role != null) {
            name.append(role).append('_');
        }
        name.append(holder ? "PARTITION_" : "NONPARTITION_");
        if (readOnly != null) {
            name.append(readOnly ? "READONLY_" : "READWRITE_");
        }
        return name.append(merging ? "MERGE_" : "UNMERGE_")
                .append(distance.suffix)
                .toString();
    }
}
