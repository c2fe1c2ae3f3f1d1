package com.oceanbase.odp.routing.partition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table is divided on one level.
 *
 * @param function the partition function
 * @param columns indexes of the columns in {@link PartitionedTable#columns()} that it depends on; for all but expressions in the order of the
 *     partition key
 * @param expression the partition expression of HASH, RANGE and LIST; null if it is the column as it is, or KEY or one of the column lists
 * @param boundType type that bounds and value lists have and the expression's value is compared in: one for each column of the column
 *     lists, one for RANGE and LIST; empty for HASH and KEY
 */
public record PartitionLevel(
        PartitionFunction function,
        List<Integer> columns,
        @Nullable StoredExpression expression,
        List<ColumnType> boundType) {
    /** Copies the lists. */
    public PartitionLevel {
        columns = List.copyOf(columns);
        boundType = List.copyOf(boundType);
    }
}
