/** Error numbers and exceptions, so that every error text and number of the product stands in one place. */
@NullMarked
package com.oceanbase.odp.common.error;

import org.jspecify.annotations.NullMarked;
