package com.oceanbase.odp.sql.template;

import com.oceanbase.odp.sql.SqlLexer;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.LiteralKind;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the literals of a text, and a hash of everything else and of their kinds. Reusable; allocates nothing. */
final class TemplateScan {
    /** Texts with more literals are not kept. */
    static final int MOST_LITERALS = 512;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Odd numbers with well spread bits; those of MurmurHash3's 64-bit finalizer. */
    private static final long FIRST_FACTOR = 0xff51afd7ed558ccdL;

    private static final long SECOND_FACTOR = 0xc4ceb9fe1a85ec53L;

    private final SqlLexer lexer = new SqlLexer();
    private final byte[] kinds = new byte[MOST_LITERALS];
    private int count;
    private int tokens;
    private long hash;

    /** Fills {@code slots}; false if the text is not one to keep: not closed, ambiguous, or with too many literals. */
    boolean scan(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        slots.reset(text, mode);
        lexer.reset(text, offset, length, mode);
        int found = 0;
        int read = 0;
        int from = offset;
        long mixed = modeBits(mode);
        TokenKind kind = lexer.next();
        while (kind != TokenKind.END) {
            read++;
            if (isLiteral(kind)) {
                int start = lexer.start();
                int end = lexer.end();
                if (found == MOST_LITERALS) {
                    return false;
                }
                int literal = literalKind(kind, text, start, end);
                kinds[found++] = (byte) literal;
                slots.add(start, end);
                mixed = mix(text, from, start, mixed) + literal;
                from = end;
            }
            kind = lexer.next();
        }
        hash = finished(mix(text, from, offset + length, mixed));
        count = found;
        tokens = read;
        return !lexer.isUnterminated() && !lexer.isVersionDependent();
    }

    private static boolean isLiteral(TokenKind kind) {
        return switch (kind) {
            case STRING, NATIONAL_STRING, HEX_LITERAL, BIT_LITERAL, INTEGER, DECIMAL -> true;
            default -> false;
        };
    }

    /** Number of the {@link LiteralKind}. */
    private static int literalKind(TokenKind kind, byte[] text, int start, int end) {
        LiteralKind literal = switch (kind) {
            case INTEGER -> LiteralKind.INTEGER;
            case DECIMAL -> LiteralSlots.hasExponent(text, start, end) ? LiteralKind.FLOAT : LiteralKind.DECIMAL;
            case NATIONAL_STRING -> LiteralKind.NATIONAL_STRING;
            case HEX_LITERAL -> LiteralKind.HEX;
            case BIT_LITERAL -> LiteralKind.BIT;
            default -> LiteralKind.STRING;
        };
        return literal.ordinal();
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

    int literals() {
        return count;
    }

    int tokens() {
        return tokens;
    }

    /** Ordinals of the {@link LiteralKind}s; valid up to {@link #literals()}. */
    byte[] kinds() {
        return kinds;
    }
}
