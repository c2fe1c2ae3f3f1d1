/** The frame around every MySQL packet: three bytes of length and one of sequence. */
@NullMarked
package com.oceanbase.odp.protocol.frame;

import org.jspecify.annotations.NullMarked;
