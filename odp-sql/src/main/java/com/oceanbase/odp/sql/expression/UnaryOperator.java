package com.oceanbase.odp.sql.expression;

/** Operators before an operand. */
public enum UnaryOperator {
    MINUS,
    PLUS,
    NOT,
    BIT_NOT,
    /** {@code BINARY a}: the bytes of a string. */
    BINARY
}
