/** Understands the text of a statement as far as a proxy must: its tokens, its kind and what it does to session and server. */
@NullMarked
package com.oceanbase.odp.sql;

import org.jspecify.annotations.NullMarked;
