/** Tests of the lexer and the summary of statements. */
@NullMarked
package com.oceanbase.odp.sql;

import org.jspecify.annotations.NullMarked;
