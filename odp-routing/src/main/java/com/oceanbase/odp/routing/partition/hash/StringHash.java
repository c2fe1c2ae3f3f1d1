package com.oceanbase.odp.routing.partition.hash;

import com.oceanbase.odp.routing.value.Collation;
import java.util.Arrays;

/** Hash and order of strings by collation. Stateless; strings are bytes in the collation's character set. */
public final class StringHash {
    /** Length of the pieces in which weights are hashed. */
    private static final int PIECE = 128;

    /** Bytes of a weight in a piece. */
    private static final int WEIGHT = 2;

    /** Weight of characters above U+FFFF. */
    private static final int SUPPLEMENTARY = 0xFFFD;

    private static final byte[] LATIN1 = WeightTables.bytes("latin1_swedish_ci");
    private static final byte[] ASCII = WeightTables.bytes("ascii_general_ci");
    private static final byte[] GBK = WeightTables.bytes("gbk_chinese_ci");

    private StringHash() {}

    /**
     * Hash of a string.
     *
     * @param keepBlanks trailing blanks are part of the value: VARCHAR2 and NVARCHAR2 of Oracle mode
     * @throws IllegalArgumentException if the collation's rule is {@link StringRule#UNKNOWN}
     */
    public static long hash(Collation collation, byte[] text, long seed, boolean keepBlanks) {
        StringRule rule = StringRule.of(collation);
        return hash(rule, text, 0, keepBlanks ? text.length : significant(rule, text, 0, text.length), seed);
    }

    /** Hash of the string that is part of an array and whose trailing blanks have no meaning where the rule says so; see {@link #hash}. */
    public static long hashPart(StringRule rule, byte[] text, int start, int end, long seed) {
        return hash(rule, text, start, significant(rule, text, start, end), seed);
    }

    private static long hash(StringRule rule, byte[] text, int start, int end, long seed) {
        return switch (rule) {
            case BYTES, PADDED_BYTES, PADDED_UTF16 -> Murmur.hash(text, start, end - start, seed);
            case GENERAL_CI_UTF8 ->
                isAscii(text, start, end)
                        ? hashAscii(text, start, end, seed)
                        : hashWeights(rule, text, start, end, seed);
            case GENERAL_CI_UTF16 -> hashWeights(rule, text, start, end, seed);
            case LATIN1_CI -> hashBytes(LATIN1, text, start, end, seed);
            case ASCII_CI -> hashBytes(ASCII, text, start, end, seed);
            case GBK_CI -> hashBytes(GBK, text, start, end, seed);
            case UNKNOWN -> throw new IllegalArgumentException("collation without a rule");
        };
    }

