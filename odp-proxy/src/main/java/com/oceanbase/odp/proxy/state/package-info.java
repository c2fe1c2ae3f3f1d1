/** What a client session consists of on the servers, with versions: database, variables, prepared statements, transaction. */
@NullMarked
package com.oceanbase.odp.proxy.state;

import org.jspecify.annotations.NullMarked;
