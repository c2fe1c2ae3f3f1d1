package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteDecision;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.RoutedPartition;
import com.oceanbase.odp.routing.TableLocation;
import com.oceanbase.odp.topology.ServerAddress;
import org.jspecify.annotations.Nullable;

/** The partition that a statement is routed by. Immutable. */
final class Target implements Finding {
    private final RoutedPartition partition;
    private final ReplicaSet replicas;
    private final RouteReason reason;
    private final RouteDecision.@Nullable Use leaderUse;

    /**
     * A target.
     *
     * @param leaf index of the partition, {@link com.oceanbase.odp.routing.LocationSource#NO_LEAF} in a table of one
     * @param replicas where its copies are
     * @param reason why its leader is the right server
     */
    Target(TableLocation table, int leaf, ReplicaSet replicas, RouteReason reason) {
        this.partition = new RoutedPartition(table, leaf);
        this.replicas = replicas;
        this.reason = reason;
        ServerAddress leader = replicas.leader();
        this.leaderUse = leader == null ? null : new RouteDecision.Use(leader, reason, partition);
    }

    /** The same partition for another reason. */
    Target as(RouteReason other) {
        return new Target(partition.table(), partition.leaf(), replicas, other);
    }

    /** Whether it was made of these. */
    boolean isOf(TableLocation table, int leaf, ReplicaSet known, RouteReason why) {
        return partition.table() == table && partition.leaf() == leaf && replicas == known && reason == why;
    }

    RoutedPartition partition() {
        return partition;
    }

    ReplicaSet replicas() {
        return replicas;
    }

    RouteReason reason() {
        return reason;
    }

    /** The decision for the leader; null while none is known. */
    RouteDecision.@Nullable Use leaderUse() {
        return leaderUse;
    }
}
