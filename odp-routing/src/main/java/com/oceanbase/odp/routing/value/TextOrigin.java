package com.oceanbase.odp.routing.value;

/** Where a string comes from, the strongest first: decides whose collation a comparison takes, and how a string acts as a number. */
public enum TextOrigin {
    /** Of {@code COLLATE}. */
    COLLATED,
    /** Of a column. */
    COLUMN,
    /** A literal, parameter, variable or the result of a function. */
    LITERAL,
    /** A parameter of one of the BLOB types. */
    BLOB_PARAMETER,
    /** {@code x'41'}, {@code b'01'}: bytes that are a big-endian unsigned number where a number is needed. */
    HEX_LITERAL,
    /** A number or a date turned into text. */
    CONVERTED
}
