/** The server's functions, as far as they are computed here: a table by family, each entry with its arity, its handling of NULL and its body. */
@NullMarked
package com.oceanbase.odp.routing.value.function;

import org.jspecify.annotations.NullMarked;
