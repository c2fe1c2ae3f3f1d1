/** The listening proxy: event loops, registry of sessions, connection ids. */
@NullMarked
package com.oceanbase.odp.proxy.service;

import org.jspecify.annotations.NullMarked;
