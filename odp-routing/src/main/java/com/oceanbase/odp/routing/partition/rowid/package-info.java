/** What the ROWIDs of Oracle mode say about where their rows are. */
@NullMarked
package com.oceanbase.odp.routing.partition.rowid;

import org.jspecify.annotations.NullMarked;
