package com.oceanbase.odp.sql.expression;

/** Operators between two operands. */
public enum BinaryOperator {
    EQUAL,
    NULL_SAFE_EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    INTEGER_DIVIDE,
    MODULO,
    BIT_AND,
    BIT_OR,
    BIT_XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT,
    /** {@code ||} where it concatenates (Oracle mode, PIPES_AS_CONCAT). Elsewhere it is OR. */
    CONCAT,
    XOR,
    /** {@code @a := b}; the left side is a user variable. */
    ASSIGN,
    /** {@code REGEXP}, {@code RLIKE}, {@code SOUNDS LIKE}, {@code ->} and others that are no use for routing. */
    OTHER
}
