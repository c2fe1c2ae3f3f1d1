/** {@code odp route-record}: random tables and statements, with the partitions that a real kernel uses for them. */
@NullMarked
package com.oceanbase.odp.it.recording;

import org.jspecify.annotations.NullMarked;
