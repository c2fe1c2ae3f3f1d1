package com.oceanbase.odp.sql.template;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Arrays;

/** A template with the text that it belongs to, in parts: what is between the literals, and those literals that must be the same. */
final class KeptTemplate {
    private static final int FIXED_BYTES = 512;
    private static final int BYTES_PER_TOKEN = 64;

    final long hash;
    final StatementTemplate template;
    /** Number of the look-up that used it last. */
    long used;

    private final SqlMode mode;
    private final byte[] plain;
    /** Ends of the parts in {@link #plain}; one more than there are literals. */
    private final int[] ends;

    private final byte[] kinds;
    private final int[] fixed;
    private final byte[][] fixedTexts;
    private final int bytes;

    /** @param fixed slots whose literals must be the same */
    KeptTemplate(
            StatementTemplate template, int offset, int length, TemplateScan scan, LiteralSlots slots, int[] fixed) {
        byte[] text = slots.text();
        this.hash = scan.hash();
        this.template = template;
        this.mode = slots.mode();
        this.kinds = Arrays.copyOf(scan.kinds(), scan.literals());
        this.ends = new int[kinds.length + 1];
        byte[] parts = new byte[length];
        int from = offset;
        int size = 0;
        for (int i = 0; i <= kinds.length; i++) {
            int to = i < kinds.length ? slots.start(i) : offset + length;
            System.arraycopy(text, from, parts, size, to - from);
            size += to - from;
            ends[i] = size;
            from = i < kinds.length ? slots.end(i) : to;
        }
        this.plain = Arrays.copyOf(parts, size);
        this.fixed = fixed;
        this.fixedTexts = new byte[fixed.length][];
        for (int i = 0; i < fixed.length; i++) {
            fixedTexts[i] = Arrays.copyOfRange(text, slots.start(fixed[i]), slots.end(fixed[i]));
        }
        this.bytes = FIXED_BYTES + length + BYTES_PER_TOKEN * scan.tokens();
    }

    /** Whether this is the template of the text that was just scanned. */
    boolean matches(int offset, int length, SqlMode textMode, TemplateScan scan, LiteralSlots slots) {
        byte[] text = slots.text();
        int literals = kinds.length;
        if (literals != scan.literals()
                || !(mode == textMode || mode.equals(textMode))
                || !Arrays.equals(kinds, 0, literals, scan.kinds(), 0, literals)) {
            return false;
        }
        int from = offset;
        int part = 0;
        for (int i = 0; i < literals; i++) {
            if (!isPart(part, ends[i], text, from, slots.start(i))) {
                return false;
            }
            part = ends[i];
            from = slots.end(i);
        }
        return isPart(part, ends[literals], text, from, offset + length) && hasFixed(text, slots);
    }

    /** Whether a part is the same as these bytes. Most are too short for {@link Arrays#equals} to pay. */
    private boolean isPart(int start, int end, byte[] text, int from, int to) {
        int length = end - start;
        if (length != to - from) {
            return false;
        }
        if (length >= Long.BYTES) {
            return Arrays.equals(plain, start, end, text, from, to);
        }
        for (int i = 0; i < length; i++) {
            if (plain[start + i] != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    private boolean hasFixed(byte[] text, LiteralSlots slots) {
        for (int i = 0; i < fixed.length; i++) {
            byte[] wanted = fixedTexts[i];
            if (!Arrays.equals(wanted, 0, wanted.length, text, slots.start(fixed[i]), slots.end(fixed[i]))) {
                return false;
            }
        }
        return true;
    }

    /** Memory that it takes, estimated. */
    int bytes() {
        return bytes;
    }
}
