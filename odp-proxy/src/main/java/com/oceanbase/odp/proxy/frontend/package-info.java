/** The client's side of a session: cutting requests out of the bytes, writing answers with back-pressure. */
@NullMarked
package com.oceanbase.odp.proxy.frontend;

import org.jspecify.annotations.NullMarked;
