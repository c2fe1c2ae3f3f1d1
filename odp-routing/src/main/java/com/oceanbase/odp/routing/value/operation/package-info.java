/** What operators do with values: arithmetic, comparison, conversion to a type. */
@NullMarked
package com.oceanbase.odp.routing.value.operation;

import org.jspecify.annotations.NullMarked;
