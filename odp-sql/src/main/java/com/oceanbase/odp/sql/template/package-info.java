/** What was found out about a text, kept for all texts that differ in literals only, so that a repeated statement is not parsed again. */
@NullMarked
package com.oceanbase.odp.sql.template;

import org.jspecify.annotations.NullMarked;
