package com.oceanbase.odp.sql;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code target_db_server='..'} from the comments ahead of a statement, where it is one of pairs that are separated by commas; the
 * first one may stand behind {@code ODP:}. Costs a look at one byte when the text begins with none. Source: obproxy ob_proxy_parser.l, .y.
 */
public final class LeadingComments {
    private static final String NAME = "target_db_server";
    private static final String PREFIX = "odp";

    private LeadingComments() {}

    /** The value of the first pair of that name, without quotes; null when there is none. */
    static @Nullable String targetServers(byte[] text, int offset, int length, SqlMode mode) {
        int limit = offset + length;
        int at = skipBlanks(text, offset, limit);
        if (at >= limit || (text[at] != '/' && text[at] != '-' && text[at] != '#')) {
            return null;
        }
        SqlLexer lexer = new SqlLexer();
        lexer.reset(text, offset, length, mode);
        TokenKind kind = lexer.next();
        while (kind == TokenKind.COMMENT || kind == TokenKind.HINT) {
            String value = kind == TokenKind.COMMENT ? find(text, lexer.start(), lexer.end(), mode) : null;
            if (value != null) {
                return value;
            }
            kind = lexer.next();
        }
        return null;
    }

    /** Whether a comment, from its first byte to behind its last, means something to the proxy where it stands ahead of a statement. */
    public static boolean isMeant(byte[] text, int start, int end, SqlMode mode) {
        return find(text, start, end, mode) != null;
    }

    private static @Nullable String find(byte[] text, int start, int end, SqlMode mode) {
        if (end - start < NAME.length() || text[start] != '/') {
            return null;
        }
        int limit = end - 2;
        int at = skipBlanks(text, start + 2, limit);
        if (startsWith(text, at, limit, PREFIX)) {
            int colon = skipBlanks(text, at + PREFIX.length(), limit);
            at = colon < limit && text[colon] == ':' ? colon + 1 : at;
        }
        while (at < limit) {
            at = skipBlanks(text, at, limit);
            if (startsWith(text, at, limit, NAME)) {
                String value = value(text, at + NAME.length(), limit, mode);
                if (value != null) {
                    return value;
                }
            }
            at = behindComma(text, at, limit);
        }
        return null;
    }

    /** What stands in quotes behind an equals sign; null if nothing does. */
    private static @Nullable String value(byte[] text, int start, int limit, SqlMode mode) {
        int equals = skipBlanks(text, start, limit);
        int quote = equals < limit && text[equals] == '=' ? skipBlanks(text, equals + 1, limit) : limit;
        if (quote >= limit || (text[quote] != '\'' && text[quote] != '"')) {
            return null;
        }
        int close = closing(text, quote, limit);
        return close == limit ? null : TokenText.slice(text, quote + 1, close, mode);
    }

    /** Start of the next pair: commas in quotes separate nothing. */
    private static int behindComma(byte[] text, int start, int limit) {
        int at = start;
        while (at < limit && text[at] != ',') {
            if (text[at] == '\'' || text[at] == '"') {
                int close = closing(text, at, limit);
                at = close == limit ? at : close;
            }
            at++;
        }
        return at + 1;
    }

    /** The quote that closes the one at {@code quote}; {@code limit} if none does. */
    private static int closing(byte[] text, int quote, int limit) {
        int at = quote + 1;
        while (at < limit && text[at] != text[quote]) {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] text, int at, int limit, String lowerCase) {
        if (limit - at < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((text[at + i] | 0x20) != (lowerCase.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int skipBlanks(byte[] text, int start, int limit) {
        int at = start;
        while (at < limit && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r'))) {
            at++;
        }
        return at;
    }
}
