/** Tests of what is found out about tables and conditions. */
@NullMarked
package com.oceanbase.odp.sql.access;

import org.jspecify.annotations.NullMarked;
