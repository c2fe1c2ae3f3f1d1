package com.oceanbase.odp.sql.template;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Arrays;

/** A template with the text that it belongs to, in parts: what is between the holes, and those holes that must be the same. */
final class KeptTemplate {
    private static final int FIXED_BYTES = 512;
    private static final int BYTES_PER_TOKEN = 64;

    final long hash;
    /** See {@link TemplateScan#prefix}. */
    final long prefix;

    final StatementTemplate template;
    /** Number of the look-up that used it last. */
    long used;

    private final SqlMode mode;
    private final byte[] plain;
    /** Ends of the parts in {@link #plain}; one more than there are holes. */
    private final int[] ends;

    private final byte[] kinds;
    private final byte[] firstBytes;
    private final int leading;
    private final int[] fixed;
    private final byte[][] fixedTexts;
    private final boolean followed;
    private final int bytes;

    /** @param fixed holes that must be the same */
    KeptTemplate(
            StatementTemplate template, int offset, int length, TemplateScan scan, LiteralSlots slots, int[] fixed) {
        byte[] text = slots.text();
        this.hash = scan.hash();
        this.prefix = TemplateScan.prefix(text, offset, length);
        this.template = template;
        this.mode = slots.mode();
        this.kinds = Arrays.copyOf(scan.kinds(), scan.holes());
        this.leading = scan.leading();
        this.ends = new int[kinds.length + 1];
        this.firstBytes = new byte[kinds.length];
        byte[] parts = new byte[length];
        int from = offset;
        int size = 0;
        for (int i = 0; i <= kinds.length; i++) {
            int to = i < kinds.length ? scan.start(i) : offset + length;
            System.arraycopy(text, from, parts, size, to - from);
            size += to - from;
            ends[i] = size;
            if (i < kinds.length) {
                firstBytes[i] = text[to];
                from = scan.end(i);
            }
        }
        this.plain = Arrays.copyOf(parts, size);
        this.followed = !hasExecutableComment();
        this.fixed = fixed;
        this.fixedTexts = new byte[fixed.length][];
        for (int i = 0; i < fixed.length; i++) {
            fixedTexts[i] = Arrays.copyOfRange(text, scan.start(fixed[i]), scan.end(fixed[i]));
        }
        this.bytes = FIXED_BYTES + length + BYTES_PER_TOKEN * scan.tokens();
    }

    /** Digits behind its mark may be a version or a literal, which depends on how many they are. */
    private boolean hasExecutableComment() {
        for (int i = 2; i < plain.length; i++) {
            if (plain[i] == '!' && plain[i - 1] == '*' && plain[i - 2] == '/') {
                return true;
            }
        }
        return false;
    }

    /** Whether texts can be compared with it without reading all of them. */
    boolean isFollowed() {
        return followed;
    }

    boolean isOf(SqlMode textMode) {
        return mode == textMode || mode.equals(textMode);
    }

    /** Whether this is the template of the text that was just scanned. */
    boolean matches(byte[] text, int offset, int length, SqlMode textMode, TemplateScan scan) {
        int holes = kinds.length;
        if (holes != scan.holes() || !isOf(textMode) || !Arrays.equals(kinds, 0, holes, scan.kinds(), 0, holes)) {
            return false;
        }
        int from = offset;
        for (int i = 0; i < holes; i++) {
            if (scan.start(i) - from != partLength(i) || !isPart(i, text, from)) {
                return false;
            }
            from = scan.end(i);
        }
        return offset + length - from == partLength(holes) && isPart(holes, text, from) && hasFixed(text, scan);
    }

    int holes() {
        return kinds.length;
    }

    /** How many holes are comments ahead of the statement. */
    int leading() {
        return leading;
    }

    byte kind(int hole) {
        return kinds[hole];
    }

    /** The first byte of a hole in the text that was kept. */
    byte firstByte(int hole) {
        return firstBytes[hole];
    }

    /** Length of what is ahead of a hole, or behind the last one. */
    int partLength(int part) {
        return part == 0 ? ends[0] : ends[part] - ends[part - 1];
    }

    /** Whether a part stands in a text, which goes on far enough. Most are too short for {@link Arrays#equals} to pay. */
    boolean isPart(int part, byte[] text, int from) {
        int start = part == 0 ? 0 : ends[part - 1];
        int length = ends[part] - start;
        if (length >= Long.BYTES) {
            return Arrays.equals(plain, start, start + length, text, from, from + length);
        }
        for (int i = 0; i < length; i++) {
            if (plain[start + i] != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the holes that must be the same are so in the text that was just scanned. */
    boolean hasFixed(byte[] text, TemplateScan scan) {
        for (int i = 0; i < fixed.length; i++) {
            byte[] wanted = fixedTexts[i];
            if (!Arrays.equals(wanted, 0, wanted.length, text, scan.start(fixed[i]), scan.end(fixed[i]))) {
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
