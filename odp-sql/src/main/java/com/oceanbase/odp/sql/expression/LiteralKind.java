package com.oceanbase.odp.sql.expression;

/** How a literal is written; the meaning of the bytes of its slot. */
public enum LiteralKind {
    /** Digits. */
    INTEGER,
    /** Digits with a point, exact. */
    DECIMAL,
    /** With an exponent, approximate. */
    FLOAT,
    /** In quotes, with them. */
    STRING,
    /** {@code N'..'}, with prefix and quotes. */
    NATIONAL_STRING,
    /** {@code x'..'} or {@code 0x..}, with prefix. */
    HEX,
    /** {@code b'..'} or {@code 0b..}, with prefix. */
    BIT
}
