/** Partitioned tables and which of their partitions a statement touches: the server's own rules, applied before it is asked. */
@NullMarked
package com.oceanbase.odp.routing.partition;

import org.jspecify.annotations.NullMarked;
