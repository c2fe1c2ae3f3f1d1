package com.oceanbase.odp.sql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a connection character set form characters, as far as a lexer must know it: whether a byte that looks
 * like a quote or a backslash is the trail of a character. Byte ranges: MySQL's {@code ctype-gbk.c},
 * {@code ctype-gb18030.c}, {@code ctype-sjis.c}, {@code ctype-big5.c}.
 */
public enum MultiByteRule {
    /** One byte is one character. */
    SINGLE_BYTE(StandardCharsets.ISO_8859_1),
    /** Trail bytes are never ASCII. */
    UTF8(StandardCharsets.UTF_8),
    GBK(Charset.forName("GBK")),
    GB18030(Charset.forName("GB18030")),
    BIG5(Charset.forName("Big5")),
    SJIS(Charset.forName("windows-31j"));

    private final Charset charset;

    MultiByteRule(Charset charset) {
        this.charset = charset;
    }

    /**
     * The rule for a collation id of the login or of {@code collation_connection}. Ids: {@code information_schema.collations}
     * of MySQL 8.0; 216-222 and 251 are OceanBase's additional GB18030 collations.
     */
    public static MultiByteRule ofCollation(int collation) {
        return switch (collation) {
            case 28, 87 -> GBK;
            case 216, 217, 218, 219, 220, 221, 222, 248, 249, 250, 251 -> GB18030;
            case 1, 84 -> BIG5;
            case 13, 88, 95, 96 -> SJIS;
            case 5, 8, 11, 15, 31, 47, 48, 49, 63, 65, 94 -> SINGLE_BYTE;
            default -> UTF8;
        };
    }

    /** The character set in which names and literals are decoded. */
    public Charset charset() {
        return charset;
    }

    /** Whether a byte in the ASCII range may be the trail of a character. */
    boolean hasAsciiTrails() {
        return ordinal() >= GBK.ordinal();
    }

    /** Bytes of the character at {@code at}; 1 when the bytes there do not form a valid one. At most {@code end - at}. */
    int length(byte[] text, int at, int end) {
        int lead = text[at] & 0xFF;
        if (lead < 0x81 || lead > 0xFE || at + 1 >= end || !hasAsciiTrails()) {
            return 1;
        }
        int trail = text[at + 1] & 0xFF;
        return switch (this) {
            case GBK -> isGbkTrail(trail) ? 2 : 1;
            case GB18030 -> isGbkTrail(trail) ? 2 : isFourByte(text, at, end) ? 4 : 1;
            case BIG5 -> (trail >= 0x40 && trail <= 0x7E) || (trail >= 0xA1 && trail <= 0xFE) ? 2 : 1;
            case SJIS -> isSjisLead(lead) && trail >= 0x40 && trail <= 0xFC && trail != 0x7F ? 2 : 1;
            case SINGLE_BYTE, UTF8 -> 1;
        };
    }

    private static boolean isGbkTrail(int trail) {
        return trail >= 0x40 && trail <= 0xFE && trail != 0x7F;
    }

    private static boolean isFourByte(byte[] text, int at, int end) {
        if (at + 3 >= end) {
            return false;
        }
        int third = text[at + 2] & 0xFF;
        return isDigit(text[at + 1]) && third >= 0x81 && third <= 0xFE && isDigit(text[at + 3]);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isSjisLead(int lead) {
        return lead <= 0x9F || (lead >= 0xE0 && lead <= 0xFC);
    }

    /**
     * The ASCII form of a full-width blank, comma or parenthesis at {@code at}, which OceanBase reads like ASCII, or 0.
     * UTF-8: U+3000, U+FF0C, U+FF08, U+FF09; GBK: A1A1, A3AC, A3A8, A3A9.
     */
    int fullWidth(byte[] text, int at, int end) {
        return switch (this) {
            case UTF8 -> at + 2 < end ? fullWidthUtf8(text[at] & 0xFF, text[at + 1] & 0xFF, text[at + 2] & 0xFF) : 0;
            case GBK, GB18030 -> at + 1 < end ? fullWidthGbk(text[at] & 0xFF, text[at + 1] & 0xFF) : 0;
            case SINGLE_BYTE, BIG5, SJIS -> 0;
        };
    }

    /** Bytes of a character for which {@link #fullWidth} is not 0. */
    int fullWidthLength() {
        return this == UTF8 ? 3 : 2;
    }

    private static int fullWidthUtf8(int first, int second, int third) {
        if (first == 0xE3) {
            return second == 0x80 && third == 0x80 ? ' ' : 0;
        }
        if (first != 0xEF || second != 0xBC) {
            return 0;
        }
        return switch (third) {
            case 0x8C -> ',';
            case 0x88 -> '(';
            case 0x89 -> ')';
            default -> 0;
        };
    }

    private static int fullWidthGbk(int first, int second) {
        return switch (first << 8 | second) {
            case 0xA1A1 -> ' ';
            case 0xA3AC -> ',';
            case 0xA3A8 -> '(';
            case 0xA3A9 -> ')';
            default -> 0;
        };
    }
}
