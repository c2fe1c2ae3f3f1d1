package com.oceanbase.odp.routing;

/**
 * A global index of a partitioned table: a table of its own, with partitions of its own.
 *
 * @param table its name, {@code __idx_<table id>_<index name>}
 * @param leadingColumn its first column: who gives no value for it has no use for the index
 */
public record GlobalIndex(TableKey table, String leadingColumn) {}
