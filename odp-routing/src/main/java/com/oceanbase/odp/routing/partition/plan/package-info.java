/** How the partitions of a table follow from a statement, worked out once and evaluated with the values of each execution. */
@NullMarked
package com.oceanbase.odp.routing.partition.plan;

import org.jspecify.annotations.NullMarked;
