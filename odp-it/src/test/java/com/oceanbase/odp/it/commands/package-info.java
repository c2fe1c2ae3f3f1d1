/** Every command of the protocol, packet by packet, through the proxy. */
@NullMarked
package com.oceanbase.odp.it.commands;

import org.jspecify.annotations.NullMarked;
