/** The hash values by which OBServers number the partitions of KEY and HASH tables, bit for bit. */
@NullMarked
package com.oceanbase.odp.routing.partition.hash;

import org.jspecify.annotations.NullMarked;
