/** The processes that take part in a measurement, and what the operating system and the JVM tell about them. */
@NullMarked
package com.oceanbase.odp.benchmark.peer;

import org.jspecify.annotations.NullMarked;
