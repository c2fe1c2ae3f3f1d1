package com.oceanbase.odp.sql.expression;

import com.oceanbase.odp.sql.SqlMode;
import java.util.Arrays;

/**
 * Where the literals of one text are, in its order: all tokens of the kinds of {@link LiteralKind}, wherever they stand. Reusable: filled again for each text, without allocation once it is large enough. One
 * thread at a time; readers must be done before the next text.
 */
public final class LiteralSlots {
    /** Further literals of a text have no slot; expressions do not refer to them. */
    public static final int MAX_COUNT = 1 << 16;

    /** Slots that are kept for the next text. */
    private static final int KEPT = 1 << 12;

    private static final int INITIAL = 32;
    private static final int[] NONE = {};

    private byte[] text = {};
    private SqlMode mode = SqlMode.MYSQL;
    private int[] bounds = new int[INITIAL];
    private int count;

    /** Forgets the slots and takes the next text, which must not change as long as the slots are used. */
    public void reset(byte[] newText, SqlMode newMode) {
        text = newText;
        mode = newMode;
        count = 0;
        if (bounds.length > 2 * KEPT) {
            bounds = new int[INITIAL];
        }
    }

    /** The same slots of the same text, to be kept. */
    public LiteralSlots copy() {
        LiteralSlots copy = new LiteralSlots();
        copy.text = text;
        copy.mode = mode;
        copy.count = count;
        copy.bounds = count == 0 ? NONE : Arrays.copyOf(bounds, 2 * count);
        return copy;
    }

    /** Adds the next literal unless there are {@link #MAX_COUNT}; {@code end} exclusive. */
    public void add(int start, int end) {
        if (count == MAX_COUNT) {
            return;
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(INITIAL, 2 * bounds.length));
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
    }

    /** Whether a number that is no integer has an exponent, so that it is approximate. */
    public static boolean hasExponent(byte[] text, int start, int end) {
        for (int at = start; at < end; at++) {
            if ((text[at] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    /** Number of literals. */
    public int count() {
        return count;
    }

    /** The text that the bounds are meant in. */
    public byte[] text() {
        return text;
    }

    /** How the text is read: escapes and character set of its strings. */
    public SqlMode mode() {
        return mode;
    }

    /** Index of the first byte of a literal, quotes and prefix included. */
    public int start(int slot) {
        return bounds[2 * slot];
    }

    /** Index behind the last byte of a literal. */
    public int end(int slot) {
        return bounds[2 * slot + 1];
    }
}
