/** Computes expressions: walks their tree and reads their literals. */
@NullMarked
package com.oceanbase.odp.routing.value.evaluation;

import org.jspecify.annotations.NullMarked;
