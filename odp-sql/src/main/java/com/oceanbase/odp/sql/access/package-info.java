/** Which tables a statement touches and under which conditions: what routing by partitions needs of its text. */
@NullMarked
package com.oceanbase.odp.sql.access;

import org.jspecify.annotations.NullMarked;
