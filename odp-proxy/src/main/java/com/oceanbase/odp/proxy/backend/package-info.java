/** Server links: connecting, logging in, sending requests and dealing out responses. */
@NullMarked
package com.oceanbase.odp.proxy.backend;

import org.jspecify.annotations.NullMarked;
