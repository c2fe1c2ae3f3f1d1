package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.topology.ServerAddress;

/** Learns which changes of a cluster make locations doubtful. Called by the cluster's worker. */
public interface ClusterChanges {
    /** A server has left the cluster or is out of service. */
    void onServerGone(String cluster, ServerAddress server);

    /** The locality of a tenant has changed. */
    void onLocalityChange(String cluster, String tenant);
}
