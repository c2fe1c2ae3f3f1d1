/** Session state over several servers: what is replayed where, proven by the journals of the nodes. */
@NullMarked
package com.oceanbase.odp.it.session;

import org.jspecify.annotations.NullMarked;
