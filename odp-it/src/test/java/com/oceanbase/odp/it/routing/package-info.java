/** Statements land on the node that leads the partition they touch; the nodes' journals are the proof. */
@NullMarked
package com.oceanbase.odp.it.routing;

import org.jspecify.annotations.NullMarked;
