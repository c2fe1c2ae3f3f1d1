/** One test cluster for all test classes of a JVM, as a JUnit extension. */
@NullMarked
package com.oceanbase.odp.testkit.junit;

import org.jspecify.annotations.NullMarked;
