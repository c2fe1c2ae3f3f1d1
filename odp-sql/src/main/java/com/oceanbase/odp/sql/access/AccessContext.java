package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts of the parser share while one text is read. */
final class AccessContext {
    /** Nested parentheses and the like; each takes about ten calls. */
    private static final int MAX_NESTING = 120;

    /** Leaves room for what conditions of outer queries are combined with. */
    private static final int MAX_HEIGHT = Expression.MAX_DEPTH - 20;

    /** What ends a skipped part of the text. */
    interface Stop {
        boolean isReached(AccessTokens tokens);
    }

    final AccessTokens tokens;
    final boolean oracle;
    final List<BlockBuilder> blocks = new ArrayList<>(1);
    final List<Integer> fixed = new ArrayList<>(0);
    final CommonTables commonTables = new CommonTables();
    private final ExpressionParser expressions;
    private final QueryParser queries;

    /** The block that is being read; null outside of queries. */
    @Nullable
    BlockBuilder block;
    /** Height of the expression that was read last. */
    int height;

    /** The text gives a value to user variables, so that those that it reads may have another one than before it. */
    boolean assignsVariables;

    private int nesting;
    private boolean complete = true;

    /** User variables that were read. */
    int variableReads;

    AccessContext(AccessTokens tokens) {
        this.tokens = tokens;
        this.oracle = tokens.mode().oracle();
        this.expressions = new ExpressionParser(this);
        this.queries = new QueryParser(this);
    }

    SqlMode mode() {
        return tokens.mode();
    }

    ExpressionParser expressions() {
        return expressions;
    }

    QueryParser queries() {
        return queries;
    }

    boolean isComplete() {
        return complete;
    }

    /** Something was not understood. */
    void incomplete() {
        complete = false;
    }

    /** Goes one level down; false if that is too deep. Each success wants one {@link #leave}. */
    boolean enter() {
        if (nesting >= MAX_NESTING) {
            complete = false;
            return false;
        }
        nesting++;
        return true;
    }

    void leave() {
        nesting--;
    }

    /** A subquery costs more calls than a parenthesis. */
    boolean enterQuery() {
        if (nesting + 3 >= MAX_NESTING) {
            complete = false;
            return false;
        }
        nesting += 3;
        return true;
    }

    void leaveQuery() {
        nesting -= 3;
    }

    /** Notes the height of an expression and gives it back; Unknown if it has become too high. */
    Expression built(Expression expression, int newHeight) {
        if (newHeight > MAX_HEIGHT) {
            height = 1;
            return Unknown.INSTANCE;
        }
        height = newHeight;
        return expression;
    }

    Expression leaf(Expression expression) {
        height = 1;
        return expression;
    }

    Expression unknown() {
        height = 1;
        return Unknown.INSTANCE;
    }

    BlockBuilder newBlock(BlockKind kind) {
        BlockBuilder builder = new BlockBuilder(kind);
        blocks.add(builder);
        return builder;
    }

    /**
     * Goes forward to a token at which {@code stop} is reached outside of the parentheses that are opened here, to the parenthesis that
     * closes one that was opened earlier, or to the end of the statement. Subqueries on the way are read.
     */
    void skip(Stop stop) {
        int depth = 0;
        while (!tokens.atEnd()) {
            if (depth == 0 && (tokens.at(TokenKind.RIGHT_PAREN) || stop.isReached(tokens))) {
                return;
            }
            if (tokens.at(TokenKind.LEFT_PAREN)) {
                tokens.advance();
                if (QueryParser.isQueryStart(tokens) && enterQuery()) {
                    queries.subquery();
                    leaveQuery();
                }
                depth++;
            } else {
                depth -= tokens.at(TokenKind.RIGHT_PAREN) ? 1 : 0;
                tokens.advance();
            }
        }
    }

    /** Behind the parenthesis that closes the one that was just passed. */
    void skipParenthesis() {
        skip(at -> false);
        tokens.take(TokenKind.RIGHT_PAREN);
    }
}
