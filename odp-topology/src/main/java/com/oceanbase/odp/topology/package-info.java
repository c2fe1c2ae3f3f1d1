/** What is known about clusters, zones, servers and tenants, as immutable snapshots, and which servers are healthy. */
@NullMarked
package com.oceanbase.odp.topology;

import org.jspecify.annotations.NullMarked;
