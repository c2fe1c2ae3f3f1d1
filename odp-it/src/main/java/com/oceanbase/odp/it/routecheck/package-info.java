/** {@code odp route-check}: compares the partitions that ODP calculates with those that a real kernel used. */
@NullMarked
package com.oceanbase.odp.it.routecheck;

import org.jspecify.annotations.NullMarked;
