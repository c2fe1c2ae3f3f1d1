/** Where a response ends, found in the packets' headers without decoding rows. */
@NullMarked
package com.oceanbase.odp.protocol.response;

import org.jspecify.annotations.NullMarked;
