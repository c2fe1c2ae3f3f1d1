package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.ProxyCommand.Type;

/** Reads CREATE, ALTER, DROP, TRUNCATE and RENAME as far as they tell what is defined. */
final class DefinitionReader {
    private final TokenCursor cursor;
    private final SummaryBuilder summary;
    private final QueryScanner scanner;

    DefinitionReader(TokenCursor cursor, SummaryBuilder summary, QueryScanner scanner) {
        this.cursor = cursor;
        this.summary = summary;
        this.scanner = scanner;
    }

    void create() {
        summary.kind(StatementKind.CREATE);
        boolean temporary = false;
        boolean global = false;
        cursor.advance();
        // Parentheses ahead of the word that says what is created belong to DEFINER = CURRENT_USER().
        while (!cursor.atEnd()) {
            switch (cursor.keyword()) {
                case TEMPORARY -> temporary = true;
                case GLOBAL -> global = true;
                case TABLE -> {
                    if (temporary && !global) {
                        summary.flag(StatementFlag.CREATES_TEMPORARY_TABLE);
                    }
                    scanner.expectTable(false);
                    return;
                }
                case INDEX -> {
                    scanner.expectOn();
                    return;
                }
                case PROCEDURE, FUNCTION, TRIGGER, EVENT, PACKAGE, TYPE -> {
                    program();
                    return;
                }
                case USER, ROLE -> {
                    userAdministration();
                    return;
                }
                case VIEW, DATABASE, SCHEMA, SEQUENCE, ON, AS, SELECT -> {
                    return;
                }
                default -> {}
            }
            cursor.advance();
        }
    }

    private void userAdministration() {
        summary.kind(StatementKind.USER_ADMIN);
        cursor.skipStatement();
    }

    void alter() {
        cursor.advance();
        summary.kind(StatementKind.ALTER);
        switch (cursor.keyword()) {
            case PROXYCONFIG -> proxyCommand(Type.ALTER_PROXYCONFIG);
            case PROXYRESOURCE -> proxyCommand(Type.ALTER_PROXYRESOURCE);
            case SESSION -> {
                summary.kind(StatementKind.ALTER_SESSION);
                cursor.skipStatement();
            }
            case TABLE -> {
                cursor.advance();
                scanner.expectTable(false);
            }
            case USER, ROLE -> userAdministration();
            case EVENT -> program();
            default -> cursor.skipStatement();
        }
    }

    private void proxyCommand(Type type) {
        summary.kind(StatementKind.OTHER);
        cursor.advance();
        summary.proxyCommand(type, ProxyCommandReader.arguments(cursor));
    }

    /** DROP, except for prepared statements, with the cursor behind the verb. */
    void drop() {
        summary.kind(StatementKind.DROP);
        boolean temporary = cursor.take(Keyword.TEMPORARY);
        switch (cursor.keyword()) {
            case TABLE, TABLES -> {
                if (temporary) {
                    summary.flag(StatementFlag.DROPS_TEMPORARY_TABLE);
                }
                cursor.advance();
                scanner.expectTable(true);
            }
            case INDEX -> scanner.expectOn();
            case USER, ROLE -> userAdministration();
            default -> cursor.skipStatement();
        }
    }

    void truncate() {
        summary.kind(StatementKind.TRUNCATE);
        cursor.advance();
        scanner.expectTable(false);
    }

    void rename() {
        cursor.advance();
        summary.kind(StatementKind.RENAME);
        if (cursor.at(Keyword.USER)) {
            userAdministration();
        } else {
            scanner.expectRename();
        }
    }

    /** ANALYZE TABLE and relatives. */
    void maintenance(StatementKind kind) {
        summary.kind(kind);
        cursor.advance();
        while (!cursor.atEnd() && cursor.kind() == TokenKind.WORD) {
            boolean table = cursor.at(Keyword.TABLE) || cursor.at(Keyword.TABLES);
            cursor.advance();
            if (table) {
                scanner.expectTable(true);
                return;
            }
        }
    }

    /**
     * A stored program: up to the semicolon that ends it. In Oracle mode that is the whole text. In MySQL mode semicolons inside of
     * BEGIN, CASE, IF, LOOP, REPEAT and WHILE belong to the body.
     */
    private void program() {
        summary.flag(StatementFlag.STORES_PROGRAM);
        if (cursor.mode().oracle()) {
            while (cursor.kind() != TokenKind.END) {
                cursor.advance();
            }
            return;
        }
        int blocks = 0;
        int caseExpressions = 0;
        while (cursor.kind() != TokenKind.END && (cursor.kind() != TokenKind.SEMICOLON || blocks > 0)) {
            boolean afterEnd = cursor.previousKeyword() == Keyword.END;
            switch (cursor.keyword()) {
                case BEGIN -> blocks++;
                case CASE -> {
                    if (!afterEnd && startsStatement()) {
                        blocks++;
                    } else if (!afterEnd) {
                        caseExpressions++;
                    }
                }
                case IF, LOOP, REPEAT, WHILE -> {
                    if (caseExpressions == 0 && startsStatement()) {
                        blocks++;
                    }
                }
                case END -> {
                    if (caseExpressions > 0) {
                        caseExpressions--;
                    } else if (blocks > 0) {
                        blocks--;
                    }
                }
                default -> {}
            }
            cursor.advance();
        }
    }

    /** Whether a statement of a body may start at the cursor. */
    private boolean startsStatement() {
        return switch (cursor.previousKind()) {
            case SEMICOLON, RIGHT_PAREN -> true;
            case OPERATOR -> cursor.previousIs(':');
            case WORD ->
                switch (cursor.previousKeyword()) {
                    case BEGIN, THEN, ELSE, DO, LOOP, REPEAT, ROW -> true;
                    default -> false;
                };
            default -> false;
        };
    }
}
