package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which tables a text accesses and under which conditions. Never fails: what is not understood is
 * {@link com.oceanbase.odp.sql.expression.Expression.Unknown} or leaves the access incomplete, and never limits it. Each token is read once;
 * parentheses, subqueries and operators that nest too deep are passed, not read. A text that is not closed, or that servers may read in
 * different ways, accesses nothing that is known. Of a text of several statements the blocks of all are found,
 * in their order.
 */
public final class AccessParser {
    private final AccessContext context;
    private final AccessTokens tokens;
    private final WriteParser writes;

    private AccessParser(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        tokens = new AccessTokens(text, offset, length, mode, slots);
        context = new AccessContext(tokens);
        writes = new WriteParser(context);
    }

    /**
     * Reads {@code length} bytes of {@code text}, which are in the character set of the connection, and fills {@code slots} with the literals of
     * the text, also of parts that are not understood. Safe for all threads, each with slots of its own.
     */
    public static StatementAccess parse(byte[] text, int offset, int length, SqlMode mode, LiteralSlots slots) {
        return new AccessParser(text, offset, length, mode, slots).read();
    }

    /**
     * Reads an expression that is the whole text, such as a partition function or a variable's value, and fills {@code slots} with its
     * literals. Unknown if the text is anything else.
     */
    public static Expression parseExpression(byte[] text, SqlMode mode, LiteralSlots slots) {
        AccessParser parser = new AccessParser(text, 0, text.length, mode, slots);
        Expression expression = parser.context.expressions().expression();
        boolean whole = parser.tokens.at(TokenKind.END);
        return whole ? expression : Expression.Unknown.INSTANCE;
    }

    /** Tokens read for a text, for tests of linear time. */
    static int stepsFor(byte[] text, SqlMode mode) {
        AccessParser parser = new AccessParser(text, 0, text.length, mode, new LiteralSlots());
        parser.read();
        return parser.tokens.steps();
    }

    private StatementAccess read() {
        while (!tokens.at(TokenKind.END)) {
            if (!tokens.take(TokenKind.SEMICOLON)) {
                statement();
            }
        }
        int literals = Math.min(tokens.literals(), LiteralSlots.MAX_COUNT);
        if (tokens.isDoubtful()) {
            return new StatementAccess(List.of(), literals, tokens.placeholders(), false, List.of());
        }
        List<QueryBlock> blocks =
                new AccessAssembly(context.blocks, context.oracle, context.assignsVariables).assemble();
        return new StatementAccess(
                blocks, literals, tokens.placeholders(), context.isComplete(), List.copyOf(context.fixed));
    }

    /** One statement, up to its semicolon. */
    private void statement() {
        int first = context.blocks.size();
        int mark = context.commonTables.mark();
        BlockBuilder main = dispatch();
        context.commonTables.release(mark);
        context.block = null;
        if (main != null && main != context.blocks.get(first)) {
            List<BlockBuilder> own = context.blocks.subList(first, context.blocks.size());
            own.removeIf(block -> block == main);
            own.addFirst(main);
        }
        if (!tokens.atEnd()) {
            context.incomplete();
            while (!tokens.atEnd()) {
                context.skip(at -> false);
                tokens.take(TokenKind.RIGHT_PAREN);
            }
        }
    }

    /** Reads a statement; its main block if it is not the first one that was found. */
    private @Nullable BlockBuilder dispatch() {
        switch (tokens.word()) {
            case EXPLAIN, DESC, DESCRIBE -> {
                return explain();
            }
            case BEGIN, DECLARE -> {
                if (context.oracle) {
                    block();
                } else {
                    context.skip(at -> false);
                }
                return null;
            }
            default -> {
                return dml();
            }
        }
    }

    private @Nullable BlockBuilder dml() {
        if (tokens.at(SqlWord.WITH)) {
            context.queries().with();
        }
        int blocks = context.blocks.size();
        switch (tokens.word()) {
            case SELECT, VALUES, TABLE -> {
                return query();
            }
            case INSERT -> writes.insert(BlockKind.INSERT);
            case REPLACE -> writes.insert(BlockKind.REPLACE);
            case UPDATE -> writes.update();
            case DELETE -> writes.delete();
            case MERGE -> new MergeParser(context).merge();
            case LOAD -> writes.load();
            case CALL -> writes.call();
            default -> {
                if (tokens.at(TokenKind.LEFT_PAREN)) {
                    return query();
                }
                other();
            }
        }
        return blocks < context.blocks.size() ? context.blocks.get(blocks) : null;
    }

    private @Nullable BlockBuilder query() {
        Query query = context.queries().query();
        return query.branches.isEmpty() ? null : query.first();
    }

    /** Statements without conditions on tables; of those that define something, what they name is not looked at. */
    private void other() {
        switch (tokens.word()) {
            case ALTER, ANALYZE, LOCK -> {
                context.incomplete();
                passStatement();
            }
            default -> {
                context.assignsVariables |= tokens.at(SqlWord.SET);
                if (isPlain(tokens.at(TokenKind.WORD) ? tokens.upperCase() : "")) {
                    context.skip(at -> false);
                } else {
                    context.incomplete();
                    passStatement();
                }
            }
        }
    }

    private void passStatement() {
        while (!tokens.atEnd()) {
            tokens.advance();
        }
    }

    /** Verbs whose statements read tables in subqueries only. */
    private static boolean isPlain(String verb) {
        return switch (verb) {
            case "SET",
                    "DO",
                    "SHOW",
                    "USE",
                    "START",
                    "COMMIT",
                    "ROLLBACK",
                    "SAVEPOINT",
                    "RELEASE",
                    "XA",
                    "KILL",
                    "PREPARE",
                    "EXECUTE",
                    "DEALLOCATE",
                    "HELP",
                    "UNLOCK",
                    "PING" -> true;
            default -> false;
        };
    }

    /** EXPLAIN of a statement, or DESC of a table. */
    private @Nullable BlockBuilder explain() {
        tokens.advance();
        TableName table = null;
        boolean first = true;
        while (!tokens.atEnd()) {
            if (isStatement()) {
                return dml();
            }
            if (first && tokens.atFreeName() && tokens.nextOperator() != '=' && tokens.nextKind() != TokenKind.EQUALS) {
                table = context.queries().from().tableName();
            } else {
                tokens.advance();
            }
            first = false;
        }
        if (table != null) {
            context.newBlock(BlockKind.OTHER).sources.add(Source.of(table));
        }
        return null;
    }

    private boolean isStatement() {
        return switch (tokens.word()) {
            case SELECT, WITH, INSERT, REPLACE, UPDATE, DELETE, MERGE, VALUES, LOAD, CALL -> true;
            case TABLE -> tokens.nextIsName();
            default -> tokens.at(TokenKind.LEFT_PAREN);
        };
    }

    /** An anonymous block of Oracle mode; it is the whole text. Its declarations are passed, its statements are read. */
    private void block() {
        context.incomplete();
        while (!tokens.at(TokenKind.END) && !tokens.at(SqlWord.BEGIN)) {
            tokens.advance();
        }
        while (!tokens.at(TokenKind.END)) {
            boolean starts = switch (tokens.word()) {
                case BEGIN, THEN, ELSE, LOOP -> true;
                default -> tokens.at(TokenKind.SEMICOLON);
            };
            tokens.advance();
            if (starts && startsDml()) {
                dml();
                context.block = null;
            }
        }
    }

    private boolean startsDml() {
        return switch (tokens.word()) {
            case SELECT, WITH, INSERT, UPDATE, DELETE, MERGE -> true;
            default -> false;
        };
    }
}
