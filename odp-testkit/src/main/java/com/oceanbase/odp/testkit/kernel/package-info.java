/** The real OceanBase kernel: fetched once into a user cache, started, watched and stopped as a process of its own. */
@NullMarked
package com.oceanbase.odp.testkit.kernel;

import org.jspecify.annotations.NullMarked;
