package com.oceanbase.odp.it.routecheck;

/** How a statement came out. */
enum Verdict {
    EXACT,
    SUPERSET,
    UNKNOWN,
    WRONG
}
