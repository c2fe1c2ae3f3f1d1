/** A server that answers like an OBServer from memory, so cheaply that what stands before it is what gets measured. */
@NullMarked
package com.oceanbase.odp.benchmark.backend;

import org.jspecify.annotations.NullMarked;
