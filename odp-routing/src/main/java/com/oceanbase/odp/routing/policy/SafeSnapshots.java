package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.Replica;
import com.oceanbase.odp.routing.ReplicaSet;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How new the data were that weak reads have seen, so that none sees older ones than a read before it
 * ({@code enable_causal_order_read}). Only servers that agree on safe weak reads tell; of others nothing is known here and nothing is
 * done. Thread-safe. Original: ObMysqlSM::update_safe_read_snapshot, ObMysqlTransact::check_safe_read_snapshot.
 */
final class SafeSnapshots {
    private final Map<String, Cluster> clusters = new ConcurrentHashMap<>();

    /** What is known of one cluster; {@code floor} was seen by way of servers that are not known. */
    private static final class Cluster {
        private final Map<ServerAddress, Long> servers = new ConcurrentHashMap<>();
        private final AtomicLong floor = new AtomicLong();

        long of(ServerAddress server) {
            return servers.getOrDefault(server, 0L);
        }
    }

    /** Whether no server has told anything, which is the usual case. */
    boolean isEmpty() {
        return clusters.isEmpty();
    }

    /**
     * A server told how new the data of a weak read were.
     *
     * @param missed it had other servers execute the read, so that all must be as new from now on
     */
    void seen(String cluster, ServerAddress server, long snapshot, boolean missed) {
        Cluster known = clusters.computeIfAbsent(cluster, name -> new Cluster());
        known.servers.merge(server, snapshot, Math::max);
        if (missed) {
            known.floor.accumulateAndGet(snapshot, Math::max);
        }
    }

    /** How new the data of a server are known to be; 0 if nothing is. */
    long of(String cluster, ServerAddress server) {
        Cluster known = clusters.get(cluster);
        return known == null ? 0 : known.of(server);
    }

    /**
     * The snapshot that a server has to be told before a weak read; 0 if it is known to be new enough.
     *
     * @param replicas copies of what is read; null for all servers of the cluster
     */
    long owed(String cluster, ServerAddress server, @Nullable ReplicaSet replicas) {
        Cluster known = clusters.get(cluster);
        if (known == null) {
            return 0;
        }
        long wanted = known.floor.get();
        if (replicas == null) {
            for (long snapshot : known.servers.values()) {
                wanted = Math.max(wanted, snapshot);
            }
        } else {
            for (Replica replica : replicas.replicas()) {
                wanted = Math.max(wanted, known.of(replica.server()));
            }
        }
        return known.of(server) < wanted ? wanted : 0;
    }
}
