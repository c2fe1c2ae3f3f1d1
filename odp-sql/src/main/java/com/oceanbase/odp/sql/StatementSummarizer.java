package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.ProxyCommand.Argument;
import com.oceanbase.odp.sql.ProxyCommand.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out in one pass what a proxy must know of a text: kind, tables, effects on the session, hints. Tolerant by design: text that
 * is not understood yields a less precise summary, never an error. Time is linear in the length of the text.
 */
public final class StatementSummarizer {
    private final SummaryBuilder summary = new SummaryBuilder();
    private final TokenCursor cursor;
    private final QueryScanner scanner;

    private StatementSummarizer(byte[] text, int offset, int length, SqlMode mode) {
        cursor = new TokenCursor(text, offset, length, mode, summary);
        scanner = new QueryScanner(cursor, summary);
        summary.targetServers(LeadingComments.targetServers(text, offset, length, mode));
    }

    /** Summarises {@code length} bytes of {@code text}, which are in the character set of the connection. Safe for all threads. */
    public static StatementSummary summarize(byte[] text, int offset, int length, SqlMode mode) {
        return new StatementSummarizer(text, offset, length, mode).read();
    }

    /** Tokens read for a text, for tests of linear time. */
    static int stepsFor(byte[] text, SqlMode mode) {
        StatementSummarizer summarizer = new StatementSummarizer(text, 0, text.length, mode);
        summarizer.read();
        return summarizer.cursor.steps();
    }

    private StatementSummary read() {
        boolean open = false;
        boolean more = true;
        while (more) {
            if (cursor.kind() == TokenKind.SEMICOLON) {
                cursor.advance();
            }
            statement();
            while (!cursor.atEnd()) {
                scanner.step();
            }
            open |= scanner.depth() > 0;
            more = cursor.kind() == TokenKind.SEMICOLON && hasMore();
            summary.endStatement(more);
        }
        return summary.build(open || cursor.isUnterminated(), cursor.isVersionDependent());
    }

    /** Whether anything follows the semicolon at the cursor, which is passed. */
    private boolean hasMore() {
        cursor.advance();
        return cursor.kind() != TokenKind.END;
    }

    private void statement() {
        scanner.startStatement();
        if (cursor.atEnd()) {
            summary.kind(StatementKind.EMPTY);
            return;
        }
        summary.kind(StatementKind.OTHER);
        boolean parenthesised = cursor.kind() == TokenKind.LEFT_PAREN;
        while (cursor.kind() == TokenKind.LEFT_PAREN) {
            scanner.step();
        }
        Keyword verb = cursor.keyword();
        if (!parenthesised || verb == Keyword.WITH || isQueryVerb(verb)) {
            dispatch(verb);
        }
    }

    private void dispatch(Keyword verb) {
        switch (verb) {
            case SELECT, WITH, INSERT, REPLACE, UPDATE, DELETE, MERGE, TABLE, VALUES -> dml(verb);
            case SET -> new SetReader(cursor, summary, scanner).read();
            case BEGIN, START, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, XA -> transaction(verb);
            case USE, KILL, PREPARE, EXECUTE, DEALLOCATE, LOCK, UNLOCK -> session(verb);
            case SHOW -> new InformationReader(cursor, summary).show();
            case EXPLAIN, DESC, DESCRIBE -> explain();
            case CREATE, ALTER, DROP, TRUNCATE, RENAME, ANALYZE, OPTIMIZE, CHECK, REPAIR, CHECKSUM -> definition(verb);
            case LOAD -> load();
            default -> other(verb);
        }
    }

    private void dml(Keyword verb) {
        switch (verb) {
            case SELECT -> select();
            case WITH -> with();
            case INSERT -> write(verb, StatementKind.INSERT);
            case REPLACE -> write(verb, StatementKind.REPLACE);
            case UPDATE -> write(verb, StatementKind.UPDATE);
            case DELETE -> write(verb, StatementKind.DELETE);
            case MERGE -> write(verb, StatementKind.MERGE);
            case TABLE -> {
                summary.kind(StatementKind.TABLE);
                cursor.advance();
                scanner.expectTable(false);
            }
            default -> summary.kind(StatementKind.VALUES);
        }
    }

    private void select() {
        summary.kind(StatementKind.SELECT);
        scanner.step();
        ProxyCommand command = ProxyCommandReader.select(cursor, scanner);
        if (command != null) {
            summary.proxyCommand(command.type(), command.arguments());
        }
    }

