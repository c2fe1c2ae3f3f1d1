/** EXPLAIN ROUTE on a cluster: what it says of statements, and that these then go where it said. */
@NullMarked
package com.oceanbase.odp.it.explain;

import org.jspecify.annotations.NullMarked;
