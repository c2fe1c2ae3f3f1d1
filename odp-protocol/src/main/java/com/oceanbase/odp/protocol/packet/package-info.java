/** The packets of the MySQL protocol as immutable values that know how to read and write their payload. */
@NullMarked
package com.oceanbase.odp.protocol.packet;

import org.jspecify.annotations.NullMarked;