    private void write(Keyword verb, StatementKind kind) {
        summary.kind(kind);
        scanner.verb(verb);
    }

    /** {@code WITH ..}: the kind is that of the statement behind the list. */
    private void with() {
        int depth = scanner.depth();
        scanner.step();
        while (!cursor.atEnd()) {
            if (scanner.depth() == depth && cursor.previousKind() == TokenKind.RIGHT_PAREN) {
                if (isDmlVerb(cursor.keyword())) {
                    if (!isQueryVerb(cursor.keyword())) {
                        summary.targetFollows();
                    }
                    dml(cursor.keyword());
                    return;
                }
                if (cursor.kind() == TokenKind.LEFT_PAREN) {
                    summary.kind(StatementKind.SELECT);
                    return;
                }
            }
            scanner.step();
        }
    }

    /** Verbs that may follow a WITH list or EXPLAIN. */
    private static boolean isDmlVerb(Keyword keyword) {
        return switch (keyword) {
            case SELECT, INSERT, REPLACE, UPDATE, DELETE, MERGE, TABLE, VALUES -> true;
            default -> false;
        };
    }

    private static boolean isQueryVerb(Keyword keyword) {
        return keyword == Keyword.SELECT || keyword == Keyword.TABLE || keyword == Keyword.VALUES;
    }

    private void transaction(Keyword verb) {
        TransactionReader reader = new TransactionReader(cursor, summary);
        switch (verb) {
            case BEGIN -> {
                if (cursor.mode().oracle()) {
                    block();
                } else {
                    reader.begin();
                }
            }
            case START -> reader.start();
            case COMMIT -> reader.end(StatementKind.COMMIT);
            case ROLLBACK -> reader.end(StatementKind.ROLLBACK);
            case SAVEPOINT -> {
                cursor.advance();
                reader.savepoint(StatementKind.SAVEPOINT);
            }
            case RELEASE -> reader.release();
            default -> reader.xa();
        }
    }

    private void session(Keyword verb) {
        SessionReader reader = new SessionReader(cursor, summary, scanner);
        switch (verb) {
            case USE -> reader.use();
            case KILL -> reader.kill();
            case PREPARE -> reader.prepare();
            case EXECUTE -> reader.execute();
            case DEALLOCATE -> {
                cursor.advance();
                reader.deallocate();
            }
            case LOCK -> reader.lock();
            default -> reader.unlock();
        }
    }

    private void definition(Keyword verb) {
        DefinitionReader reader = new DefinitionReader(cursor, summary, scanner);
        switch (verb) {
            case CREATE -> reader.create();
            case ALTER -> reader.alter();
            case DROP -> {
                cursor.advance();
                if (cursor.at(Keyword.PREPARE)) {
                    new SessionReader(cursor, summary, scanner).deallocate();
                } else {
                    reader.drop();
                }
            }
            case TRUNCATE -> reader.truncate();
            case RENAME -> reader.rename();
            case ANALYZE -> reader.maintenance(StatementKind.ANALYZE);
            case OPTIMIZE -> reader.maintenance(StatementKind.OPTIMIZE);
            case CHECK -> reader.maintenance(StatementKind.CHECK);
            case REPAIR -> reader.maintenance(StatementKind.REPAIR);
            default -> reader.maintenance(StatementKind.CHECKSUM);
        }
    }

    private void other(Keyword verb) {
        switch (verb) {
            case CALL -> summary.kind(StatementKind.CALL);
            case DO -> summary.kind(StatementKind.DO);
            case HELP -> summary.kind(StatementKind.HELP);
            case COMMENT -> summary.kind(StatementKind.COMMENT);
            case FLASHBACK -> summary.kind(StatementKind.FLASHBACK);
            case AUDIT -> summary.kind(StatementKind.AUDIT);
            case NOAUDIT -> summary.kind(StatementKind.NOAUDIT);
            case GRANT, REVOKE -> {
                summary.kind(verb == Keyword.GRANT ? StatementKind.GRANT : StatementKind.REVOKE);
                cursor.skipStatement();
            }
            case HANDLER -> {
                summary.kind(StatementKind.HANDLER);
                cursor.advance();
                scanner.expectTable(false);
            }
            case DECLARE -> {
                if (cursor.mode().oracle()) {
                    block();
                }
            }
            case FLUSH -> administration(StatementKind.FLUSH);
            case RESET -> administration(StatementKind.RESET);
            case PURGE -> administration(StatementKind.PURGE);
            case BINLOG -> new InformationReader(cursor, summary).binlogEvent();
            case PING -> ping();
            case GET -> new InformationReader(cursor, summary).diagnostics();
            default -> {}
        }
    }

