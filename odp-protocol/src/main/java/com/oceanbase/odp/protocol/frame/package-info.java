/** The frame around every MySQL packet (three bytes of length, one of sequence), and how outer framings are taken off. */
@NullMarked
package com.oceanbase.odp.protocol.frame;

import org.jspecify.annotations.NullMarked;
