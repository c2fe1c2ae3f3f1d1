package com.oceanbase.odp.sql.template;

import com.oceanbase.odp.sql.LeadingComments;
import com.oceanbase.odp.sql.SqlLexer;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the holes of a text, which are its literals and the comments that mean nothing, and a hash of everything else and of their kinds. Of a
 * text that is likely one of a template only the holes are read: what is between them is the same. Reusable; allocates nothing.
 */
final class TemplateScan {
    /** Texts with more holes are not kept. */
    static final int MOST_HOLES = 4096;

    /** Kind of a hole that is a comment; those of literals are ordinals of {@link LiteralKind}. */
    static final byte COMMENT = (byte) LiteralKind.values().length;

    /** Bytes from which it is guessed which template a text is of. */
    private static final int PREFIX = 64;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Odd numbers with well spread bits; those of MurmurHash3's 64-bit finalizer. */
    private static final long FIRST_FACTOR = 0xff51afd7ed558ccdL;

    private static final long SECOND_FACTOR = 0xc4ceb9fe1a85ec53L;

    /** Bytes that may begin a hole, always or unless they are part of a name; those of names; and others. */
    private static final byte STOP = 3;

    private static final byte NUMBER = 2;
    private static final byte NAME = 1;
    private static final byte OTHER = 0;
    private static final byte[] BEGINNINGS = beginnings();

    private final SqlLexer lexer = new SqlLexer();
    private final byte[] kinds = new byte[MOST_HOLES];
    private final int[] starts = new int[MOST_HOLES];
    private final int[] ends = new int[MOST_HOLES];
    private int count;
    private int leading;
    private int tokens;
    private long hash;

    /** Fills {@code slots}; false if the text is not one to keep: not closed, ambiguous, or with too many holes. */
    boolean scan(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        slots.reset(text, mode);
        lexer.reset(text, offset, length, mode);
        count = 0;
        leading = 0;
        int read = 0;
        int from = offset;
        boolean ahead = true;
        long mixed = modeBits(mode);
        TokenKind kind = lexer.next();
        while (kind != TokenKind.END) {
            read++;
            int start = lexer.start();
            int end = lexer.end();
            boolean comment = kind == TokenKind.COMMENT;
            ahead &= comment || kind == TokenKind.HINT;
            if (isLiteral(kind) || comment && !(ahead && LeadingComments.isMeant(text, start, end, mode))) {
                if (count == MOST_HOLES) {
                    return false;
                }
                leading += ahead ? 1 : 0;
                byte hole = kindOf(kind, text, start, end);
                add(hole, start, end, slots);
                mixed = mix(text, from, start, mixed) + hole;
                from = end;
            }
            kind = lexer.next();
        }
        hash = finished(mix(text, from, offset + length, mixed));
        tokens = read;
        return !lexer.isUnterminated() && !lexer.isVersionDependent();
    }

    private void add(byte kind, int start, int end, LiteralSlots slots) {
        kinds[count] = kind;
        starts[count] = start;
        ends[count++] = end;
        if (kind != COMMENT) {
            slots.add(start, end);
        }
    }

    /**
     * Whether a text is one of a template, but for literals that must be the same. Fills {@code slots} if so. What is between holes is compared, and
     * the holes are read by the lexer, which is there in the same state as it was in the template's text: a hole begins with the same byte, or
     * also with a digit, so that the token before it ends there, too.
     */
    boolean follow(KeptTemplate kept, byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        slots.reset(text, mode);
        lexer.reset(text, offset, length, mode);
        count = 0;
        int limit = offset + length;
        int at = offset;
        int holes = kept.holes();
        for (int i = 0; i < holes; i++) {
            int start = at + kept.partLength(i);
            if (start >= limit || !kept.isPart(i, text, at) || !startsAlike(kept.firstByte(i), text[start])) {
                return false;
            }
            TokenKind kind = lexer.nextAt(start);
            at = lexer.end();
            if (lexer.start() != start
                    || !(isLiteral(kind) || kind == TokenKind.COMMENT)
                    || kindOf(kind, text, start, at) != kept.kind(i)
                    || i < kept.leading() && LeadingComments.isMeant(text, start, at, mode)) {
                return false;
            }
            add(kept.kind(i), start, at, slots);
        }
        return limit - at == kept.partLength(holes)
                && kept.isPart(holes, text, at)
                && !lexer.isUnterminated()
                && !lexer.isVersionDependent();
    }

