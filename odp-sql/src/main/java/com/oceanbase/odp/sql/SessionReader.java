package com.oceanbase.odp.sql;

import com.oceanbase.odp.sql.ProxyCommand.Argument;
import com.oceanbase.odp.sql.StatementDetail.Kill.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads USE, KILL, the text forms of prepared statements, and locks of tables. */
final class SessionReader {
    private final TokenCursor cursor;
    private final SummaryBuilder summary;
    private final QueryScanner scanner;

    SessionReader(TokenCursor cursor, SummaryBuilder summary, QueryScanner scanner) {
        this.cursor = cursor;
        this.summary = summary;
        this.scanner = scanner;
    }

    void use() {
        cursor.advance();
        summary.kind(StatementKind.USE);
        if (cursor.atName() || cursor.kind() == TokenKind.STRING) {
            summary.detail(new StatementDetail.UseDatabase(cursor.takeName()));
        }
    }

    void kill() {
        summary.kind(StatementKind.KILL);
        cursor.advance();
        Target target = switch (cursor.keyword()) {
            case QUERY -> Target.QUERY;
            case PROXYSESSION -> Target.PROXY_SESSION;
            case GLOBALSESSION -> Target.GLOBAL_SESSION;
            default -> Target.CONNECTION;
        };
        if (target == Target.PROXY_SESSION || target == Target.GLOBAL_SESSION) {
            cursor.advance();
        }
        List<Argument> arguments = ProxyCommandReader.arguments(cursor);
        summary.detail(new StatementDetail.Kill(target, ids(arguments)));
        summary.proxyCommand(
                switch (target) {
                    case PROXY_SESSION -> ProxyCommand.Type.KILL_PROXYSESSION;
                    case GLOBAL_SESSION -> ProxyCommand.Type.KILL_GLOBALSESSION;
                    case CONNECTION, QUERY -> ProxyCommand.Type.KILL;
                },
                arguments);
    }

    /** The numbers behind the word; none when anything else is there. */
    private static List<Long> ids(List<Argument> arguments) {
        List<Long> ids = new ArrayList<>(2);
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            long id = argument.form() == Argument.Form.NUMBER ? ProxyCommandReader.number(argument.text()) : -1;
            boolean isWord = i == 0 && (argument.is("QUERY") || argument.is("CONNECTION"));
            if (id < 0 && !isWord) {
                return List.of();
            }
            if (id >= 0) {
                ids.add(id);
            }
        }
        return List.copyOf(ids);
    }

    /** {@code PREPARE name FROM ..}. */
    void prepare() {
        summary.kind(StatementKind.PREPARE);
        cursor.advance();
        String name = cursor.takeName();
        @Nullable String text = null;
        @Nullable String variable = null;
        if (cursor.take(Keyword.FROM)) {
            if (cursor.kind() == TokenKind.STRING) {
                text = takeStrings();
            } else if (cursor.kind() == TokenKind.USER_VARIABLE) {
                summary.flag(StatementFlag.READS_USER_VARIABLE);
                variable = cursor.variableName();
                cursor.advance();
            }
        }
        boolean understood = cursor.atEnd();
        summary.detail(new StatementDetail.PrepareText(name, understood ? text : null, understood ? variable : null));
    }

    /** A string, or several that follow one another and form one. */
    private String takeStrings() {
        StringBuilder all = new StringBuilder();
        while (cursor.kind() == TokenKind.STRING) {
            all.append(cursor.unquoted());
            cursor.advance();
        }
        return all.toString();
    }

    /** {@code EXECUTE name [USING ..]}. */
    void execute() {
        summary.kind(StatementKind.EXECUTE);
        cursor.advance();
        if (cursor.at(Keyword.IMMEDIATE)) {
            return;
        }
        String name = cursor.takeName();
        List<String> variables = new ArrayList<>();
        while (!cursor.atEnd()) {
            if (cursor.kind() == TokenKind.USER_VARIABLE) {
                summary.flag(StatementFlag.READS_USER_VARIABLE);
                variables.add(cursor.variableName());
            }
            cursor.advance();
        }
        summary.detail(new StatementDetail.ExecuteText(name, List.copyOf(variables)));
    }

    /** {@code DEALLOCATE PREPARE} or {@code DROP PREPARE} with the cursor on the second word. */
    void deallocate() {
        cursor.take(Keyword.PREPARE);
        summary.kind(StatementKind.DEALLOCATE);
        summary.detail(new StatementDetail.DeallocateText(cursor.takeName()));
    }

    /** {@code LOCK TABLES}; in Oracle mode LOCK TABLE belongs to the transaction and is another statement. */
    void lock() {
        cursor.advance();
        boolean tables = cursor.take(Keyword.TABLES) || cursor.take(Keyword.TABLE);
        summary.kind(tables && !cursor.mode().oracle() ? StatementKind.LOCK_TABLES : StatementKind.OTHER);
        if (tables) {
            scanner.expectTable(true);
        }
    }

    void unlock() {
        cursor.advance();
        boolean tables = cursor.take(Keyword.TABLES) || cursor.take(Keyword.TABLE);
        summary.kind(tables ? StatementKind.UNLOCK_TABLES : StatementKind.OTHER);
    }
}
