package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads query expressions: WITH, SELECT, TABLE, VALUES, parentheses, and what combines them. */
final class QueryParser {
    private final AccessContext context;
    private final AccessTokens tokens;
    private final FromParser from;
    private final ClauseParser clauses;

    QueryParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
        this.from = new FromParser(context);
        this.clauses = new ClauseParser(context);
    }

    FromParser from() {
        return from;
    }

    ClauseParser clauses() {
        return clauses;
    }

    /** Whether a query may start at this position that is no parenthesis. */
    static boolean isQueryStart(AccessTokens tokens) {
        return switch (tokens.word()) {
            case SELECT, WITH -> true;
            case VALUES -> tokens.nextWord() == SqlWord.ROW;
            case TABLE -> tokens.nextIsName();
            default -> false;
        };
    }

    /** A query inside of something else; the block around it goes on afterwards. */
    Query subquery() {
        BlockBuilder outer = context.block;
        Query query = query();
        context.block = outer;
        return query;
    }

    /** A whole query expression; empty if none starts here. */
    Query query() {
        int mark = context.commonTables.mark();
        if (tokens.at(SqlWord.WITH)) {
            with();
        }
        Query query = new Query();
        term(query);
        tail(query);
        context.commonTables.release(mark);
        return query;
    }

    /** UNION and the like behind the first term of a query, ORDER BY and LIMIT behind the last one. */
    void tail(Query query) {
        while (atCombination()) {
            tokens.advance();
            while (tokens.at(SqlWord.ALL) || tokens.at(SqlWord.DISTINCT) || tokens.at(SqlWord.UNIQUE)) {
                tokens.advance();
            }
            term(query);
        }
        if (!query.branches.isEmpty()) {
            BlockBuilder last = query.branches.getLast();
            context.block = last;
            clauses.read(last);
        }
    }

    private boolean atCombination() {
        return switch (tokens.word()) {
            case UNION, EXCEPT, INTERSECT -> true;
            case MINUS ->
                tokens.nextWord() == SqlWord.SELECT
                        || tokens.nextWord() == SqlWord.ALL
                        || tokens.nextWord() == SqlWord.DISTINCT
                        || tokens.nextKind() == TokenKind.LEFT_PAREN;
            default -> false;
        };
    }

    /** Whether a query in parentheses goes on at this position. */
    boolean isContinued() {
        return atCombination() || tokens.at(SqlWord.ORDER) || tokens.at(SqlWord.LIMIT);
    }

    private void term(Query query) {
        switch (tokens.kind()) {
            case LEFT_PAREN -> parenthesised(query);
            case WORD -> {
                switch (tokens.word()) {
                    case SELECT -> select(query);
                    case TABLE -> table(query);
                    case VALUES -> values(query);
                    case WITH -> nested(query);
                    default -> context.incomplete();
                }
            }
            default -> context.incomplete();
        }
    }

    /** A term that has a WITH of its own. */
    private void nested(Query query) {
        if (context.enterQuery()) {
            query.branches.addAll(query().branches);
            context.leaveQuery();
        }
    }

    private void parenthesised(Query query) {
        tokens.advance();
        if (!context.enterQuery()) {
            context.skipParenthesis();
            return;
        }
        query.branches.addAll(query().branches);
        context.leaveQuery();
        if (!tokens.take(TokenKind.RIGHT_PAREN)) {
            context.incomplete();
            context.skipParenthesis();
        }
    }

    /** The list of WITH, from the word on; its names hold until they are released. */
    void with() {
        tokens.advance();
        boolean recursive = tokens.take(SqlWord.RECURSIVE);
        do {
            if (!tokens.atName()) {
                context.incomplete();
                return;
            }
            commonTable(recursive);
        } while (tokens.take(TokenKind.COMMA));
    }

    private void commonTable(boolean recursive) {
        String name = tokens.name();
        tokens.advance();
        List<String> columns = tokens.take(TokenKind.LEFT_PAREN) ? from.names() : List.of();
        boolean reads = tokens.take(SqlWord.AS);
        while (reads && tokens.atName()) {
            tokens.advance();
        }
        if (!reads || !tokens.take(TokenKind.LEFT_PAREN) || !context.enterQuery()) {
            context.incomplete();
            context.skip(at -> at.at(TokenKind.COMMA) || isQueryStart(at));
            return;
        }
        int mark = context.commonTables.mark();
        if (recursive || (context.oracle && columns != null && !columns.isEmpty())) {
            Query self = new Query();
            self.recursive = true;
            context.commonTables.add(name, self);
        }
        Query query = subquery();
        context.commonTables.release(mark);
        context.leaveQuery();
        query.recursive = recursive;
        query.opaque = columns == null;
        query.columnNames = columns == null ? List.of() : columns;
        context.commonTables.add(name, query);
        if (!tokens.take(TokenKind.RIGHT_PAREN)) {
            context.incomplete();
            context.skipParenthesis();
        }
        clauses.skipSearch();
    }

    private BlockBuilder branch(Query query) {
        BlockBuilder builder = context.newBlock(BlockKind.SELECT);
        query.branches.add(builder);
        context.block = builder;
        return builder;
    }

    private void table(Query query) {
        BlockBuilder builder = branch(query);
        tokens.advance();
        builder.stars = 1;
        from.references(builder);
        clauses.read(builder);
    }

    /** {@code VALUES ROW(..), ROW(..)} and {@code VALUES (..), (..)}. */
    private void values(Query query) {
        tokens.advance();
        int rows = 0;
        do {
            tokens.take(SqlWord.ROW);
            if (!tokens.at(TokenKind.LEFT_PAREN) || rows == WrittenRows.MAX_ROWS) {
                context.incomplete();
                context.skip(ClauseParser::isClause);
                return;
            }
            BlockBuilder builder = branch(query);
            for (Expression value : clauses.row()) {
                builder.items.add(new BlockBuilder.Item(null, value, context.height));
            }
            rows++;
        } while (tokens.take(TokenKind.COMMA));
    }

    private void select(Query query) {
        BlockBuilder builder = branch(query);
        tokens.advance();
        while (isModifier()) {
            tokens.advance();
        }
        items(builder);
        if (tokens.at(SqlWord.BULK) || tokens.at(SqlWord.INTO)) {
            clauses.into();
        }
        if (tokens.take(SqlWord.FROM)) {
            from.references(builder);
        }
        clauses.read(builder);
    }

    private boolean isModifier() {
        return switch (tokens.word()) {
            case ALL,
                    DISTINCT,
                    DISTINCTROW,
                    UNIQUE,
                    HIGH_PRIORITY,
                    STRAIGHT_JOIN,
                    SQL_SMALL_RESULT,
                    SQL_BIG_RESULT,
                    SQL_CALC_FOUND_ROWS -> true;
            case SQL_BUFFER_RESULT, SQL_NO_CACHE, SQL_CACHE ->
                tokens.nextKind() != TokenKind.COMMA && tokens.nextWord() != SqlWord.FROM;
            default -> false;
        };
    }

    private void items(BlockBuilder builder) {
        do {
            if (tokens.operator() == '*') {
                tokens.advance();
                builder.stars++;
                builder.items.add(
                        new BlockBuilder.Item(null, new Expression.Column(null, null, OperandParser.STAR), 1));
            } else {
                item(builder);
            }
            if (!atItemEnd()) {
                context.incomplete();
                context.skip(QueryParser::endsItem);
            }
        } while (tokens.take(TokenKind.COMMA));
    }

    private void item(BlockBuilder builder) {
        Expression expression = context.expressions().expression();
        int height = context.height;
        if (expression instanceof Expression.Column column) {
            if (column.name().equals(OperandParser.STAR)) {
                builder.stars++;
                builder.items.add(new BlockBuilder.Item(null, column, 1));
                return;
            }
        }
        String name = expression instanceof Expression.Column column ? column.name() : null;
        if (tokens.take(SqlWord.AS) || atAlias()) {
            name = itemAlias();
        }
        if (!atItemEnd()) {
            expression = Unknown.INSTANCE;
        }
        builder.items.add(new BlockBuilder.Item(name, expression, height));
    }

    private boolean atAlias() {
        return tokens.at(TokenKind.STRING) || (tokens.atFreeName() && !ClauseParser.isClause(tokens));
    }

    /** Name behind an expression, null when it is a string. */
    private @Nullable String itemAlias() {
        if (tokens.at(SqlWord.BULK)) {
            return null;
        }
        String name = tokens.atName() ? tokens.name() : null;
        if (name != null || tokens.at(TokenKind.STRING)) {
            tokens.advance();
        }
        return name;
    }

    private boolean atItemEnd() {
        return tokens.atEnd() || tokens.at(TokenKind.RIGHT_PAREN) || endsItem(tokens);
    }

    private static boolean endsItem(AccessTokens at) {
        return at.at(TokenKind.COMMA)
                || at.at(SqlWord.FROM)
                || at.at(SqlWord.INTO)
                || at.at(SqlWord.BULK)
                || ClauseParser.isClause(at);
    }

    /** Rows of a query without tables, at most as many as are kept. */
    List<List<Expression>> rows(Query query) {
        List<List<Expression>> rows = new ArrayList<>();
        for (BlockBuilder branch : query.branches) {
            if (rows.size() == WrittenRows.MAX_ROWS) {
                context.incomplete();
                break;
            }
            List<Expression> row = new ArrayList<>(branch.items.size());
            for (BlockBuilder.Item item : branch.items) {
                row.add(item.expression());
            }
            rows.add(List.copyOf(row));
        }
        return List.copyOf(rows);
    }
}
