/** How fast the packaged product starts, and the training run that makes it start faster. */
@NullMarked
package com.oceanbase.odp.benchmark.startup;

import org.jspecify.annotations.NullMarked;