    private static boolean startsAlike(byte kept, byte found) {
        return kept == found || isDigit(kept) && isDigit(found);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** A number for the beginning of a text, comments ahead of it left out, that is the same for all texts of a template. */
    static long prefix(byte[] text, int offset, int length) {
        int limit = offset + length;
        int at = offset;
        while (at + 1 < limit && text[at] == '/' && text[at + 1] == '*') {
            at += 2;
            while (at + 1 < limit && (text[at] != '*' || text[at + 1] != '/')) {
                at++;
            }
            at += 2;
            while (at < limit && text[at] == ' ') {
                at++;
            }
        }
        int from = at;
        int end = Math.min(limit, at + PREFIX);
        boolean name = false;
        while (at < end) {
            byte part = BEGINNINGS[text[at] & 0xFF];
            if (part == STOP || part == NUMBER && !name) {
                break;
            }
            name = part != OTHER;
            at++;
        }
        return finished(mix(text, from, at, FIRST_FACTOR));
    }

    private static byte[] beginnings() {
        byte[] classes = new byte[256];
        for (int c = 0; c < classes.length; c++) {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c > 127;
            boolean number = c >= '0' && c <= '9' || c == '.';
            boolean stop = c == '\'' || c == '"' || c == '-' || c == '#' || c == '/';
            classes[c] = letter || c == '`' ? NAME : number ? NUMBER : stop ? STOP : OTHER;
        }
        return classes;
    }

    private static boolean isLiteral(TokenKind kind) {
        return switch (kind) {
            case STRING, NATIONAL_STRING, HEX_LITERAL, BIT_LITERAL, INTEGER, DECIMAL -> true;
            default -> false;
        };
    }

    private static byte kindOf(TokenKind kind, byte[] text, int start, int end) {
        if (kind == TokenKind.COMMENT) {
            return COMMENT;
        }
        LiteralKind literal = switch (kind) {
            case INTEGER -> LiteralKind.INTEGER;
            case DECIMAL -> LiteralSlots.hasExponent(text, start, end) ? LiteralKind.FLOAT : LiteralKind.DECIMAL;
            case NATIONAL_STRING -> LiteralKind.NATIONAL_STRING;
            case HEX_LITERAL -> LiteralKind.HEX;
            case BIT_LITERAL -> LiteralKind.BIT;
            default -> LiteralKind.STRING;
        };
        return (byte) literal.ordinal();
    }

    private static long modeBits(SqlMode mode) {
        return (mode.oracle() ? 1 : 0)
                | (mode.ansiQuotes() ? 2 : 0)
                | (mode.noBackslashEscapes() ? 4 : 0)
                | (mode.pipesAsConcat() ? 8 : 0)
                | (long) mode.multiByte().ordinal() << 4;
    }

    /** Adds the bytes between two literals, eight at a time, and their number. */
    private static long mix(byte[] text, int from, int to, long before) {
        long mixed = (before ^ (to - from)) * FIRST_FACTOR;
        int at = from;
        while (at + Long.BYTES <= to) {
            mixed = (mixed ^ (long) LONG.get(text, at)) * SECOND_FACTOR;
            mixed ^= mixed >>> 29;
            at += Long.BYTES;
        }
        long rest = 0;
        if (at < to && at + Long.BYTES <= text.length) {
            rest = (long) LONG.get(text, at) & (1L << (to - at) * Byte.SIZE) - 1;
        } else {
            for (int i = to - 1; i >= at; i--) {
                rest = rest << Byte.SIZE | text[i] & 0xFF;
            }
        }
        mixed = (mixed ^ rest) * FIRST_FACTOR;
        return mixed ^ mixed >>> 32;
    }

    private static long finished(long mixed) {
        long result = (mixed ^ mixed >>> 33) * FIRST_FACTOR;
        result = (result ^ result >>> 33) * SECOND_FACTOR;
        return result ^ result >>> 33;
    }

    long hash() {
        return hash;
    }

    int holes() {
        return count;
    }

    /** How many of the holes are comments ahead of the statement. */
    int leading() {
        return leading;
    }

    int tokens() {
        return tokens;
    }

    /** Kinds of the holes; valid up to {@link #holes()}. */
    byte[] kinds() {
        return kinds;
    }

    int start(int hole) {
        return starts[hole];
    }

    int end(int hole) {
        return ends[hole];
    }
}
