package com.oceanbase.odp.routing;

import com.oceanbase.odp.routing.partition.Partition;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.sql.access.ViewDefinition;
import com.oceanbase.odp.topology.ServerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cluster says about where a table is. */
public sealed interface TableLocation {
    /** The table asked for. */
    TableKey key();

    /**
     * A table of one partition; immutable.
     *
     * @param kind kind of table
     * @param tableId id of the table
     * @param schemaVersion schema version, differs after a DDL
     * @param replicas copies of its partition
     */
    record SinglePartition(TableKey key, TableKind kind, long tableId, long schemaVersion, ReplicaSet replicas)
            implements TableLocation {
        /** An ordinary table. */
        public SinglePartition(TableKey key, long tableId, long schemaVersion, List<Replica> replicas) {
            this(key, TableKind.USER, tableId, schemaVersion, new ReplicaSet(replicas));
        }

        /** Server of the leader, or null while the cluster knows none. */
        public @Nullable ServerAddress leader() {
            return replicas.leader();
        }
    }

    /**
     * A table of several partitions. One object stands for one version of the table: as long as table id and schema
     * version stay the same, the object stays the same, so that what was worked out for it can be remembered by its
     * identity. The locations of its partitions change in place; {@link LocationSource#partition} reads them.
     */
    final class Partitioned implements TableLocation {
        private final TableKey key;
        private final Version version;
        private final @Nullable PartitionedTable definition;
        private final List<GlobalIndex> globalIndexes;
        private final LeafLocations leaves;

        /**
         * What tells one version of a table from another.
         *
         * @param kind kind of table
         * @param tableId id of the table
         * @param schemaVersion schema version, differs after a DDL
         * @param partitions number of physical partitions that the cluster tells
         */
        public record Version(TableKind kind, long tableId, long schemaVersion, int partitions) {}

        /** A table without locations of its partitions yet and without log streams. */
        public Partitioned(
                TableKey key,
                TableKind kind,
                long tableId,
                long schemaVersion,
                int partitions,
                @Nullable PartitionedTable definition) {
            this(key, new Version(kind, tableId, schemaVersion, partitions), definition);
        }

        /**
         * A table without locations of its partitions yet.
         *
         * @param definition how it is divided; null if the cluster could not tell
         * @param logStreams by leaf index of the definition, the log stream of each, -1 if not known; empty if none is
         *     known
         */
        public Partitioned(TableKey key, Version version, @Nullable PartitionedTable definition, int... logStreams) {
            this(key, version, definition, List.of(), logStreams);
        }

        /**
         * A table with global indexes, without locations of its partitions yet.
         *
         * @param globalIndexes those of them that may be used, the best first
         */
        public Partitioned(
                TableKey key,
                Version version,
                @Nullable PartitionedTable definition,
                List<GlobalIndex> globalIndexes,
                int... logStreams) {
            this.globalIndexes = List.copyOf(globalIndexes);
            this.key = key;
            this.version = version;
            this.definition = definition;
            long[] physicalIds = definition == null
                    ? new long[0]
                    : definition.leaves().stream()
                            .mapToLong(Partition::physicalId)
                            .toArray();
            this.leaves = new LeafLocations(physicalIds, logStreams);
        }

        @Override
        public TableKey key() {
            return key;
        }

        /** Kind of table. */
        public TableKind kind() {
            return version.kind();
        }

        /** Id of the table. */
        public long tableId() {
            return version.tableId();
        }

        /** Schema version, differs after a DDL. */
        public long schemaVersion() {
            return version.schemaVersion();
        }

        /** Number of physical partitions that the cluster tells. */
        public int partitions() {
            return version.partitions();
        }

        /** How it is divided; null if the cluster could not tell, then no partition can be calculated. */
        public @Nullable PartitionedTable definition() {
            return definition;
        }

        /** Global indexes that may be used, the best first. */
        public List<GlobalIndex> globalIndexes() {
            return globalIndexes;
        }

        /** Number of partitions whose locations can be asked for; 0 if the definition is not known. */
        public int leafCount() {
            return leaves.count();
        }

        /** Tablet id (version 4) or partition id (before) of a partition. */
        public long physicalId(int leaf) {
            return leaves.physicalId(leaf);
        }

        LeafLocations leaves() {
            return leaves;
        }

        @Override
        public String toString() {
            return key + " " + version;
        }
    }

    /**
     * A view whose query is known: what counts is where the tables of that are. One object stands for one version of
     * the view, as {@link Partitioned} does.
     */
    record View(TableKey key, ViewDefinition definition) implements TableLocation {}

    /** A virtual or temporary table, or a view of which nothing is known: it exists but any server of the tenant will do. */
    record Anywhere(TableKey key, TableKind kind) implements TableLocation {
        /** A table of whose kind nothing is known. */
        public Anywhere(TableKey key) {
            this(key, TableKind.OTHER);
        }
    }

    /** No such table; remembered for a short time only. */
    record Absent(TableKey key) implements TableLocation {}

    /** The cluster could not tell; remembered for a short time only. */
    record Unknown(TableKey key) implements TableLocation {}
}
