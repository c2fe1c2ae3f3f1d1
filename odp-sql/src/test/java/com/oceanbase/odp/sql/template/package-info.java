/** Tests of what is kept for repeated texts. */
@NullMarked
package com.oceanbase.odp.sql.template;

import org.jspecify.annotations.NullMarked;
