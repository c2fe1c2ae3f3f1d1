package com.oceanbase.odp.routing.value.operation;

import com.oceanbase.odp.routing.partition.hash.StringHash;
import com.oceanbase.odp.routing.partition.hash.StringRule;
import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.TextOrigin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares and searches strings by their collation, as far as the collation's order is known here. */
public final class Strings {
    private Strings() {}

    /** The collation that two strings are compared by; null if the character sets differ. */
    public static @Nullable Collation common(Text a, Text b) {
        if (a.collation().equals(b.collation())) {
            return a.collation();
        }
        if (a.origin() == TextOrigin.COLLATED && b.origin() != TextOrigin.COLLATED) {
            return a.collation();
        }
        if (b.origin() == TextOrigin.COLLATED && a.origin() != TextOrigin.COLLATED) {
            return b.collation();
        }
        if (a.collation().equals(Collation.BINARY) || b.collation().equals(Collation.BINARY)) {
            return Collation.BINARY;
        }
        if (!a.collation().charset().equals(b.collation().charset())) {
            return null;
        }
        if (a.origin() != b.origin()) {
            return a.origin().compareTo(b.origin()) < 0 ? a.collation() : b.collation();
        }
        return a.collation().isBinary() ? a.collation() : b.collation().isBinary() ? b.collation() : null;
    }

    public static int compare(Text a, Text b) {
        Collation collation = common(a, b);
        if (collation == null) {
            return Comparison.UNDECIDED;
        }
        return compare(a.bytes(), b.bytes(), collation);
    }

    /** Compares bytes of the collation's character set; trailing blanks do not count except in binary strings. */
    public static int compare(byte[] a, byte[] b, Collation collation) {
        boolean fold = !collation.isBinary();
        boolean pad = !collation.equals(Collation.BINARY);
        if (Arrays.equals(a, b)) {
            return 0;
        }
        if (fold && !(isAscii(a) && isAscii(b) && isAsciiOrdered(collation))) {
            return StringRule.of(collation).compares()
                    ? Integer.signum(StringHash.compare(collation, a, b))
                    : Comparison.UNDECIDED;
        }
        int common = Math.min(a.length, b.length);
        for (int i = 0; i < common; i++) {
            int x = fold ? upper(a[i]) : a[i] & 0xFF;
            int y = fold ? upper(b[i]) : b[i] & 0xFF;
            if (x != y) {
                return x < y ? -1 : 1;
            }
        }
        if (!pad) {
            return Integer.compare(a.length, b.length);
        }
        int tail = tail(a, common);
        return tail != 0 ? tail : -tail(b, common);
    }

    private static int tail(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != ' ') {
                return (bytes[i] & 0xFF) < ' ' ? -1 : 1;
            }
        }
        return 0;
    }

    /** Collations that order ASCII characters by their upper-case form. */
    private static boolean isAsciiOrdered(Collation collation) {
        return switch (collation.name()) {
            case "utf8mb4_general_ci",
                    "gbk_chinese_ci",
                    "latin1_swedish_ci",
                    "ascii_general_ci",
                    "gb18030_chinese_ci" -> true;
            default -> false;
        };
    }

    public static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static int upper(byte b) {
        return b >= 'a' && b <= 'z' ? b - 32 : b;
    }
}
