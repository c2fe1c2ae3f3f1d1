/** The arithmetic of mysql_native_password and the random text it needs. */
@NullMarked
package com.oceanbase.odp.protocol.auth;

import org.jspecify.annotations.NullMarked;
