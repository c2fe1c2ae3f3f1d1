/** The command line of the proxy and the wiring of all modules into one running server. */
@NullMarked
package com.oceanbase.odp.server;

import org.jspecify.annotations.NullMarked;
