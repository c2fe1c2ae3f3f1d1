/** Learns from a config server which clusters there are and where to ask them first. */
@NullMarked
package com.oceanbase.odp.control.configserver;

import org.jspecify.annotations.NullMarked;
