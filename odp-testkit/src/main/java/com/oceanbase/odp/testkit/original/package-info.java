/** The compiled C++ obproxy before a test cluster, to compare with. */
@NullMarked
package com.oceanbase.odp.testkit.original;

import org.jspecify.annotations.NullMarked;
