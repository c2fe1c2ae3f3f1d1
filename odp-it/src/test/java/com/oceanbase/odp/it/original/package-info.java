/** Where ODP and the compiled C++ obproxy send the same statements, judged by which node leads what the statement touches. */
@NullMarked
package com.oceanbase.odp.it.original;

import org.jspecify.annotations.NullMarked;
