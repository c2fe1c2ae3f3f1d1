package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.condition.Domain;
import java.util.List;

/**
 * Domains of what a level is divided by: one for each key column, or the one of its expression.
 *
 * @param types types in which values are compared and hashed
 */
record KeyDomains(List<Domain> domains, List<ColumnType> types) {}
