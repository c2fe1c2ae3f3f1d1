/** MySQL's compressed protocol between sockets and plain MySQL frames, for either role and both algorithms. */
@NullMarked
package com.oceanbase.odp.protocol.compress;

import org.jspecify.annotations.NullMarked;
