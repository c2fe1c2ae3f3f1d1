package com.oceanbase.odp.routing.value.operation;

import com.oceanbase.odp.routing.value.Collation;
import com.oceanbase.odp.routing.value.SqlValue.Text;
import com.oceanbase.odp.routing.value.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** LIKE. */
public final class Patterns {
    /** Product of the lengths up to which a match is tried. */
    private static final long MAX_WORK = 1_000_000;

    private Patterns() {}

    /** Whether a string matches; null if the collation is not known here. {@code escape} is -1 for none. */
    public static @Nullable Boolean like(Text value, Text pattern, int escape) {
        Collation collation = Strings.common(value, pattern);
        if (collation == null || (long) value.bytes().length * pattern.bytes().length > MAX_WORK) {
            return null;
        }
        String v = Texts.decode(value);
        String p = Texts.decode(pattern);
        if (!collation.isBinary()) {
            if (!Strings.isAscii(value.bytes()) || !Strings.isAscii(pattern.bytes())) {
                return null;
            }
            v = v.toUpperCase(Locale.ROOT);
            p = p.toUpperCase(Locale.ROOT);
        }
        return matches(v.codePoints().toArray(), p.codePoints().toArray(), escape);
    }

    private static boolean matches(int[] value, int[] pattern, int escape) {
        int v = 0;
        int p = 0;
        int star = -1;
        int from = 0;
        while (v < value.length) {
            boolean escaped = p + 1 < pattern.length && pattern[p] == escape;
            if (p < pattern.length && !escaped && pattern[p] == '%') {
                star = p++;
                from = v;
            } else if (p < pattern.length
                    && (escaped ? pattern[p + 1] == value[v] : pattern[p] == '_' || pattern[p] == value[v])) {
                p += escaped ? 2 : 1;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '%') {
            p++;
        }
        return p == pattern.length;
    }
}
