package com.oceanbase.odp.routing;

/**
 * The partition by which a server was chosen.
 *
 * @param table its table
 * @param leaf its index, {@link LocationSource#NO_LEAF} in a table of one partition
 */
public record RoutedPartition(TableLocation table, int leaf) {}
