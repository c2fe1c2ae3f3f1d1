/** Random sessions through the proxy, compared packet by packet with the same sessions on a server itself. */
@NullMarked
package com.oceanbase.odp.it.equivalence;

import org.jspecify.annotations.NullMarked;
