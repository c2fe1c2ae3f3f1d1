/** The demo of the quickstart as a newcomer runs it. */
@NullMarked
package com.oceanbase.odp.it.quickstart;

import org.jspecify.annotations.NullMarked;
