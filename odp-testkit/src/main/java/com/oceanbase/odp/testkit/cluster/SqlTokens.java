package com.oceanbase.odp.testkit.cluster;

/**
 * Splits a statement into identifiers, literals, comments and the rest, in MySQL's rules. Not thread safe.
 */
final class SqlTokens {

    enum Kind {
        IDENTIFIER,
        STRING,
        NUMBER,
        COMMENT,
        SPACE,
        DOT,
        PARAMETER,
        OTHER
    }

    private final String text;
    private int start;
    private int end;
    private Kind kind = Kind.SPACE;

    SqlTokens(String text) {
        this.text = text;
    }

    Kind kind() {
        return kind;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The token as written. */
    String token() {
        return text.substring(start, end);
    }

    /** The identifier without its backquotes. */
    String name() {
        return text.charAt(start) == '`' ? text.substring(start + 1, Math.max(start + 1, end - 1)) : token();
    }

    /** Moves to the next token; false at the end. */
    boolean next() {
        start = end;
        if (start >= text.length()) {
            return false;
        }
        char c = text.charAt(start);
        end = start + 1;
        if (c == '\'' || c == '"') {
            kind = Kind.STRING;
            quoted(c);
        } else if (c == '`') {
            kind = Kind.IDENTIFIER;
            int close = text.indexOf('`', end);
            end = close < 0 ? text.length() : close + 1;
        } else if (isCommentStart(c)) {
            kind = Kind.COMMENT;
        } else if (Character.isWhitespace(c)) {
            kind = Kind.SPACE;
            while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
                end++;
            }
        } else if (isWord(c)) {
            kind = Character.isDigit(c) ? Kind.NUMBER : Kind.IDENTIFIER;
            while (end < text.length() && isWord(text.charAt(end))) {
                end++;
            }
        } else {
            kind = c == '.' ? Kind.DOT : c == '?' ? Kind.PARAMETER : Kind.OTHER;
        }
        return true;
    }

    /** Also moves the end behind the comment. */
    private boolean isCommentStart(char c) {
        if (c == '#') {
            end = lineEnd();
            return true;
        }
        if (c == '/' && text.startsWith("/*", start)) {
            int close = text.indexOf("*/", start + 2);
            end = close < 0 ? text.length() : close + 2;
            return true;
        }
        boolean dashes = c == '-'
                && text.startsWith("--", start)
                && (start + 2 >= text.length() || Character.isWhitespace(text.charAt(start + 2)));
        if (dashes) {
            end = lineEnd();
        }
        return dashes;
    }

    private int lineEnd() {
        int line = text.indexOf('\n', start);
        return line < 0 ? text.length() : line;
    }

    private void quoted(char quote) {
        while (end < text.length()) {
            char c = text.charAt(end++);
            if (c == '\\') {
                end = Math.min(text.length(), end + 1);
            } else if (c == quote) {
                if (end < text.length() && text.charAt(end) == quote) {
                    end++;
                } else {
                    return;
                }
            }
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 0x7F;
    }
}
