package com.oceanbase.odp.routing.partition;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Collations of columns by the numbers of the dictionary (those of MySQL), and how their strings are hashed and compared. */
public enum Collation {
    BINARY(63, null, Rule.BYTES),
    UTF8MB4_GENERAL_CI(45, StandardCharsets.UTF_8, Rule.GENERAL_CI),
    UTF8MB4_BIN(46, StandardCharsets.UTF_8, Rule.PADDED_BYTES),
    LATIN1_SWEDISH_CI(8, Charset.forName("windows-1252"), Rule.UNKNOWN),
    LATIN1_BIN(47, Charset.forName("windows-1252"), Rule.PADDED_BYTES),
    ASCII_GENERAL_CI(11, StandardCharsets.US_ASCII, Rule.ASCII_CI),
    ASCII_BIN(65, StandardCharsets.US_ASCII, Rule.PADDED_BYTES),
    GBK_CHINESE_CI(28, Charset.forName("GBK"), Rule.UNKNOWN),
    GBK_BIN(87, Charset.forName("GBK"), Rule.PADDED_BYTES),
    GB18030_CHINESE_CI(248, Charset.forName("GB18030"), Rule.UNKNOWN),
    GB18030_BIN(249, Charset.forName("GB18030"), Rule.PADDED_BYTES),
    UTF16_GENERAL_CI(54, StandardCharsets.UTF_16BE, Rule.GENERAL_CI),
    UTF16_BIN(55, StandardCharsets.UTF_16BE, Rule.PADDED_UTF16),
    /** Any other: its strings can be neither hashed nor compared here. */
    OTHER(-1, null, Rule.UNKNOWN);

    /** Family of rules. */
    public enum Rule {
        /** Bytes as they are, blanks included. */
        BYTES,
        /** Bytes without trailing blanks. */
        PADDED_BYTES,
        /** Two-byte units without trailing blanks. */
        PADDED_UTF16,
        /** Weights of utf8mb4_general_ci, without trailing blanks. */
        GENERAL_CI,
        /** Letters A to Z without regard to case, without trailing blanks. */
        ASCII_CI,
        /** Not known here. */
        UNKNOWN
    }

    private static final Collation[] BY_NUMBER = new Collation[256];

    static {
        for (Collation collation : values()) {
            if (collation.number >= 0) {
                BY_NUMBER[collation.number] = collation;
            }
        }
    }

    private final int number;
    private final @Nullable Charset charset;
    private final Rule rule;

    Collation(int number, @Nullable Charset charset, Rule rule) {
        this.number = number;
        this.charset = charset;
        this.rule = rule;
    }

    /** Collation of a number, {@link #OTHER} if it is not one of these. */
    public static Collation of(int number) {
        Collation found = number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        return found == null ? OTHER : found;
    }

    /** Character set of stored strings; null for bytes and if it is not known. */
    public @Nullable Charset charset() {
        return charset;
    }

    /** How strings are hashed and compared. */
    public Rule rule() {
        return rule;
    }
}
