package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.ProxyCommand.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads SHOW. */
final class InformationReader {
    private final TokenCursor cursor;
    private final SummaryBuilder summary;

    InformationReader(TokenCursor cursor, SummaryBuilder summary) {
        this.cursor = cursor;
        this.summary = summary;
    }

    /** {@code SHOW}; what is behind the words that name the subject is left to be scanned. */
    void show() {
        summary.kind(StatementKind.SHOW);
        cursor.advance();
        String subject = takeWord();
        @Nullable Type command = ProxyCommandReader.show(subject);
        if (command != null) {
            summary.proxyCommand(command, ProxyCommandReader.arguments(cursor));
            return;
        }
        switch (subject) {
            case "WARNINGS" -> summary.flag(StatementFlag.SHOWS_WARNINGS);
            case "ERRORS" -> summary.flag(StatementFlag.SHOWS_ERRORS);
            case "TRACE" -> summary.flag(StatementFlag.SHOWS_TRACE);
            case "COUNT" -> count();
            case "GLOBAL", "SESSION", "LOCAL" -> {
                if (takeWord().equals("VARIABLES")) {
                    variables();
                }
            }
            case "VARIABLES" -> variables();
            case "SLAVE", "RELAYLOG", "MASTER", "BINARY", "BINLOG" -> binlog(subject + ' ' + takeWord());
            default -> skipNames();
        }
    }

    /** Passes the names of what is shown; a condition is left to be scanned. */
    private void skipNames() {
        while (!cursor.atEnd() && !cursor.at(Keyword.WHERE)) {
            cursor.advance();
        }
    }

    private String takeWord() {
        if (cursor.kind() != TokenKind.WORD) {
            return "";
        }
        String word = cursor.current().toUpperCase(Locale.ROOT);
        cursor.advance();
        return word;
    }

    /** {@code SHOW COUNT(*) WARNINGS}. */
    private void count() {
        while (!cursor.atEnd() && cursor.kind() != TokenKind.WORD) {
            cursor.advance();
        }
        switch (takeWord()) {
            case "WARNINGS" -> summary.flag(StatementFlag.SHOWS_WARNINGS);
            case "ERRORS" -> summary.flag(StatementFlag.SHOWS_ERRORS);
            default -> skipNames();
        }
    }

    /** {@code SHOW VARIABLES LIKE 'x'} of a variable of the binlog service. */
    private void variables() {
        if (cursor.take(Keyword.LIKE) && cursor.kind() == TokenKind.STRING) {
            byte[] name = cursor.unquoted().getBytes(cursor.mode().multiByte().charset());
            if (Vocabulary.find(name, 0, name.length).flag() == StatementFlag.BINLOG_SERVICE) {
                summary.flag(StatementFlag.BINLOG_SERVICE);
            }
        }
    }

    private void binlog(String words) {
        switch (words) {
            case "SLAVE HOSTS" -> summary.proxyCommand(Type.SHOW_SLAVE_HOSTS, ProxyCommandReader.arguments(cursor));
            case "RELAYLOG EVENTS" ->
                summary.proxyCommand(Type.SHOW_RELAYLOG_EVENTS, ProxyCommandReader.arguments(cursor));
            case "MASTER STATUS", "BINARY LOGS", "MASTER LOGS", "BINLOG EVENTS", "SLAVE STATUS" ->
                summary.flag(StatementFlag.BINLOG_SERVICE);
            default -> skipNames();
        }
    }

    /** {@code PURGE BINARY LOGS}, {@code RESET MASTER}, {@code FLUSH BINARY LOGS}, with the cursor behind the verb. */
    void binlogAdministration(StatementKind kind) {
        summary.kind(kind);
        String first = takeWord();
        String second = takeWord();
        boolean logs = second.equals("LOGS")
                && (first.equals("BINARY") || (first.equals("MASTER") && kind == StatementKind.PURGE));
        if (logs || (first.equals("MASTER") && kind == StatementKind.RESET)) {
            summary.flag(StatementFlag.BINLOG_SERVICE);
        }
        cursor.skipStatement();
    }

    /** {@code BINLOG 'event'}. */
    void binlogEvent() {
        cursor.advance();
        List<ProxyCommand.Argument> arguments = ProxyCommandReader.arguments(cursor);
        if (!arguments.isEmpty()) {
            summary.proxyCommand(Type.BINLOG, arguments);
        }
    }

    /** {@code GET DIAGNOSTICS}, which tells what {@code SHOW WARNINGS} does and stores it in variables. */
    void diagnostics() {
        cursor.advance();
        while (!cursor.atEnd()) {
            if (cursor.at(Keyword.DIAGNOSTICS)) {
                summary.flag(StatementFlag.SHOWS_WARNINGS);
            } else if (cursor.kind() == TokenKind.USER_VARIABLE) {
                summary.flag(StatementFlag.ASSIGNS_USER_VARIABLE);
            }
            cursor.advance();
        }
    }
}
