package com.oceanbase.odp.sql;

/** The tokens of a text without comments, one at a time, with the one before. Hints behind a verb go to the summary. */
final class TokenCursor {
    private final byte[] text;
    private final int origin;
    private final int limit;
    private final SqlMode mode;
    private final SqlLexer lexer = new SqlLexer();
    private final SummaryBuilder summary;
    private TokenKind kind = TokenKind.SEMICOLON;
    private Word word = Word.UNKNOWN;
    private int start;
    private int end;
    private TokenKind previousKind = TokenKind.SEMICOLON;
    private Word previousWord = Word.UNKNOWN;
    private int previousStart;
    private int previousEnd;
    private int steps;

    TokenCursor(byte[] text, int offset, int length, SqlMode mode, SummaryBuilder summary) {
        this.text = text;
        this.origin = offset;
        this.limit = offset + length;
        this.mode = mode;
        this.summary = summary;
        this.start = offset;
        this.end = offset;
        lexer.reset(text, offset, length, mode);
    }

    /** Goes to the next token; stays at {@link TokenKind#END}. */
    void advance() {
        previousKind = kind;
        previousWord = word;
        previousStart = start;
        previousEnd = end;
        do {
            steps++;
            kind = lexer.next();
            if (kind == TokenKind.HINT && takesHint(previousWord.keyword())) {
                new HintReader(summary, mode).read(text, lexer.start(), lexer.end());
            }
        } while (kind == TokenKind.COMMENT || kind == TokenKind.HINT);
        start = lexer.start();
        end = lexer.end();
        word = kind == TokenKind.WORD ? Vocabulary.find(text, start, end) : Word.UNKNOWN;
    }

    private static boolean takesHint(Keyword keyword) {
        return switch (keyword) {
            case SELECT, INSERT, REPLACE, UPDATE, DELETE, MERGE, LOAD, DATA -> true;
            default -> false;
        };
    }

    TokenKind kind() {
        return kind;
    }

    Word word() {
        return word;
    }

    /** The keyword at this position, {@link Keyword#NONE} for every other token. */
    Keyword keyword() {
        return word.keyword();
    }

    int start() {
        return start;
    }

    /** Start of this token, counted from the beginning of the text. */
    int position() {
        return start - origin;
    }

    int end() {
        return end;
    }

    TokenKind previousKind() {
        return previousKind;
    }

    Keyword previousKeyword() {
        return previousWord.keyword();
    }

    int previousEnd() {
        return previousEnd;
    }

    /** End of the token before this one, counted from the beginning of the text; comments may follow it. */
    int previousPosition() {
        return previousEnd - origin;
    }

    boolean previousIs(char symbol) {
        return previousEnd == previousStart + 1 && text[previousStart] == symbol;
    }

    /** Tokens read so far, comments included. */
    int steps() {
        return steps;
    }

    boolean isUnterminated() {
        return lexer.isUnterminated();
    }

    boolean isVersionDependent() {
        return lexer.isVersionDependent();
    }

    /** Whether no token of this statement is left. */
    boolean atEnd() {
        return kind == TokenKind.SEMICOLON || kind == TokenKind.END;
    }

    boolean atName() {
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_IDENTIFIER;
    }

    /** What is known of the quoted name at this position as that of a function. */
    Word quotedWord() {
        Word found = Vocabulary.find(text, start + 1, Math.max(start + 1, end - 1));
        return found.flag() != null || found.keyword() == Keyword.NEXTVAL ? found : Word.UNKNOWN;
    }

    boolean at(Keyword keyword) {
        return word.keyword() == keyword;
    }

    boolean atSymbol(char symbol) {
        return end == start + 1 && start < limit && text[start] == symbol;
    }

    /** Goes on when the keyword is here. */
    boolean take(Keyword keyword) {
        if (word.keyword() != keyword) {
            return false;
        }
        advance();
        return true;
    }

    /** Goes to the end of the statement. */
    void skipStatement() {
        while (!atEnd()) {
            advance();
        }
    }

    /** Name or string at this position as the server stores it, and goes on; empty when something else is here. */
    String takeName() {
        if (!atName() && kind != TokenKind.STRING) {
            return "";
        }
        String name = kind == TokenKind.STRING ? unquoted() : storedName(start, end);
        advance();
        return name;
    }

    /** Name of the variable at this position without {@code @} and quotes. */
    String variableName() {
        return TokenText.unquoted(text, start + 1, end, mode);
    }

    String storedName(int from, int to) {
        return TokenText.storedName(text, from, to, mode);
    }

    String unquoted() {
        return TokenText.unquoted(text, start, end, mode);
    }

    String slice(int from, int to) {
        return TokenText.slice(text, from, to, mode);
    }

    String current() {
        return slice(start, end);
    }

    /** What is known of the name behind the last dot of the system variable at this position. */
    Word systemVariable() {
        int from = start + 2;
        for (int at = from; at < end; at++) {
            if (text[at] == '.') {
                from = at + 1;
            }
        }
        boolean quoted = end - from > 2 && text[from] == '`' && text[end - 1] == '`';
        return quoted ? Vocabulary.find(text, from + 1, end - 1) : Vocabulary.find(text, from, end);
    }

    SqlMode mode() {
        return mode;
    }

    /** Value of the integer at this position, -1 when it is none or has more than 63 bits. */
    long number() {
        return kind == TokenKind.INTEGER ? number(text, start, end) : -1;
    }

    /** Value of digits, -1 when they have more than 63 bits. */
    static long number(byte[] text, int start, int end) {
        long value = 0;
        for (int at = start; at < end; at++) {
            int digit = text[at] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
