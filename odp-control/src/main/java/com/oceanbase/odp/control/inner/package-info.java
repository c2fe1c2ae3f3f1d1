/** The proxy's own connections to servers: login as the inner user, statements, their texts and their results. */
@NullMarked
package com.oceanbase.odp.control.inner;

import org.jspecify.annotations.NullMarked;
