package com.oceanbase.odp.sql;

/** Kinds of tokens that {@link SqlLexer} finds. */
public enum TokenKind {
    /** Unquoted name or keyword. */
    WORD,
    /** Name in back quotes, or in double quotes where these quote identifiers. */
    QUOTED_IDENTIFIER,
    /** String literal with its quotes. */
    STRING,
    /** {@code N'..'}, in Oracle mode also {@code U'..'}. */
    NATIONAL_STRING,
    /** {@code x'..'} or {@code 0x..}. */
    HEX_LITERAL,
    /** {@code b'..'} or {@code 0b..}. */
    BIT_LITERAL,
    /** Digits only. */
    INTEGER,
    /** Number with a decimal point or an exponent. */
    DECIMAL,
    /** {@code @name}, the name may be quoted. */
    USER_VARIABLE,
    /** {@code @@name} or {@code @@scope.name}. */
    SYSTEM_VARIABLE,
    /** {@code ?} or {@code :n}, in Oracle mode also {@code :name}. */
    PLACEHOLDER,
    LEFT_PAREN,
    RIGHT_PAREN,
    COMMA,
    SEMICOLON,
    DOT,
    /** {@code :=}. */
    ASSIGN,
    /** {@code =}. */
    EQUALS,
    /** Any other operator or byte that starts nothing else. */
    OPERATOR,
    /** {@code /*+ .. *}{@code /} with its delimiters. */
    HINT,
    /** Any comment that holds no SQL. */
    COMMENT,
    /** Nothing is left. */
    END
}
