/** The commands a client can send and what is fixed about each of them. */
@NullMarked
package com.oceanbase.odp.protocol.command;

import org.jspecify.annotations.NullMarked;
