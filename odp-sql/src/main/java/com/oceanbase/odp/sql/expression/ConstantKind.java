package com.oceanbase.odp.sql.expression;

/** Constants that are words. */
public enum ConstantKind {
    NULL,
    TRUE,
    FALSE,
    DEFAULT,
    MAXVALUE
}
