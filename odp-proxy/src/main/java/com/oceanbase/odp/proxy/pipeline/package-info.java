/** The Netty handlers of the client's side: greeting and login first, then commands. */
@NullMarked
package com.oceanbase.odp.proxy.pipeline;

import org.jspecify.annotations.NullMarked;
