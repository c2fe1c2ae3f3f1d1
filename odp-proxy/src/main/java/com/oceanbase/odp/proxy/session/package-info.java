/** A client's session and the straight line of its requests: route, link, synchronise, send, relay. */
@NullMarked
package com.oceanbase.odp.proxy.session;

import org.jspecify.annotations.NullMarked;
