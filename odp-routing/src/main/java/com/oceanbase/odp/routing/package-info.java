/** Chooses the server of a statement and keeps the locations of tables that this needs. */
@NullMarked
package com.oceanbase.odp.routing;

import org.jspecify.annotations.NullMarked;
