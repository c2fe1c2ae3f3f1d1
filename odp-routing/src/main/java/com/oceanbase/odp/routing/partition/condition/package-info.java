/** What the conditions of a statement leave open for each column of a partition key. */
@NullMarked
package com.oceanbase.odp.routing.partition.condition;

import org.jspecify.annotations.NullMarked;
