package com.oceanbase.odp.config;

/** Who manages a parameter (column {@code visible_level} of SHOW PROXYCONFIG). */
public enum VisibleLevel {
    /** May be distributed from a central store. */
    USER,
    /** Local only. */
    SYS,
    /** Never read back from disk: every start begins with the default. */
    MEMORY,
    /** Declared without a level by the original; local. */
    NONE
}
