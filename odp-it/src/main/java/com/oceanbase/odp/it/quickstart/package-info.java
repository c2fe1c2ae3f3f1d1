/** {@code ./odp quickstart}: a demo cluster, ODP in front of it, a small shop's workload, and a report with checks. */
@NullMarked
package com.oceanbase.odp.it.quickstart;

import org.jspecify.annotations.NullMarked;
