package com.oceanbase.odp.routing.partition.hash;

import com.oceanbase.odp.routing.value.Collation;

/** How the strings of a collation are hashed and compared (sources: {@code ob_charset.cpp} and {@code ob_ctype_*.c} of the server). */
public enum StringRule {
    /** Bytes as they are, blanks included. */
    BYTES,
    /** Bytes, trailing blanks without meaning. */
    PADDED_BYTES,
    /** UTF-16 units, trailing blanks without meaning. */
    PADDED_UTF16,
    /** Weights of utf8mb4_general_ci; text in UTF-8. */
    GENERAL_CI_UTF8,
    /** Weights of utf8mb4_general_ci; text in UTF-16, big endian. */
    GENERAL_CI_UTF16,
    /** Weights of single bytes. */
    LATIN1_CI,
    ASCII_CI,
    /** Hashed by weights of single bytes; the order of two-byte characters is not known here. */
    GBK_CI,
    /** Neither hashed nor compared here. */
    UNKNOWN;

    /** Rule of a collation. */
    public static StringRule of(Collation collation) {
        return switch (collation.id()) {
            case 63 -> BYTES;
            case 46, 83, 47, 65, 87, 249 -> PADDED_BYTES;
            case 55 -> PADDED_UTF16;
            case 45, 33 -> GENERAL_CI_UTF8;
            case 54 -> GENERAL_CI_UTF16;
            case 8 -> LATIN1_CI;
            case 11 -> ASCII_CI;
            case 28 -> GBK_CI;
            default -> UNKNOWN;
        };
    }

    /** Whether strings can be hashed. */
    public boolean hashes() {
        return this != UNKNOWN;
    }

    /** Whether any two strings can be compared. */
    public boolean compares() {
        return this != UNKNOWN && this != GBK_CI;
    }

    /** Whether strings are equal only if their bytes are, but for trailing blanks. */
    public boolean isBinary() {
        return this == BYTES || this == PADDED_BYTES || this == PADDED_UTF16;
    }
}
