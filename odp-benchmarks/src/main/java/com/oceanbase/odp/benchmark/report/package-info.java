/** Figures of a run as a table, as charts and as JSON. */
@NullMarked
package com.oceanbase.odp.benchmark.report;

import org.jspecify.annotations.NullMarked;
