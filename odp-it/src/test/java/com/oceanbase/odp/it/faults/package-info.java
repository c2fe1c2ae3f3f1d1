/** What clients see while servers fail, and that nothing is executed twice or lost silently. */
@NullMarked
package com.oceanbase.odp.it.faults;

import org.jspecify.annotations.NullMarked;
