package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The copies of a partition; immutable and shared by all partitions that have the same ones. */
public final class ReplicaSet {
    /** No copy is known: the cluster could not tell. */
    public static final ReplicaSet NONE = new ReplicaSet(List.of());

    private final List<Replica> replicas;
    private final @Nullable ServerAddress leader;
    private final boolean duplicate;
    private final int hash;

    /**
     * A set of these copies.
     *
     * @param replicas the leader first if there is one
     */
    public ReplicaSet(List<Replica> replicas) {
        this.replicas = List.copyOf(replicas);
        ServerAddress leading = null;
        boolean anyDuplicate = false;
        for (Replica replica : this.replicas) {
            leading = leading == null && replica.leader() ? replica.server() : leading;
            anyDuplicate |= replica.duplicate();
        }
        this.leader = leading;
        this.duplicate = anyDuplicate;
        this.hash = this.replicas.hashCode();
    }

    /** The copies, the leader first if there is one; log-only ones are among them. */
    public List<Replica> replicas() {
        return replicas;
    }

    /** Server of the leader, or null while the cluster knows none. */
    public @Nullable ServerAddress leader() {
        return leader;
    }

    /** Whether some copy answers strong reads of a duplicate table. */
    public boolean hasDuplicate() {
        return duplicate;
    }

    /** The copy on a server, or null. */
    public @Nullable Replica on(ServerAddress server) {
        for (Replica replica : replicas) {
            if (replica.server().equals(server)) {
                return replica;
            }
        }
        return null;
    }

    /** The same copies led by another server, which gets one if it had none. */
    public ReplicaSet ledBy(ServerAddress newLeader) {
        if (newLeader.equals(leader)) {
            return this;
        }
        List<Replica> changed = new ArrayList<>(replicas.size() + 1);
        Replica own = on(newLeader);
        changed.add(
                own == null ? new Replica(newLeader, true) : new Replica(newLeader, true, own.type(), own.duplicate()));
        for (Replica replica : replicas) {
            if (!replica.server().equals(newLeader)) {
                changed.add(new Replica(replica.server(), false, replica.type(), replica.duplicate()));
            }
        }
        return new ReplicaSet(changed);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof ReplicaSet set && hash == set.hash && replicas.equals(set.replicas);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return replicas.toString();
    }
}
