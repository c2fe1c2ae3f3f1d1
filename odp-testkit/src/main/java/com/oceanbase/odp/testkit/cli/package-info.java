/** The command {@code cluster}: starts a test cluster and talks to a running one over a socket in the user's run directory. */
@NullMarked
package com.oceanbase.odp.testkit.cli;

import org.jspecify.annotations.NullMarked;
