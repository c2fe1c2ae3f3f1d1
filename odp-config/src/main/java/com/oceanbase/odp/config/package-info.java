/** What the parameters are, what a value may be, and the values in effect as an immutable snapshot. */
@NullMarked
package com.oceanbase.odp.config;

import org.jspecify.annotations.NullMarked;
