/** Values of constant expressions: what literals, parameters, variables and functions of a statement come to, as the server computes it. */
@NullMarked
package com.oceanbase.odp.routing.value;

import org.jspecify.annotations.NullMarked;
