package com.oceanbase.odp.control.cluster;

import com.oceanbase.odp.routing.LogStreamLeaders;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.Set;

/** Learns which changes of a cluster make locations doubtful. Called by the cluster's workers. */
public interface ClusterChanges {
    /** A server has left the cluster or is out of service. */
    void onServerGone(String cluster, ServerAddress server);

    /** The locality of a tenant has changed. */
    void onLocalityChange(String cluster, String tenant);

    /** Names of the tenants whose leaders are worth a look. */
    Set<String> tenantsInUse(String cluster);

    /** Log streams of a tenant are led by other servers than when last looked at. */
    void onLeadersMoved(String cluster, String tenant, LogStreamLeaders before, LogStreamLeaders now);
}
