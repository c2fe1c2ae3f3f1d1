/** Statements that the proxy answers itself. */
@NullMarked
package com.oceanbase.odp.proxy.internal;

import org.jspecify.annotations.NullMarked;
