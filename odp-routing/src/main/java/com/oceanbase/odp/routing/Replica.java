package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;

/** One copy of a partition: where it is and whether it is the leader. */
public record Replica(ServerAddress server, boolean leader) {}
