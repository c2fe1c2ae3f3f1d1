package com.oceanbase.odp.sql;

/** Reads the hints that matter to the proxy; of each the first one counts. Unknown words are skipped. */
final class HintReader {
    private final SummaryBuilder summary;
    private final SqlMode mode;

    HintReader(SummaryBuilder summary, SqlMode mode) {
        this.summary = summary;
        this.mode = mode;
    }

    /** Reads a hint token with its delimiters. */
    void read(byte[] text, int start, int end) {
        boolean closed = end - start >= 5 && text[end - 1] == '/' && text[end - 2] == '*';
        int content = start + 3;
        SqlLexer lexer = new SqlLexer();
        lexer.reset(text, content, (closed ? end - 2 : end) - content, mode);
        Keyword name = Keyword.NONE;
        boolean argument = false;
        for (TokenKind kind = lexer.next(); kind != TokenKind.END; kind = lexer.next()) {
            if (kind == TokenKind.LEFT_PAREN) {
                argument = true;
            } else if (argument) {
                argument(name, kind, text, lexer);
                argument = false;
                name = Keyword.NONE;
            } else if (kind == TokenKind.WORD) {
                name = Vocabulary.find(text, lexer.start(), lexer.end()).keyword();
                if (name == Keyword.TRACE_LOG) {
                    summary.flag(StatementFlag.HINT_TRACE_LOG);
                }
            }
        }
    }

    private void argument(Keyword name, TokenKind kind, byte[] text, SqlLexer lexer) {
        if (name == Keyword.READ_CONSISTENCY && kind == TokenKind.WORD) {
            String word = TokenText.slice(text, lexer.start(), lexer.end(), mode);
            for (ReadConsistency consistency : ReadConsistency.values()) {
                if (consistency.name().equalsIgnoreCase(word)) {
                    summary.readConsistency(consistency);
                }
            }
        } else if (name == Keyword.QUERY_TIMEOUT && kind == TokenKind.INTEGER) {
            summary.queryTimeout(TokenCursor.number(text, lexer.start(), lexer.end()));
        }
    }
}
