/** Integers, strings and character data of the MySQL wire format, read and written with bounds checks. */
@NullMarked
package com.oceanbase.odp.protocol.wire;

import org.jspecify.annotations.NullMarked;
