/** Who the client is, and how it proves it: greeting, account names, login attributes. */
@NullMarked
package com.oceanbase.odp.proxy.login;

import org.jspecify.annotations.NullMarked;
