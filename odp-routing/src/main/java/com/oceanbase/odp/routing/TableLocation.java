package com.oceanbase.odp.routing;

import com.oceanbase.odp.topology.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cluster says about where a table is; immutable. */
public sealed interface TableLocation {
    /** The table asked for. */
    TableKey key();

    /**
     * A table of one partition.
     *
     * @param tableId id of the table
     * @param schemaVersion schema version, differs after a DDL
     * @param replicas copies of its partition, the leader first if there is one
     */
    record SinglePartition(TableKey key, long tableId, long schemaVersion, List<Replica> replicas)
            implements TableLocation {
        /** Copies the list. */
        public SinglePartition {
            replicas = List.copyOf(replicas);
        }

        /** Server of the leader, or null while the cluster knows none. */
        public @Nullable ServerAddress leader() {
            for (Replica replica : replicas) {
                if (replica.leader()) {
                    return replica.server();
                }
            }
            return null;
        }
    }

    /**
     * A table of several partitions.
     *
     * @param tableId id of the table
     * @param schemaVersion schema version, differs after a DDL
     * @param partitions number of physical partitions, more than 1
     */
    record Partitioned(TableKey key, long tableId, long schemaVersion, int partitions) implements TableLocation {}

    /** A view, virtual or temporary table: it exists but any server of the tenant will do. */
    record Anywhere(TableKey key) implements TableLocation {}

    /** No such table; remembered for a short time only. */
    record Absent(TableKey key) implements TableLocation {}
}
