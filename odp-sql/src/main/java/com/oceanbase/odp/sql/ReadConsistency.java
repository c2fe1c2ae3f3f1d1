package com.oceanbase.odp.sql;

/** Argument of the hint {@code READ_CONSISTENCY}. */
public enum ReadConsistency {
    WEAK,
    STRONG,
    FROZEN
}
