/** What a process of the proxy owns on its machine: home directory, pid file, log files, background child. */
@NullMarked
package com.oceanbase.odp.server.process;

import org.jspecify.annotations.NullMarked;
