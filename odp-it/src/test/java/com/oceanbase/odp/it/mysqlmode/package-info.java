/** A plain MariaDB server behind the proxy: {@code server_routing_mode=mysql}, and what the kernel cannot do. */
@NullMarked
package com.oceanbase.odp.it.mysqlmode;

import org.jspecify.annotations.NullMarked;
