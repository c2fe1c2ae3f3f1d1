/** JMH benchmarks of the pieces of the hot path. */
@NullMarked
package com.oceanbase.odp.benchmark.micro;

import org.jspecify.annotations.NullMarked;
