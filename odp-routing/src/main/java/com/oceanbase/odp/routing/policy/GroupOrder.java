package com.oceanbase.odp.routing.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Groups in an order, with the place of every combination of {@link Traits} worked out. */
final class GroupOrder {
    /** Place of a server that is in no group. */
    static final int NOWHERE = Byte.MAX_VALUE;

    /** All servers are equal. */
    static final GroupOrder EQUAL = new GroupOrder(List.of(), 0);

    private final List<RouteGroup> groups;
    private final byte[] places = new byte[Traits.COUNT];

    private GroupOrder(List<RouteGroup> groups, int otherwise) {
        this.groups = List.copyOf(groups);
        for (int traits = 0; traits < Traits.COUNT; traits++) {
            places[traits] = (byte) firstMatch(traits, otherwise);
        }
    }

    private int firstMatch(int traits, int otherwise) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).matches(traits)) {
                return i;
            }
        }
        return otherwise;
    }

    /** Reads groups separated by blanks. */
    static GroupOrder parse(String text) {
        return new GroupOrder(
                Arrays.stream(text.split(" ")).map(RouteGroup::parse).toList(), NOWHERE);
    }

    /** The same with all holders of a replica before all other servers. */
    GroupOrder withReplicasElsewhereFirst() {
        List<RouteGroup> sorted = new ArrayList<>();
        groups.stream().filter(RouteGroup::holder).forEach(sorted::add);
        groups.stream().filter(group -> !group.holder()).forEach(sorted::add);
        return new GroupOrder(sorted, NOWHERE);
    }

    /** Place of a server in the order, the smaller the better; {@link #NOWHERE} if the policy excludes it. */
    int place(int traits) {
        return places[traits];
    }

    /** The group at a place. */
    RouteGroup group(int place) {
        return groups.get(place);
    }

    List<RouteGroup> groups() {
        return groups;
    }
}
