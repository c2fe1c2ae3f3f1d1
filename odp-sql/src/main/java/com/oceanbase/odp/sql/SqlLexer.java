package com.oceanbase.odp.sql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Splits the bytes of a statement into tokens. Never throws on any input, reads each byte a bounded number of times and allocates
 * nothing, so one instance may be reused for any number of texts. Not safe for use by several threads at once.
 *
 * <p>Blanks are skipped. Comments are tokens ({@link TokenKind#COMMENT}, {@link TokenKind#HINT}), except for executable ones
 * ({@code /*!50000 .. *}{@code /}), whose content counts as SQL whatever version they name and whose delimiters are skipped.
 * What is not terminated ends at the end of the text and sets {@link #isUnterminated()}.
 */
public final class SqlLexer {
    private static final byte[] NOTHING = {};
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long BACKSLASHES = '\\' * ONES;

    /** Content of executable comments with lower versions is SQL to all servers in use: MariaDB manual, "Comment Syntax". */
    private static final int FIRST_DOUBTFUL_VERSION = 50700;

    private byte[] text = NOTHING;
    private int position;
    private int limit;
    private int start;
    private int end;
    private int executableDepth;
    private boolean afterName;
    private boolean nameAfterDot;
    private boolean unterminated;
    private boolean versionDependent;
    private boolean oracle;
    private boolean identifierDoubleQuotes;
    private boolean backslash;
    private boolean asciiTrails;
    private MultiByteRule rule = MultiByteRule.UTF8;

    /** Starts on {@code length} bytes of {@code bytes}, which must not change while tokens are read. */
    public void reset(byte[] bytes, int offset, int length, SqlMode mode) {
        text = bytes;
        position = offset;
        limit = offset + length;
        start = offset;
        end = offset;
        executableDepth = 0;
        afterName = false;
        nameAfterDot = false;
        unterminated = false;
        versionDependent = false;
        oracle = mode.oracle();
        identifierDoubleQuotes = mode.doubleQuotesIdentifier();
        backslash = mode.backslashEscapes();
        rule = mode.multiByte();
        asciiTrails = rule.hasAsciiTrails();
    }

    /** Index of the first byte of the last token. */
    public int start() {
        return start;
    }

    /** Index behind the last byte of the last token. */
    public int end() {
        return end;
    }

    /** Whether a string, quoted name, hint or comment met so far reached the end of the text without its terminator. */
    public boolean isUnterminated() {
        return unterminated;
    }

    /**
     * Whether a comment met so far is SQL to some servers and none to others: {@code /*!} with a version of 50700 or more, which MariaDB
     * ignores up to 99999 and older servers ignore altogether, or with six digits, of which older servers take five; and MariaDB's
     * {@code /*M!}. What the text means is then not certain.
     */
    public boolean isVersionDependent() {
        return versionDependent;
    }

    /** Reads the next token; at the end of the text {@link TokenKind#END}, again and again. */
    public TokenKind next() {
        skipBlanks();
        start = position;
        if (position >= limit) {
            end = limit;
            unterminated |= executableDepth > 0;
            return TokenKind.END;
        }
        TokenKind kind = nameAfterDot && Ascii.isNamePart(text[position]) ? word(position) : token(text[position]);
        nameAfterDot = kind == TokenKind.DOT && afterName && start + 1 < limit;
        afterName = kind == TokenKind.WORD || kind == TokenKind.QUOTED_IDENTIFIER;
        end = position;
        return kind;
    }

    /**
     * Reads the token that begins at {@code at}, where the token before it, which is no name, is known to end; blanks behind that were passed.
     */
    public TokenKind nextAt(int at) {
        position = at;
        afterName = false;
        nameAfterDot = false;
        return next();
    }

    private TokenKind token(byte first) {
        return switch (first) {
            case '\'' -> quoted(position + 1, '\'', backslash, TokenKind.STRING);
            case '"' ->
                identifierDoubleQuotes
                        ? quoted(position + 1, '"', false, TokenKind.QUOTED_IDENTIFIER)
                        : quoted(position + 1, '"', backslash, TokenKind.STRING);
            case '`' -> quoted(position + 1, '`', false, TokenKind.QUOTED_IDENTIFIER);
            case '(' -> single(TokenKind.LEFT_PAREN);
            case ')' -> single(TokenKind.RIGHT_PAREN);
            case ',' -> single(TokenKind.COMMA);
            case ';' -> single(TokenKind.SEMICOLON);
            case '?' -> single(TokenKind.PLACEHOLDER);
            case '=' -> single(TokenKind.EQUALS);
            case '@' -> variable();
            case ':' -> colon();
            case '.' -> dot();
            case '#' -> oracle ? single(TokenKind.OPERATOR) : lineComment();
            case '-' -> dash();
            case '/' -> slash();
            default -> wordNumberOrOperator(first);
        };
    }

    private TokenKind wordNumberOrOperator(byte first) {
        if (first < 0) {
            return wide();
        }
        if (Ascii.isDigit(first)) {
            return number();
        }
        if (!Ascii.isNamePart(first)) {
            return operator();
        }
        if (position + 1 < limit && text[position + 1] == '\'') {
            return prefixed(first);
        }
        if (oracle
                && (first | 0x20) == 'n'
                && position + 2 < limit
                && (text[position + 1] | 0x20) == 'q'
                && text[position + 2] == '\'') {
            return alternativeQuoted(position + 3, TokenKind.NATIONAL_STRING);
        }
        return word(position);
    }

    private TokenKind prefixed(byte first) {
        int content = position + 2;
        return switch (first | 0x20) {
            case 'n' -> quoted(content, '\'', backslash, TokenKind.NATIONAL_STRING);
            case 'x' -> quoted(content, '\'', false, TokenKind.HEX_LITERAL);
            case 'b' -> quoted(content, '\'', false, TokenKind.BIT_LITERAL);
            case 'u' -> oracle ? quoted(content, '\'', false, TokenKind.NATIONAL_STRING) : word(position);
            case 'q' -> oracle ? alternativeQuoted(content, TokenKind.STRING) : word(position);
            default -> word(position);
        };
    }

    private TokenKind single(TokenKind kind) {
        position++;
        return kind;
    }

    /** A character outside ASCII: a full-width form of punctuation, or the start of a name. */
    private TokenKind wide() {
        int ascii = rule.fullWidth(text, position, limit);
        if (ascii == 0) {
            return word(position);
        }
        position += rule.fullWidthLength();
        return switch (ascii) {
            case '(' -> TokenKind.LEFT_PAREN;
            case ')' -> TokenKind.RIGHT_PAREN;
            default -> TokenKind.COMMA;
        };
    }

    private TokenKind word(int from) {
        position = nameEnd(from, false);
        return TokenKind.WORD;
    }

    /** Index behind the name that starts at {@code from}; {@code from} itself when there is none. */
    private int nameEnd(int from, boolean dots) {
        int at = from;
        while (at < limit) {
            byte b = text[at];
            if (b < 0) {
                if (rule.fullWidth(text, at, limit) != 0) {
                    break;
                }
                at += asciiTrails ? rule.length(text, at, limit) : 1;
            } else if (Ascii.isNamePart(b) || (b == '.' && dots) || (b == '#' && oracle)) {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    private TokenKind quoted(int content, int quote, boolean escapes, TokenKind kind) {
        int at = content;
        while (at < limit) {
            at = asciiTrails ? at : behindPlain(at, quote);
            if (at >= limit) {
                break;
            }
            byte b = text[at];
            if (b == quote) {
                if (at + 1 >= limit || text[at + 1] != quote) {
                    position = at + 1;
                    return kind;
                }
                at += 2;
            } else if (b == '\\' && escapes) {
                at += 2;
            } else {
                at += b < 0 && asciiTrails ? rule.length(text, at, limit) : 1;
            }
        }
        return unterminated(kind);
    }

    /** Skips bytes that are neither the quote nor a backslash, eight at a time; the last seven of the text are left. */
    private int behindPlain(int from, int quote) {
        int at = from;
        long quotes = quote * ONES;
        while (at + Long.BYTES <= limit) {
            long bytes = (long) LONG.get(text, at);
            long found = zeros(bytes ^ quotes) | zeros(bytes ^ BACKSLASHES);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        return at;
    }

    /** The highest bit of the lowest byte that is 0, perhaps of others above it; 0 if none is: "Bit Twiddling Hacks", Sean Eron Anderson. */
    private static long zeros(long bytes) {
        return bytes - ONES & ~bytes & ONES << Byte.SIZE - 1;
    }

    /** Oracle's {@code q'[..]'}. */
    private TokenKind alternativeQuoted(int delimiter, TokenKind kind) {
        if (delimiter >= limit) {
            return unterminated(kind);
        }
        byte close = Ascii.closing(text[delimiter]);
        for (int at = delimiter + 1; at + 1 < limit; at++) {
            if (text[at] == close && text[at + 1] == '\'') {
                position = at + 2;
                return kind;
            }
        }
        return unterminated(kind);
    }

    private TokenKind unterminated(TokenKind kind) {
        unterminated = true;
        position = limit;
        return kind;
    }

    private TokenKind number() {
        int at = digitsEnd(position);
        byte next = byteAt(at);
        if (at == position + 1 && text[position] == '0' && (next == 'x' || next == 'b')) {
            int digits = next == 'x' ? hexEnd(at + 1) : bitsEnd(at + 1);
            if (digits > at + 1 && nameEnd(digits, false) == digits) {
                position = digits;
                return next == 'x' ? TokenKind.HEX_LITERAL : TokenKind.BIT_LITERAL;
            }
        }
        if (next == '.') {
            position = exponentEnd(digitsEnd(at + 1));
            return TokenKind.DECIMAL;
        }
        int exponent = exponentEnd(at);
        if (exponent > at && nameEnd(exponent, false) == exponent) {
            position = exponent;
            return TokenKind.DECIMAL;
        }
        int name = nameEnd(at, false);
        position = name;
        return name > at ? TokenKind.WORD : TokenKind.INTEGER;
    }

    /** Index behind an exponent at {@code at}, or {@code at} when there is none. */
    private int exponentEnd(int at) {
        if ((byteAt(at) | 0x20) != 'e') {
            return at;
        }
        byte sign = byteAt(at + 1);
        int digits = at + (sign == '+' || sign == '-' ? 2 : 1);
        int behind = digitsEnd(digits);
        return behind > digits ? behind : at;
    }

    private int digitsEnd(int from) {
        int at = from;
        while (at < limit && Ascii.isDigit(text[at])) {
            at++;
        }
        return at;
    }

    private int hexEnd(int from) {
        int at = from;
        while (at < limit && Ascii.isHex(text[at])) {
            at++;
        }
        return at;
    }

    private int bitsEnd(int from) {
        int at = from;
        while (at < limit && (text[at] == '0' || text[at] == '1')) {
            at++;
        }
        return at;
    }

    private byte byteAt(int at) {
        return at < limit ? text[at] : 0;
    }

    private TokenKind variable() {
        int name = position + 1;
        byte next = byteAt(name);
        if (next == '@') {
            return systemVariable(name + 1);
        }
        if (next == '\'' || next == '"' || next == '`') {
            return quoted(name + 1, next, next != '`' && backslash, TokenKind.USER_VARIABLE);
        }
        int behind = nameEnd(name, true);
        position = behind;
        return behind > name ? TokenKind.USER_VARIABLE : TokenKind.OPERATOR;
    }

    private TokenKind systemVariable(int name) {
        int at = name;
        while (true) {
            if (byteAt(at) == '`') {
                quoted(at + 1, '`', false, TokenKind.SYSTEM_VARIABLE);
                at = position;
            } else {
                at = nameEnd(at, false);
            }
            if (byteAt(at) != '.' || at + 1 >= limit) {
                break;
            }
            at++;
        }
        position = at;
        return at > name ? TokenKind.SYSTEM_VARIABLE : TokenKind.OPERATOR;
    }

    private TokenKind colon() {
        byte next = byteAt(position + 1);
        if (next == '=') {
            position += 2;
            return TokenKind.ASSIGN;
        }
        int behind = oracle ? nameEnd(position + 1, false) : digitsEnd(position + 1);
        if (behind > position + 1) {
            position = behind;
            return TokenKind.PLACEHOLDER;
        }
        return single(TokenKind.OPERATOR);
    }

    private TokenKind dot() {
        boolean qualifies = afterName && start == end;
        if (!qualifies && Ascii.isDigit(byteAt(position + 1))) {
            position = exponentEnd(digitsEnd(position + 1));
            return TokenKind.DECIMAL;
        }
        return single(TokenKind.DOT);
    }

    private TokenKind dash() {
        byte next = byteAt(position + 1);
        if (next == '-') {
            boolean last = position + 2 >= limit;
            if (oracle || last || Ascii.isBlankOrControl(text[position + 2])) {
                return lineComment();
            }
            return single(TokenKind.OPERATOR);
        }
        return operator();
    }

    private TokenKind lineComment() {
        int at = position;
        while (at < limit && text[at] != '\n') {
            at++;
        }
        position = at;
        return TokenKind.COMMENT;
    }

    private TokenKind slash() {
        if (byteAt(position + 1) != '*') {
            return single(TokenKind.OPERATOR);
        }
        TokenKind kind = byteAt(position + 2) == '+' ? TokenKind.HINT : TokenKind.COMMENT;
        versionDependent |= byteAt(position + 2) == 'M' && byteAt(position + 3) == '!';
        for (int at = position + 2; at + 1 < limit; at++) {
            if (text[at] == '*' && text[at + 1] == '/') {
                position = at + 2;
                return kind;
            }
        }
        return unterminated(kind);
    }

    private TokenKind operator() {
        int at = position + 1;
        while (at < position + 3 && at < limit && Ascii.joinsOperator(text[at - 1], text[at])) {
            at++;
        }
        position = at;
        return TokenKind.OPERATOR;
    }

    private void skipBlanks() {
        while (position < limit) {
            byte b = text[position];
            if (b == ' ' || (b >= '\t' && b <= '\r')) {
                position++;
            } else if (b == '/' && isExecutableStart()) {
                position = executableContent(position + 3);
                executableDepth++;
            } else if (b == '*' && executableDepth > 0 && byteAt(position + 1) == '/') {
                position += 2;
                executableDepth--;
            } else if (b < 0 && rule.fullWidth(text, position, limit) == ' ') {
                position += rule.fullWidthLength();
            } else {
                return;
            }
        }
    }

    private boolean isExecutableStart() {
        return !oracle && byteAt(position + 1) == '*' && byteAt(position + 2) == '!';
    }

    /** Skips the version of an executable comment: five or six digits. */
    private int executableContent(int from) {
        int end = from;
        int version = 0;
        while (end < limit && end < from + 6 && Ascii.isDigit(text[end])) {
            version = version * 10 + text[end] - '0';
            end++;
        }
        versionDependent |= version >= FIRST_DOUBTFUL_VERSION;
        return end - from >= 5 ? end : from;
    }
}
