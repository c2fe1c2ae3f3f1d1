/** Hours under faults: what was committed is there once, and the proxy gives everything back. */
@NullMarked
package com.oceanbase.odp.it.soak;

import org.jspecify.annotations.NullMarked;
