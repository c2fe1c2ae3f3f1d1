/** Tests of the recording of random tables and statements. */
@NullMarked
package com.oceanbase.odp.it.recording;

import org.jspecify.annotations.NullMarked;
