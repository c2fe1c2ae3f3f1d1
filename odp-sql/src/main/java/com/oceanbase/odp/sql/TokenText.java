package com.oceanbase.odp.sql;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Meaning of the bytes of a token; never fails, whatever they are. Safe for all threads. */
public final class TokenText {
    private TokenText() {}

    /** The bytes as they are, in the character set of the mode. */
    public static String slice(byte[] text, int start, int end, SqlMode mode) {
        return end <= start
                ? ""
                : new String(text, start, end - start, mode.multiByte().charset());
    }

    /** A name as the server stores it: without quotes, and in Oracle mode in upper case when it was not quoted. */
    public static String storedName(byte[] text, int start, int end, SqlMode mode) {
        if (start >= end) {
            return "";
        }
        byte first = text[start];
        if (first == '`' || first == '"') {
            return unquoted(text, start, end, mode);
        }
        String name = slice(text, start, end, mode);
        return mode.oracle() ? name.toUpperCase(Locale.ROOT) : name;
    }

    /** Content of a token in quotes, the token itself if it has none. Doubled quotes and escapes of strings are resolved. */
    public static String unquoted(byte[] text, int start, int end, SqlMode mode) {
        if (start >= end) {
            return "";
        }
        byte quote = text[start];
        if (quote != '\'' && quote != '"' && quote != '`') {
            return slice(text, start, end, mode);
        }
        boolean escapes = mode.backslashEscapes() && (quote == '\'' || (quote == '"' && !mode.ansiQuotes()));
        int limit = end - 1 > start && text[end - 1] == quote ? end - 1 : end;
        return isPlain(text, start + 1, limit, quote, escapes)
                ? slice(text, start + 1, limit, mode)
                : resolved(text, start + 1, limit, quote, escapes, mode);
    }

    private static boolean isPlain(byte[] text, int start, int end, byte quote, boolean escapes) {
        for (int at = start; at < end; at++) {
            if (text[at] == quote || (escapes && text[at] == '\\')) {
                return false;
            }
        }
        return true;
    }

    private static String resolved(byte[] text, int start, int end, byte quote, boolean escapes, SqlMode mode) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        int at = start;
        while (at < end) {
            byte b = text[at];
            if (b == quote && at + 1 < end && text[at + 1] == quote) {
                out.write(quote);
                at += 2;
            } else if (b == '\\' && escapes && at + 1 < end) {
                writeEscaped(out, text[at + 1]);
                at += 2;
            } else {
                int length = b < 0 ? mode.multiByte().length(text, at, end) : 1;
                out.write(text, at, length);
                at += length;
            }
        }
        return out.toString(mode.multiByte().charset());
    }

    /** MySQL reference manual, "String Literals"; {@code \%} and {@code \_} keep the backslash. */
    private static void writeEscaped(ByteArrayOutputStream out, byte escaped) {
        switch (escaped) {
            case '0' -> out.write(0);
            case 'b' -> out.write('\b');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'Z' -> out.write(26);
            case '%', '_' -> {
                out.write('\\');
                out.write(escaped);
            }
            default -> out.write(escaped);
        }
    }
}
