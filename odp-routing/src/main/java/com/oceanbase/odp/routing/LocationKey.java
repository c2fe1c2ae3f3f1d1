package com.oceanbase.odp.routing;

/**
 * What the location cache remembers things by: a table or a routine. A global index table is a table with a name of
 * its own ({@code __idx_<table id>_<index name>}); partitions belong to the location of their table.
 */
public sealed interface LocationKey permits TableKey, RoutineKey {
    /** Name of the cluster. */
    String cluster();

    /** Name of the tenant. */
    String tenant();
}
