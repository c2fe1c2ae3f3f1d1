package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the clauses behind the tables of a query or a write: WHERE, GROUP BY, ORDER BY, LIMIT, INTO, FOR UPDATE and others. */
final class ClauseParser {
    private final AccessContext context;
    private final AccessTokens tokens;

    ClauseParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
    }

    /** Whether a clause starts here, or something that can only follow one. */
    static boolean isClause(AccessTokens tokens) {
        return switch (tokens.word()) {
            case WHERE,
                    GROUP,
                    HAVING,
                    ORDER,
                    LIMIT,
                    UNION,
                    EXCEPT,
                    INTERSECT,
                    FOR,
                    LOCK,
                    INTO,
                    PROCEDURE,
                    ON,
                    WITH,
                    WHEN,
                    SET,
                    DELETE,
                    RETURNING -> true;
            case MINUS ->
                tokens.nextWord() == SqlWord.SELECT
                        || tokens.nextWord() == SqlWord.ALL
                        || tokens.nextWord() == SqlWord.DISTINCT
                        || tokens.nextKind() == TokenKind.LEFT_PAREN;
            case WINDOW -> tokens.nextIsName();
            case CONNECT -> tokens.nextWord() == SqlWord.BY;
            case START -> tokens.nextWord() == SqlWord.WITH;
            case FETCH -> tokens.nextWord() == SqlWord.FIRST || tokens.nextWord() == SqlWord.NEXT;
            case OFFSET -> isNumber(tokens);
            case LOG -> tokens.nextWord() == SqlWord.ERRORS;
            default -> false;
        };
    }

    private static boolean isNumber(AccessTokens tokens) {
        return switch (tokens.nextKind()) {
            case INTEGER, DECIMAL, PLACEHOLDER, USER_VARIABLE, LEFT_PAREN -> true;
            default -> false;
        };
    }

    /** All clauses that are here, in any order. */
    void read(BlockBuilder builder) {
        boolean more = true;
        while (more) {
            more = clause(builder);
        }
    }

    private boolean clause(BlockBuilder builder) {
        if (!tokens.at(TokenKind.WORD) || !isClause(tokens)) {
            return false;
        }
        switch (tokens.word()) {
            case WHERE -> where(builder);
            case GROUP -> group(builder);
            case HAVING -> {
                tokens.advance();
                context.expressions().expression();
                builder.aggregates = true;
            }
            case ORDER -> order();
            case LIMIT, OFFSET, FETCH -> limit(builder);
            case CONNECT, START -> hierarchy(builder);
            case WINDOW, PROCEDURE -> skipClause();
            case INTO -> into();
            case FOR -> lock(builder);
            case LOCK -> skipClause();
            case WITH -> {
                return option(builder);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The condition behind WHERE. */
    void where(BlockBuilder builder) {
        tokens.advance();
        builder.where = condition(builder);
    }

    /** A condition that a clause or the end must follow; Unknown if something else does, which is passed. */
    Expression condition(BlockBuilder builder) {
        Expression condition = context.expressions().expression();
        if (isEnd() || isClause(tokens)) {
            return condition;
        }
        context.incomplete();
        context.skip(ClauseParser::isClause);
        return Unknown.INSTANCE;
    }

    private boolean isEnd() {
        return tokens.atEnd() || tokens.at(TokenKind.RIGHT_PAREN);
    }

    private void skipClause() {
        tokens.advance();
        context.skip(ClauseParser::isClause);
    }

    private void group(BlockBuilder builder) {
        tokens.advance();
        tokens.take(SqlWord.BY);
        List<String> columns = new ArrayList<>(2);
        do {
            Expression expression = context.expressions().expression();
            if (expression instanceof Expression.Column column) {
                columns.add(column.name().toLowerCase(Locale.ROOT));
            } else if (!(expression instanceof Expression.Literal)) {
                // ROLLUP, CUBE, GROUPING SETS and others that add rows.
                builder.closed |= expression instanceof Expression.Call || expression instanceof Unknown;
            }
            direction();
        } while (tokens.take(TokenKind.COMMA));
        builder.groupColumns = columns;
        if (!isEnd() && !isClause(tokens)) {
            context.incomplete();
            context.skip(ClauseParser::isClause);
        }
    }

    private void direction() {
        while (tokens.at(SqlWord.ASC) || tokens.at(SqlWord.DESC)) {
            tokens.advance();
        }
    }

    private void order() {
        tokens.advance();
        tokens.take(SqlWord.SIBLINGS);
        tokens.take(SqlWord.BY);
        do {
            context.expressions().expression();
            direction();
            // NULLS FIRST and NULLS LAST.
            while (tokens.at(TokenKind.WORD) && !isClause(tokens)) {
                tokens.advance();
            }
        } while (tokens.take(TokenKind.COMMA));
        if (!isEnd() && !isClause(tokens)) {
            context.incomplete();
            context.skip(ClauseParser::isClause);
        }
    }

    private void limit(BlockBuilder builder) {
        builder.closed = true;
        skipClause();
    }

    /** {@code START WITH ..} and {@code CONNECT BY ..}. */
    private void hierarchy(BlockBuilder builder) {
        builder.hierarchical = true;
        tokens.advance();
        tokens.advance();
        while (tokens.at(TokenKind.WORD) && tokens.upperCase().equals("NOCYCLE")) {
            tokens.advance();
        }
        context.expressions().expression();
        if (!isEnd() && !isClause(tokens)) {
            skipClause();
        }
    }

    /** {@code INTO} variables or a file; {@code BULK COLLECT INTO}. */
    void into() {
        context.assignsVariables |= tokens.nextKind() == TokenKind.USER_VARIABLE;
        tokens.advance();
        context.skip(at -> at.at(SqlWord.FROM) || (isClause(at) && !at.at(SqlWord.INTO) && !at.at(SqlWord.SET)));
    }

    /** {@code FOR UPDATE ..}, {@code FOR SHARE ..}. */
    private void lock(BlockBuilder builder) {
        tokens.advance();
        if (tokens.at(SqlWord.UPDATE) && builder.kind == BlockKind.SELECT) {
            builder.kind = BlockKind.SELECT_FOR_UPDATE;
        }
        skipClause();
    }

    /** {@code WITH ROLLUP}, {@code WITH CHECK OPTION}, {@code WITH READ ONLY}; false if it is something else. */
    private boolean option(BlockBuilder builder) {
        if (tokens.nextWord() == SqlWord.ROLLUP) {
            builder.closed = true;
        }
        skipClause();
        return true;
    }

    /** SEARCH and CYCLE behind a recursive common table expression. */
    void skipSearch() {
        while (tokens.at(TokenKind.WORD) && tokens.at(SqlWord.NONE)) {
            tokens.advance();
            context.skip(at -> at.at(SqlWord.SELECT) || at.at(TokenKind.COMMA));
        }
    }

    /** Values in the parentheses at this position; the height is the largest one. */
    List<Expression> row() {
        tokens.advance();
        List<Expression> values = new ArrayList<>(8);
        int height = 1;
        if (tokens.take(TokenKind.RIGHT_PAREN)) {
            return values;
        }
        boolean entered = context.enter();
        do {
            Expression value = context.expressions().expression();
            if (!tokens.at(TokenKind.COMMA) && !tokens.at(TokenKind.RIGHT_PAREN)) {
                context.incomplete();
                context.skip(at -> at.at(TokenKind.COMMA));
                value = Unknown.INSTANCE;
                context.height = 1;
            }
            height = Math.max(height, context.height);
            values.add(value);
        } while (tokens.take(TokenKind.COMMA));
        if (entered) {
            context.leave();
        }
        tokens.take(TokenKind.RIGHT_PAREN);
        context.height = height;
        return values;
    }
}
