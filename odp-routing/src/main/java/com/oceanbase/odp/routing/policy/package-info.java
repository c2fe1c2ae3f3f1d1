/** Which server a statement goes to: the decision table, and the order in which servers come into question. */
@NullMarked
package com.oceanbase.odp.routing.policy;

import org.jspecify.annotations.NullMarked;
