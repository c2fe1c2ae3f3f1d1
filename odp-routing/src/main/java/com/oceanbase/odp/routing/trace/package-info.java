/** Records what each stage of routing decided and why, so that a person can read it: EXPLAIN ROUTE and the diagnosis log. */
@NullMarked
package com.oceanbase.odp.routing.trace;

import org.jspecify.annotations.NullMarked;
