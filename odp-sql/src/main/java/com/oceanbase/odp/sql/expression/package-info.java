/** Expressions of a statement, as far as they may decide which partitions it touches; literals stay where they are in the text. */
@NullMarked
package com.oceanbase.odp.sql.expression;

import org.jspecify.annotations.NullMarked;
