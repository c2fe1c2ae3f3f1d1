/** Which partitions of one level hold the rows that conditions leave. */
@NullMarked
package com.oceanbase.odp.routing.partition.level;

import org.jspecify.annotations.NullMarked;
