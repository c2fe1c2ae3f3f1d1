package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.SqlLexer;
import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.TokenText;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Locale;

/**
 * The tokens of a text without comments, the current one and the one behind it. Each is read once; literals and placeholders are numbered
 * as they are read, whether or not anything is done with them.
 */
final class AccessTokens {
    private final byte[] text;
    private final SqlMode mode;
    private final LiteralSlots slots;
    private final SqlLexer lexer = new SqlLexer();

    private TokenKind kind = TokenKind.SEMICOLON;
    private SqlWord word = SqlWord.NONE;
    private int start;
    private int end;
    private int number = -1;

    private TokenKind nextKind = TokenKind.SEMICOLON;
    private SqlWord nextWord = SqlWord.NONE;
    private int nextStart;
    private int nextEnd;
    private int nextNumber = -1;

    private int literals;
    private int placeholders;
    private int steps;

    AccessTokens(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        this.text = text;
        this.mode = mode;
        this.slots = slots;
        slots.reset(text, mode);
        lexer.reset(text, offset, length, mode);
        readNext();
        advance();
    }

    /** Goes to the next token; stays at {@link TokenKind#END}. */
    void advance() {
        kind = nextKind;
        word = nextWord;
        start = nextStart;
        end = nextEnd;
        number = nextNumber;
        if (kind != TokenKind.END) {
            readNext();
        }
    }

    private void readNext() {
        do {
            nextKind = lexer.next();
            steps++;
        } while (nextKind == TokenKind.COMMENT || nextKind == TokenKind.HINT);
        nextStart = lexer.start();
        nextEnd = lexer.end();
        nextWord = SqlWord.NONE;
        nextNumber = -1;
        switch (nextKind) {
            case WORD -> nextWord = SqlWord.find(text, nextStart, nextEnd);
            case STRING, NATIONAL_STRING, HEX_LITERAL, BIT_LITERAL, INTEGER, DECIMAL -> {
                nextNumber = literals++;
                slots.add(nextStart, nextEnd);
            }
            case PLACEHOLDER -> nextNumber = text[nextStart] == '?' ? placeholders++ : -1;
            default -> {}
        }
    }

    TokenKind kind() {
        return kind;
    }

    SqlWord word() {
        return word;
    }

    TokenKind nextKind() {
        return nextKind;
    }

    SqlWord nextWord() {
        return nextWord;
    }

    /** Slot of the literal at this position; {@link LiteralSlots#MAX_COUNT} and more have none. */
    int slot() {
        return number;
    }

    /** Number of the {@code ?} at this position, -1 for a named placeholder. */
    int placeholder() {
        return number;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int literals() {
        return literals;
    }

    int placeholders() {
        return placeholders;
    }

    /** Tokens read so far, comments included. */
    int steps() {
        return steps;
    }

    /** Whether the text is not closed, or servers do not agree on what of it is a comment. */
    boolean isDoubtful() {
        return lexer.isUnterminated() || lexer.isVersionDependent();
    }

    SqlMode mode() {
        return mode;
    }

    boolean at(TokenKind wanted) {
        return kind == wanted;
    }

    boolean at(SqlWord wanted) {
        return word == wanted;
    }

    /** Whether this word and the next one are here. */
    boolean at(SqlWord first, SqlWord second) {
        return word == first && nextWord == second;
    }

    /** Whether this word is here, before a parenthesis. */
    boolean atCall(SqlWord wanted) {
        return word == wanted && nextKind == TokenKind.LEFT_PAREN;
    }

    boolean take(SqlWord wanted) {
        if (word != wanted) {
            return false;
        }
        advance();
        return true;
    }

    boolean take(TokenKind wanted) {
        if (kind != wanted) {
            return false;
        }
        advance();
        return true;
    }

    /** Whether no token of this statement is left. */
    boolean atEnd() {
        return kind == TokenKind.SEMICOLON || kind == TokenKind.END;
    }

    /** Bytes of the operator at this position, the first one highest; 0 for every other token. */
    int operator() {
        if (kind == TokenKind.EQUALS) {
            return '=';
        }
        return kind == TokenKind.OPERATOR ? bytes(start, end) : 0;
    }

    int nextOperator() {
        return nextKind == TokenKind.OPERATOR ? bytes(nextStart, nextEnd) : 0;
    }

    private int bytes(int from, int to) {
        int packed = 0;
        for (int at = from; at < to; at++) {
            packed = packed << 8 | text[at] & 0xFF;
        }
        return packed;
    }

    boolean atName() {
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_IDENTIFIER;
    }

    boolean nextIsName() {
        return nextKind == TokenKind.WORD || nextKind == TokenKind.QUOTED_IDENTIFIER;
    }

    /** Whether a name is here that no reserved word is. */
    boolean atFreeName() {
        return kind == TokenKind.QUOTED_IDENTIFIER || (kind == TokenKind.WORD && !word.isReserved());
    }

    /** Whether there is nothing between this token and the next one. */
    boolean nextAdjoins() {
        return nextStart == end;
    }

    boolean startsWith(char first) {
        return text[start] == first;
    }

    /** Name at this position as the server stores it. */
    String name() {
        return TokenText.storedName(text, start, end, mode);
    }

    /** Word or string at this position without quotes, as it is written. */
    String unquoted() {
        return TokenText.unquoted(text, start, end, mode);
    }

    String upperCase() {
        return TokenText.slice(text, start, end, mode).toUpperCase(Locale.ROOT);
    }

    /** The token from its {@code skipped}-th byte on. */
    String behind(int skipped) {
        return TokenText.slice(text, start + skipped, end, mode);
    }

    /** Name of the user variable at this position without {@code @} and quotes. */
    String variableName() {
        return TokenText.unquoted(text, start + 1, end, mode);
    }

    /** Whether the number at this position has an exponent. */
    boolean hasExponent() {
        return LiteralSlots.hasExponent(text, start, end);
    }

    /** Value of the integer at this position, -1 if it is none of at most 9 digits. */
    int smallNumber() {
        if (kind != TokenKind.INTEGER || end - start > 9) {
            return -1;
        }
        int value = 0;
        for (int at = start; at < end; at++) {
            value = value * 10 + text[at] - '0';
        }
        return value;
    }
}
