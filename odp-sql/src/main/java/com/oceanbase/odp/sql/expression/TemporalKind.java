package com.oceanbase.odp.sql.expression;

/** Types of temporal literals. */
public enum TemporalKind {
    DATE,
    TIME,
    TIMESTAMP
}
