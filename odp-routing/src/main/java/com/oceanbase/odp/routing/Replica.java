package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;

/**
 * One copy of a partition.
 *
 * @param server where it is
 * @param leader whether it leads
 * @param type kind of copy
 * @param duplicate whether it is a copy of a duplicate (replicated) table that answers strong reads
 */
public record Replica(ServerAddress server, boolean leader, ReplicaType type, boolean duplicate) {
    /** A full copy of an ordinary table. */
    public Replica(ServerAddress server, boolean leader) {
        this(server, leader, ReplicaType.FULL, false);
    }
}