    private static boolean isAscii(byte[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #hashWeights} makes of characters below U+0080, without its buffers. */
    private static long hashAscii(byte[] text, int start, int end, long seed) {
        long h = seed;
        for (int at = start; at < end; at += PIECE / WEIGHT) {
            int count = Math.min(PIECE / WEIGHT, end - at);
            long mixed = Murmur.start(WEIGHT * count, h);
            long pending = 0;
            for (int i = 0; i < count; i++) {
                pending |= (long) WeightTables.GENERAL_CI[text[at + i]] << (i & 3) * Short.SIZE;
                if ((i & 3) == 3) {
                    mixed = Murmur.mix(mixed, pending);
                    pending = 0;
                }
            }
            h = Murmur.finish((count & 3) == 0 ? mixed : Murmur.mixRest(mixed, pending));
        }
        return h;
    }

    /** Order of two strings as the server's comparison operators have it. */
    public static int compare(Collation collation, byte[] left, byte[] right) {
        return compare(StringRule.of(collation), left, 0, left.length, right);
    }

    /** Order of the string that is part of an array and another one. */
    public static int compare(StringRule rule, byte[] text, int start, int end, byte[] right) {
        if (rule == StringRule.BYTES) {
            return Arrays.compareUnsigned(text, start, end, right, 0, right.length);
        }
        Weights a = new Weights(rule, text, start, end);
        Weights b = new Weights(rule, right, 0, right.length);
        while (true) {
            int x = a.next();
            int y = b.next();
            if (x < 0 && y < 0) {
                return 0;
            }
            // A shorter string counts as if it went on with blanks.
            int difference = Integer.compare(x < 0 ? ' ' : x, y < 0 ? ' ' : y);
            if (difference != 0) {
                return difference;
            }
        }
    }

    /** Length without trailing blanks, where these do not count. */
    public static int significant(StringRule rule, byte[] text) {
        return significant(rule, text, 0, text.length);
    }

    /** End of the part of an array without trailing blanks, where these do not count. */
    private static int significant(StringRule rule, byte[] text, int start, int limit) {
        int end = limit;
        switch (rule) {
            case BYTES -> {
                // All bytes count.
            }
            case PADDED_UTF16, GENERAL_CI_UTF16 -> {
                while (end - start >= 2 && text[end - 1] == ' ' && text[end - 2] == 0) {
                    end -= 2;
                }
            }
            default -> {
                while (end > start && text[end - 1] == ' ') {
                    end--;
                }
            }
        }
        return end;
    }

    private static long hashWeights(StringRule rule, byte[] text, int start, int end, long seed) {
        Weights weights = new Weights(rule, text, start, end);
        byte[] piece = new byte[PIECE];
        int filled = 0;
        long h = seed;
        for (int weight = weights.next(); weight >= 0; weight = weights.next()) {
            if (filled == PIECE) {
                h = Murmur.hash(piece, 0, filled, h);
                filled = 0;
            }
            piece[filled++] = (byte) weight;
            piece[filled++] = (byte) (weight >> 8);
        }
        return filled == 0 ? h : Murmur.hash(piece, 0, filled, h);
    }

    private static long hashBytes(byte[] table, byte[] text, int from, int end, long seed) {
        byte[] piece = new byte[PIECE];
        long h = seed;
        for (int start = from; start < end; start += PIECE) {
            int count = Math.min(PIECE, end - start);
            for (int i = 0; i < count; i++) {
                piece[i] = table[text[start + i] & 0xFF];
            }
            h = Murmur.hash(piece, 0, count, h);
        }
        return h;
    }

    /** Walks over the weights of a string; bytes that are no character end it. */
    private static final class Weights {
        private final StringRule rule;
        private final byte[] text;
        private final int end;
        private int position;

        Weights(StringRule rule, byte[] text, int start, int end) {
            this.rule = rule;
            this.text = text;
            this.position = start;
            this.end = end;
        }

        /** The next weight, -1 at the end. */
        int next() {
            if (position >= end) {
                return -1;
            }
            return switch (rule) {
                case GENERAL_CI_UTF8 -> weight(utf8());
                case GENERAL_CI_UTF16 -> weight(utf16());
                case PADDED_UTF16 -> utf16();
                case LATIN1_CI -> LATIN1[text[position++] & 0xFF] & 0xFF;
                case ASCII_CI -> ASCII[text[position++] & 0xFF] & 0xFF;
                default -> text[position++] & 0xFF;
            };
        }

        private static int weight(int character) {
            if (character < 0) {
                return -1;
            }
            return character > 0xFFFF ? SUPPLEMENTARY : WeightTables.GENERAL_CI[character];
        }

        private int utf8() {
            int first = text[position] & 0xFF;
            int length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
            if (length == 1) {
                position++;
                return first;
            }
            if (first < 0xC2 || first > 0xF4 || position + length > end) {
                position = end;
                return -1;
            }
            int character = first & (0x7F >> length);
            for (int i = 1; i < length; i++) {
                int next = text[position + i] & 0xFF;
                if ((next & 0xC0) != 0x80) {
                    position = end;
                    return -1;
                }
                character = character << 6 | next & 0x3F;
            }
            position += length;
            return character;
        }

        private int utf16() {
            if (position + 2 > end) {
                position = end;
                return -1;
            }
            int unit = unit(position);
            position += 2;
            if (Character.isHighSurrogate((char) unit) && position + 2 <= end) {
                int low = unit(position);
                position += 2;
                return Character.toCodePoint((char) unit, (char) low);
            }
            return unit;
        }

        private int unit(int at) {
            return (text[at] & 0xFF) << 8 | text[at + 1] & 0xFF;
        }
    }
}
