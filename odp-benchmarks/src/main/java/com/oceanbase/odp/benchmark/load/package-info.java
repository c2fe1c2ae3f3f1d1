/** The load generator, a process of its own: raw packets, many connections on one thread, closed and open loop. */
@NullMarked
package com.oceanbase.odp.benchmark.load;

import org.jspecify.annotations.NullMarked;
