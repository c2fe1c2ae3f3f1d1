/** Puts into the points of a trace which conditions on partition keys were found and what came of them. */
@NullMarked
package com.oceanbase.odp.routing.trace.partition;

import org.jspecify.annotations.NullMarked;
