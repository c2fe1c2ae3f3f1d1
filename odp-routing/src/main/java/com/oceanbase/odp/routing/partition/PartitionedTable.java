package com.oceanbase.odp.routing.partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A partitioned table's definition as far as it decides where rows are. Immutable; one object for each schema version. What has rows of its own is
 * called leaf: a partition of a table with one level, a sub-partition of one with two. Leaves are numbered from 0 in the order of the
 * partitions.
 */
public final class PartitionedTable {
    private final String database;
    private final String name;
    private final long tableId;
    private final long schemaVersion;
    private final boolean oracleMode;
    private final List<TableColumn> columns;
    private final PartitionLevel first;
    private final @Nullable PartitionLevel second;
    private final List<Partition> partitions;
    private final int[] firstLeaf;
    private final List<Partition> leaves;
    private final PartitionSet[] single;
    private final PartitionSet all;
    private final List<ColumnType> domainTypes;

    /** Made when first needed, which is rare: the names of many partitions take much memory. */
    private volatile @Nullable Map<String, PartitionSet> byName;

    /** Identity of a table. */
    public record Identity(String database, String name, long tableId, long schemaVersion, boolean oracleMode) {}

    /**
     * Describes a table.
     *
     * @param columns what is known of its columns: at least those of the partition keys
     * @param second how partitions are divided, null if they are not
     * @param partitions in the order of the server's index; with at least one sub-partition each if there is a second level
     * @throws IllegalArgumentException if the parts do not fit
     */
    public PartitionedTable(
            Identity identity,
            List<TableColumn> columns,
            PartitionLevel first,
            @Nullable PartitionLevel second,
            List<Partition> partitions) {
        this.database = identity.database();
        this.name = identity.name();
        this.tableId = identity.tableId();
        this.schemaVersion = identity.schemaVersion();
        this.oracleMode = identity.oracleMode();
        this.columns = List.copyOf(columns);
        this.first = first;
        this.second = second;
        this.partitions = List.copyOf(partitions);
        this.firstLeaf = new int[partitions.size() + 1];
        List<Partition> found = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            firstLeaf[i] = found.size();
            Partition partition = partitions.get(i);
            if (second == null) {
                found.add(partition);
            } else if (partition.subPartitions().isEmpty()) {
                throw new IllegalArgumentException("partition " + partition.name() + " has no sub-partition");
            } else {
                found.addAll(partition.subPartitions());
            }
        }
        firstLeaf[partitions.size()] = found.size();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " has no partition");
        }
        leaves = List.copyOf(found);
        single = new PartitionSet[leaves.size()];
        for (int i = 0; i < single.length; i++) {
            single[i] = PartitionSet.single(i);
        }
        all = PartitionSet.all(leaves.size(), "");
        List<ColumnType> types = new ArrayList<>();
        this.columns.forEach(column -> types.add(column.type()));
        types.add(expressionType(first));
        types.add(second == null ? ColumnType.BIGINT : expressionType(second));
        if (oracleMode) {
            types.add(ColumnType.BIGINT);
        }
        domainTypes = List.copyOf(types);
    }

    private static ColumnType expressionType(PartitionLevel level) {
        return level.expression() == null || level.boundType().isEmpty()
                ? ColumnType.BIGINT
                : level.boundType().getFirst();
    }

    /**
     * Types of all that conditions may limit: the columns, then the partition expressions of the two levels, then in Oracle mode the number
     * of the leaf.
     */
    public List<ColumnType> domainTypes() {
        return domainTypes;
    }

    /** Index in {@link #domainTypes} of the partition expression of a level, 0 or 1. */
    public int expressionIndex(int level) {
        return columns.size() + level;
    }

    /** Index in {@link #domainTypes} of the number of the leaf, -1 if nothing can limit it. */
    public int leafDomain() {
        return oracleMode ? columns.size() + 2 : -1;
    }

    /** The leaf with a tablet id, -1 if there is none. */
    public int leafOf(long physicalId) {
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).physicalId() == physicalId) {
                return i;
            }
        }
        return -1;
    }

    private Map<String, PartitionSet> names() {
        Map<String, PartitionSet> names = new HashMap<>();
        for (int i = 0; i < partitions.size(); i++) {
            names.put(
                    partitions.get(i).name().toUpperCase(Locale.ROOT),
                    firstLeaf[i + 1] - firstLeaf[i] == 1
                            ? single[firstLeaf[i]]
                            : PartitionSet.range(leaves.size(), firstLeaf[i], firstLeaf[i + 1]));
        }
        if (second != null) {
            for (int i = 0; i < leaves.size(); i++) {
                names.put(leaves.get(i).name().toUpperCase(Locale.ROOT), single[i]);
            }
        }
        return names;
    }

    /** Database (schema) of the table. */
    public String database() {
        return database;
    }

    /** Name of the table. */
    public String name() {
        return name;
    }

    /** The cluster's id of the table. */
    public long tableId() {
        return tableId;
    }

    /** Version of the definition. */
    public long schemaVersion() {
        return schemaVersion;
    }

    /** Mode of the tenant. */
    public boolean oracleMode() {
        return oracleMode;
    }

    /** What is known of the columns. */
    public List<TableColumn> columns() {
        return columns;
    }

    /** How the table is divided. */
    public PartitionLevel first() {
        return first;
    }

    /** How partitions are divided, null if they are not. */
    public @Nullable PartitionLevel second() {
        return second;
    }

    /** Partitions of the first level in the order of their index. */
    public List<Partition> partitions() {
        return partitions;
    }

    /** Partitions that have rows of their own. */
    public List<Partition> leaves() {
        return leaves;
    }

    /** Number of leaves. */
    public int leafCount() {
        return leaves.size();
    }

    /** First leaf of a partition; that of the partition behind it is the end of its leaves. */
    public int firstLeaf(int partition) {
        return firstLeaf[partition];
    }

    /** Index of a column by name without regard to case, -1 if it is not known. */
    public int columnIndex(String columnName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(columnName)) {
                return i;
            }
        }
        return -1;
    }

    /** The leaves of a partition or sub-partition by its name without regard to case, null if there is none of this name. */
    public @Nullable PartitionSet named(String partitionName) {
        Map<String, PartitionSet> names = byName;
        if (names == null) {
            names = names();
            byName = names;
        }
        return names.get(partitionName.toUpperCase(Locale.ROOT));
    }

    /** The set of one leaf; always the same object. */
    public PartitionSet leaf(int index) {
        return single[index];
    }

    /** The set of all leaves. */
    public PartitionSet all() {
        return all;
    }

    @Override
    public String toString() {
        return database + '.' + name + " with " + leaves.size() + " partitions";
    }
}