    private void administration(StatementKind kind) {
        cursor.advance();
        new InformationReader(cursor, summary).binlogAdministration(kind);
    }

    private void ping() {
        cursor.advance();
        if (cursor.take(Keyword.PROXY)) {
            summary.proxyCommand(Type.PING_PROXY, ProxyCommandReader.arguments(cursor));
        }
    }

    private void load() {
        cursor.advance();
        if (!cursor.at(Keyword.DATA) && !cursor.at(Keyword.XML)) {
            cursor.skipStatement();
            return;
        }
        summary.kind(StatementKind.LOAD_DATA);
        while (!cursor.atEnd() && !cursor.at(Keyword.INFILE)) {
            if (cursor.at(Keyword.LOCAL)) {
                summary.flag(StatementFlag.LOADS_LOCAL_FILE);
            }
            cursor.advance();
        }
        scanner.expectInto(Keyword.LOAD);
    }

    /** An anonymous block of Oracle mode; it is the whole text. Its declarations are skipped, its statements scanned. */
    private void block() {
        summary.kind(StatementKind.ANONYMOUS_BLOCK);
        while (cursor.kind() != TokenKind.END && !cursor.at(Keyword.BEGIN)) {
            cursor.advance();
        }
        while (cursor.kind() != TokenKind.END) {
            boolean starts = switch (cursor.keyword()) {
                case BEGIN, THEN, ELSE, LOOP -> true;
                default -> cursor.kind() == TokenKind.SEMICOLON;
            };
            if (starts) {
                cursor.advance();
                scanner.verb(cursor.keyword());
            } else {
                scanner.step();
            }
        }
    }

    private void explain() {
        boolean explain = cursor.at(Keyword.EXPLAIN);
        int explainStart = cursor.position();
        summary.kind(StatementKind.DESCRIBE);
        cursor.advance();
        if (explain && cursor.at(Keyword.ROUTE)) {
            scanner.readTable();
            if (!cursor.atEnd()) {
                explainRoute(explainStart);
            }
            return;
        }
        boolean analyze = false;
        boolean first = true;
        while (!cursor.atEnd()) {
            Keyword keyword = cursor.keyword();
            boolean parenthesis = cursor.kind() == TokenKind.LEFT_PAREN;
            if (isDmlVerb(keyword) || keyword == Keyword.WITH || parenthesis) {
                explained(analyze, parenthesis);
                return;
            }
            analyze |= keyword == Keyword.ANALYZE;
            if (keyword == Keyword.INTO) {
                summary.flag(StatementFlag.SELECTS_INTO);
            }
            if (first && cursor.atName() && !keyword.isReserved()) {
                scanner.readTable();
            } else {
                cursor.advance();
            }
            first = false;
        }
        if (analyze) {
            summary.kind(StatementKind.OTHER);
        }
    }

    private void explained(boolean analyze, boolean parenthesis) {
        summary.dropTables();
        if (parenthesis) {
            statement();
        } else {
            dml(cursor.keyword());
        }
        StatementKind inner = summary.kind();
        summary.kind(StatementKind.EXPLAIN);
        summary.detail(new StatementDetail.Explained(inner, analyze));
    }

    private void explainRoute(int explainStart) {
        summary.dropTables();
        List<Argument> arguments = new ArrayList<>(4);
        arguments.add(ProxyCommandReader.position(explainStart));
        ProxyCommandReader.takeFormat(cursor, arguments);
        // Comments ahead of the statement are its own: they may say where it goes.
        arguments.add(1, ProxyCommandReader.position(cursor.previousPosition()));
        statementButExplain();
        while (!cursor.atEnd()) {
            scanner.step();
        }
        StatementKind inner = summary.kind();
        summary.kind(StatementKind.EXPLAIN);
        summary.detail(new StatementDetail.Explained(inner, false));
        summary.proxyCommand(Type.EXPLAIN_ROUTE, List.copyOf(arguments));
    }

    /** Any statement but another EXPLAIN, which would let the text decide how deep the calls go. */
    private void statementButExplain() {
        switch (cursor.keyword()) {
            case EXPLAIN, DESC, DESCRIBE -> {
                summary.kind(StatementKind.EXPLAIN);
                cursor.skipStatement();
            }
            default -> statement();
        }
    }
}
