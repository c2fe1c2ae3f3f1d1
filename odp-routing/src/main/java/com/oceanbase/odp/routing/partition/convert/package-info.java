/** How values become what columns store: by assignment, and for comparison with a column. */
@NullMarked
package com.oceanbase.odp.routing.partition.convert;

import org.jspecify.annotations.NullMarked;
