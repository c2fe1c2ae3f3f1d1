package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.routing.RouteReason;
import com.oceanbase.odp.routing.TableLocation;

/**
 * The partition that a statement is routed by.
 *
 * @param table its table
 * @param leaf its index, {@link com.oceanbase.odp.routing.LocationSource#NO_LEAF} in a table of one partition
 * @param replicas where its copies are
 * @param reason why its leader is the right server
 */
record Target(TableLocation table, int leaf, ReplicaSet replicas, RouteReason reason) implements Finding {}
