/** The drivers that applications use, each against the proxy and against a server directly: no difference may be seen. */
@NullMarked
package com.oceanbase.odp.it.drivers;

import org.jspecify.annotations.NullMarked;
