/** Reads table definitions from the rows of the dictionary that OBServers keep for proxies. */
@NullMarked
package com.oceanbase.odp.routing.partition.dictionary;

import org.jspecify.annotations.NullMarked;
