/** Tests of the comparison with recorded statements, and of the calculation by a sample of them. */
@NullMarked
package com.oceanbase.odp.it.routecheck;

import org.jspecify.annotations.NullMarked;
