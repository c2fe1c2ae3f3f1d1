/** The command {@code odp bench}: measures ODP side by side with a relay, in one run, since only ratios mean something. */
@NullMarked
package com.oceanbase.odp.benchmark;

import org.jspecify.annotations.NullMarked;
