package com.oceanbase.odp.routing.value;

/** Classes of SQL types, as far as results of expressions depend on them. */
public enum ValueType {
    /** Of the bare word NULL, which takes any type. */
    NONE,
    INTEGER,
    DECIMAL,
    DOUBLE,
    TEXT,
    DATE,
    TIME,
    DATETIME,
    YEAR
}
