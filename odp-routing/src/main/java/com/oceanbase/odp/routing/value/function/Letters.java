package com.oceanbase.odp.routing.value.function;

import com.oceanbase.odp.routing.value.Reasons;

/** Upper and lower case, one character for one. */
final class Letters {
    /** Up to here (Latin, Greek, Cyrillic, Armenian) the server's table and this one agree. */
    private static final int LAST_SURE = 0x0586;

    private Letters() {}

    static String convert(String text, boolean upper) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(convert(c, upper)));
        return out.toString();
    }

    private static int convert(int c, boolean upper) {
        if (c < 0x80) {
            return upper ? (c >= 'a' && c <= 'z' ? c - 32 : c) : (c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        int converted = upper ? Character.toUpperCase(c) : Character.toLowerCase(c);
        if (converted != c && c > LAST_SURE) {
            throw new Incomputable(Reasons.COLLATION);
        }
        return converted;
    }
}
