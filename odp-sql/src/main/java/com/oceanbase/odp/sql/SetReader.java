package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.SetItem.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads SET. As in OceanBase a scope holds for its own item only. Values are scanned like any expression. The value of SET PASSWORD is
 * never kept.
 */
final class SetReader {
    /** Variable of the proxy that binds a session to a server. */
    static final String ROUTE_ADDRESS = "obproxy_route_addr";

    private final TokenCursor cursor;
    private final SummaryBuilder summary;
    private final QueryScanner scanner;
    private final List<SetItem> items = new ArrayList<>();

    SetReader(TokenCursor cursor, SummaryBuilder summary, QueryScanner scanner) {
        this.cursor = cursor;
        this.summary = summary;
        this.scanner = scanner;
    }

    void read() {
        summary.kind(StatementKind.SET);
        cursor.advance();
        while (!cursor.atEnd()) {
            item();
            if (cursor.kind() == TokenKind.COMMA) {
                cursor.advance();
            }
        }
        summary.detail(new StatementDetail.Assignments(List.copyOf(items)));
        if (items.size() == 1) {
            SetItem only = items.getFirst();
            if (only.scope() == Scope.USER_VARIABLE && only.name().equalsIgnoreCase(ROUTE_ADDRESS)) {
                ProxyCommand.Argument value =
                        new ProxyCommand.Argument(ProxyCommand.Argument.Form.NUMBER, only.value());
                summary.proxyCommand(ProxyCommand.Type.SET_ROUTE_ADDRESS, List.of(value));
            }
        }
    }

    private void item() {
        switch (cursor.kind()) {
            case USER_VARIABLE -> {
                summary.flag(StatementFlag.ASSIGNS_USER_VARIABLE);
                String name = cursor.variableName();
                cursor.advance();
                assignment(Scope.USER_VARIABLE, name);
            }
            case SYSTEM_VARIABLE -> systemVariable();
            case WORD -> word();
            default -> variable(Scope.SESSION);
        }
    }

    private void word() {
        switch (cursor.keyword()) {
            case GLOBAL -> scoped(Scope.GLOBAL);
            case SESSION -> scoped(Scope.SESSION);
            case LOCAL -> scoped(Scope.LOCAL);
            case PERSIST -> scoped(Scope.PERSIST);
            case PERSIST_ONLY -> scoped(Scope.PERSIST_ONLY);
            case NAMES, CHARSET, CHARACTER, TRANSACTION, PASSWORD, ROLE, DEFAULT, STATEMENT ->
                special(cursor.keyword());
            default -> variable(Scope.SESSION);
        }
    }

    private void scoped(Scope scope) {
        cursor.advance();
        if (cursor.take(Keyword.TRANSACTION)) {
            transaction(scope == Scope.GLOBAL ? Scope.GLOBAL_TRANSACTION : Scope.SESSION_TRANSACTION);
        } else {
            variable(scope);
        }
    }

    private void special(Keyword keyword) {
        int start = cursor.start();
        int end = cursor.end();
        cursor.advance();
        if (cursor.kind() == TokenKind.EQUALS || cursor.kind() == TokenKind.ASSIGN) {
            assignmentOrPassword(keyword, cursor.slice(start, end));
            return;
        }
        switch (keyword) {
            case NAMES -> add(Scope.NAMES, "", value());
            case CHARSET -> add(Scope.CHARSET, "", value());
            case CHARACTER -> {
                cursor.take(Keyword.SET);
                add(Scope.CHARSET, "", value());
            }
            case TRANSACTION -> transaction(Scope.TRANSACTION);
            case PASSWORD -> passwordFor();
            case ROLE -> add(Scope.ROLE, "", rest());
            case DEFAULT -> add(cursor.take(Keyword.ROLE) ? Scope.ROLE : Scope.OTHER, "", rest());
            default -> add(Scope.OTHER, "", rest());
        }
    }

    private void assignmentOrPassword(Keyword keyword, String name) {
        if (keyword == Keyword.PASSWORD) {
            rest();
            add(Scope.PASSWORD, "", "");
        } else {
            assignment(Scope.SESSION, name);
        }
    }

    private void passwordFor() {
        cursor.take(Keyword.FOR);
        int start = cursor.start();
        while (!cursor.atEnd() && cursor.kind() != TokenKind.EQUALS) {
            cursor.advance();
        }
        String user = cursor.slice(start, cursor.previousEnd());
        cursor.skipStatement();
        add(Scope.PASSWORD, user, "");
    }

    private void transaction(Scope scope) {
        if (scope == Scope.TRANSACTION) {
            summary.flag(StatementFlag.SETS_NEXT_TRANSACTION);
        } else if (scope == Scope.SESSION_TRANSACTION) {
            summary.flag(StatementFlag.SETS_SESSION_TRANSACTION);
        }
        add(scope, "", rest());
    }

    /** A name, perhaps qualified, and its value. */
    private void variable(Scope scope) {
        int start = cursor.start();
        boolean quoted = cursor.kind() == TokenKind.QUOTED_IDENTIFIER;
        String first = quoted ? cursor.unquoted() : cursor.current();
        int last = start;
        while (!isAssignment() && !cursor.atEnd() && cursor.kind() != TokenKind.COMMA) {
            quoted &= cursor.start() == start;
            last = cursor.end();
            cursor.advance();
        }
        String name = quoted ? first : cursor.slice(start, last);
        if (isAssignment()) {
            assignment(scope, name);
        } else if (!name.isEmpty()) {
            add(Scope.OTHER, "", name);
        }
    }

    private boolean isAssignment() {
        return cursor.kind() == TokenKind.EQUALS || cursor.kind() == TokenKind.ASSIGN;
    }

    private void systemVariable() {
        int start = cursor.start() + 2;
        int end = cursor.end();
        cursor.advance();
        while (cursor.kind() == TokenKind.DOT || (cursor.atName() && cursor.previousKind() == TokenKind.DOT)) {
            end = cursor.end();
            cursor.advance();
        }
        String text = cursor.slice(start, end).replace(" ", "");
        int dot = text.indexOf('.');
        String prefix = dot < 0 ? "" : text.substring(0, dot).replace("`", "");
        Scope scope = switch (prefix.toUpperCase(Locale.ROOT)) {
            case "GLOBAL" -> Scope.GLOBAL;
            case "LOCAL" -> Scope.LOCAL;
            case "PERSIST" -> Scope.PERSIST;
            case "PERSIST_ONLY" -> Scope.PERSIST_ONLY;
            default -> Scope.SESSION;
        };
        boolean isScope = scope != Scope.SESSION || prefix.equalsIgnoreCase("SESSION");
        assignment(scope, (isScope ? text.substring(dot + 1) : text).replace("`", ""));
    }

    private void assignment(Scope scope, String name) {
        if (isAssignment()) {
            cursor.advance();
        }
        add(scope, name, value());
    }

    /** Text up to the comma that ends the item. */
    private String value() {
        int start = cursor.start();
        int depth = scanner.depth();
        while (!cursor.atEnd() && (cursor.kind() != TokenKind.COMMA || scanner.depth() > depth)) {
            scanner.step();
        }
        return cursor.slice(start, Math.max(start, cursor.previousEnd()));
    }

    /** Text up to the end of the statement. */
    private String rest() {
        int start = cursor.start();
        cursor.skipStatement();
        return cursor.slice(start, cursor.previousEnd());
    }

    private void add(Scope scope, String name, String value) {
        items.add(new SetItem(scope, name, value));
    }
}
