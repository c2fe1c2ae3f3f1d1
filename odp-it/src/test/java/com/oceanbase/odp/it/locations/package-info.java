/** Locations that the proxy learns from the nodes of a cluster and corrects, proven by the nodes' journals. */
@NullMarked
package com.oceanbase.odp.it.locations;

import org.jspecify.annotations.NullMarked;
