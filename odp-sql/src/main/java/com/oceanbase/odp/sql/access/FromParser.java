package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tables of FROM, UPDATE and the like, and how they are joined. */
final class FromParser {
    private final AccessContext context;
    private final AccessTokens tokens;

    FromParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
    }

    /** Tables separated by commas. */
    void references(BlockBuilder builder) {
        do {
            joined(builder);
        } while (tokens.take(TokenKind.COMMA));
        if (builder.sources.size() > BlockBuilder.MOST_SOURCES) {
            builder.events.clear();
            builder.outerOperator = true;
            context.incomplete();
        }
    }

    /** One table with all that is joined to it. */
    private void joined(BlockBuilder builder) {
        int from = builder.sources.size();
        factor(builder);
        while (true) {
            Join join = takeJoin();
            if (join == null) {
                if (!tokens.at(SqlWord.ON) || tokens.nextWord() == SqlWord.DUPLICATE) {
                    return;
                }
                builder.on(on(builder), from, builder.sources.size());
                continue;
            }
            int middle = builder.sources.size();
            if (join.outer() && context.enter()) {
                operandOfOuterJoin(builder);
                context.leave();
            } else {
                factor(builder);
            }
            condition(builder, join, from, middle);
        }
    }

    /** The right side of an outer join, to which others may be joined before its ON. */
    private void operandOfOuterJoin(BlockBuilder builder) {
        int from = builder.sources.size();
        factor(builder);
        while (!tokens.at(SqlWord.ON) && !tokens.at(SqlWord.USING)) {
            Join join = takeJoin();
            if (join == null) {
                return;
            }
            int middle = builder.sources.size();
            if (join.natural()) {
                factor(builder);
            } else if (context.enter()) {
                operandOfOuterJoin(builder);
                context.leave();
            } else {
                factor(builder);
            }
            condition(builder, join, from, middle);
        }
    }

    /** What follows the right side of a join of the sources from {@code from} on with those from {@code middle} on. */
    private void condition(BlockBuilder builder, Join join, int from, int middle) {
        int to = builder.sources.size();
        Expression condition = null;
        if (tokens.at(SqlWord.ON) && tokens.nextWord() != SqlWord.DUPLICATE) {
            condition = on(builder);
        } else if (tokens.take(SqlWord.USING) && tokens.take(TokenKind.LEFT_PAREN)) {
            context.skipParenthesis();
        }
        boolean limitsLeft = join.keepsRight() || !join.keepsLeft();
        boolean limitsRight = join.keepsLeft() || !join.keepsRight();
        if (condition != null && !(join.keepsLeft() && join.keepsRight())) {
            builder.on(condition, limitsLeft ? from : middle, limitsRight ? to : middle);
        }
        if (join.keepsRight()) {
            builder.optional(from, middle);
        }
        if (join.keepsLeft()) {
            builder.optional(middle, to);
        }
    }

    private Expression on(BlockBuilder builder) {
        tokens.advance();
        Expression condition = context.expressions().expression();
        if (endsCondition(tokens) || tokens.atEnd() || tokens.at(TokenKind.RIGHT_PAREN)) {
            return condition;
        }
        context.incomplete();
        context.skip(FromParser::endsCondition);
        return Unknown.INSTANCE;
    }

    private static boolean endsCondition(AccessTokens at) {
        return at.at(TokenKind.COMMA) || at.operator() == '}' || startsJoin(at) || ClauseParser.isClause(at);
    }

    /**
     * How two sides are joined.
     *
     * @param keepsLeft rows of the left side without a partner are kept
     * @param keepsRight rows of the right side without a partner are kept
     */
    private record Join(boolean keepsLeft, boolean keepsRight, boolean natural) {
        boolean outer() {
            return (keepsLeft || keepsRight) && !natural;
        }
    }

    private static boolean startsJoin(AccessTokens tokens) {
        return switch (tokens.word()) {
            case JOIN, INNER, CROSS, LEFT, RIGHT, NATURAL, STRAIGHT_JOIN -> true;
            case FULL -> isFullJoin(tokens);
            case OUTER -> true;
            default -> false;
        };
    }

    private static boolean isFullJoin(AccessTokens tokens) {
        return tokens.nextWord() == SqlWord.JOIN || tokens.nextWord() == SqlWord.OUTER;
    }

    /** Passes the words of a join; null if there is none here. {@code OUTER APPLY} keeps the left side. */
    private @Nullable Join takeJoin() {
        if (!startsJoin(tokens)) {
            return null;
        }
        boolean natural = false;
        boolean left = false;
        boolean right = false;
        while (startsJoin(tokens)) {
            SqlWord word = tokens.word();
            natural |= word == SqlWord.NATURAL;
            left |= word == SqlWord.LEFT || word == SqlWord.FULL || (word == SqlWord.OUTER && !right);
            right |= word == SqlWord.RIGHT || word == SqlWord.FULL;
            tokens.advance();
            if (word == SqlWord.JOIN || word == SqlWord.STRAIGHT_JOIN) {
                break;
            }
        }
        if (tokens.at(TokenKind.WORD)
                && tokens.at(SqlWord.NONE)
                && tokens.upperCase().equals("APPLY")) {
            tokens.advance();
        }
        return new Join(left, right, natural);
    }

    /** One table or derived table, without what is joined to it. */
    void factor(BlockBuilder builder) {
        tokens.take(SqlWord.LATERAL);
        if (tokens.at(TokenKind.LEFT_PAREN)) {
            parenthesis(builder);
        } else if (tokens.operator() == '{') {
            braces(builder);
        } else if (tokens.at(SqlWord.TABLE) && tokens.nextKind() == TokenKind.LEFT_PAREN) {
            tokens.advance();
            tableFunction(builder);
        } else if (tokens.atFreeName()) {
            named(builder);
        } else {
            context.incomplete();
            context.skip(FromParser::endsCondition);
        }
    }

    /** A derived table, or joined tables in parentheses. */
    private void parenthesis(BlockBuilder builder) {
        tokens.advance();
        if (!context.enterQuery()) {
            context.skipParenthesis();
            builder.sources.add(Source.opaque());
            return;
        }
        int from = builder.sources.size();
        if (QueryParser.isQueryStart(tokens) || tokens.at(SqlWord.VALUES)) {
            builder.sources.add(Source.of(context.queries().subquery(), null));
        } else {
            references(builder);
        }
        context.leaveQuery();
        if (!tokens.take(TokenKind.RIGHT_PAREN)) {
            context.incomplete();
            context.skipParenthesis();
        }
        if (builder.sources.size() == from + 1) {
            Source only = builder.sources.getLast();
            if (only.query != null && only.alias == null) {
                derived(builder, only.query, only);
            }
        }
    }

    /** What is behind the parenthesis of a query. */
    private void derived(BlockBuilder builder, Query query, Source source) {
        if (context.queries().isContinued()) {
            BlockBuilder outer = context.block;
            context.queries().tail(query);
            context.block = outer;
        }
        modifiers(source);
    }

    /** {@code {OJ a LEFT JOIN b ON ..}}. */
    private void braces(BlockBuilder builder) {
        tokens.advance();
        tokens.take(SqlWord.OJ);
        if (!context.enter()) {
            return;
        }
        joined(builder);
        context.leave();
        if (tokens.operator() == '}') {
            tokens.advance();
        } else {
            context.incomplete();
        }
    }

    private void tableFunction(BlockBuilder builder) {
        tokens.advance();
        context.skipParenthesis();
        Source source = Source.opaque();
        builder.sources.add(source);
        modifiers(source);
    }

    private void named(BlockBuilder builder) {
        if (tokens.atCall(SqlWord.ONLY)) {
            context.incomplete();
        }
        TableName name = tableName();
        if (tokens.at(TokenKind.LEFT_PAREN)) {
            tableFunction(builder);
            return;
        }
        if (tokens.at(TokenKind.USER_VARIABLE)) {
            // t@link: the table is behind a database link.
            tokens.advance();
            Source source = Source.opaque();
            source.alias = name.name();
            builder.sources.add(source);
            modifiers(source);
            return;
        }
        if (name.database() == null && name.name().equalsIgnoreCase("DUAL")) {
            if (tokens.atFreeName()) {
                tokens.advance();
            }
            return;
        }
        Query common = name.database() == null ? context.commonTables.find(name.name()) : null;
        Source source = common == null ? Source.of(name) : commonTable(common, name.name());
        builder.sources.add(source);
        modifiers(source);
    }

    private static Source commonTable(Query common, String name) {
        if (!common.recursive || !common.branches.isEmpty()) {
            return Source.of(common, name);
        }
        Source self = Source.opaque();
        self.alias = name;
        return self;
    }

    /** The name of a table at this position: {@code t}, {@code d.t}. */
    TableName tableName() {
        String database = null;
        String name = tokens.name();
        tokens.advance();
        while (tokens.take(TokenKind.DOT)) {
            if (!tokens.atName()) {
                break;
            }
            database = database == null ? name : database + '.' + name;
            name = tokens.name();
            tokens.advance();
        }
        return new TableName(database, name);
    }

    /** What may follow a table: partitions, alias, index hints and others. */
    void modifiers(Source source) {
        boolean more = true;
        while (more) {
            more = modifier(source);
        }
    }

    private boolean modifier(Source source) {
        switch (tokens.word()) {
            case PARTITION -> partitions(source);
            case SUBPARTITION -> {
                if (tokens.nextKind() != TokenKind.LEFT_PAREN && !tokens.nextIsName()) {
                    return alias(source);
                }
                partitions(source);
            }
            case AS -> {
                if (tokens.nextWord() == SqlWord.OF) {
                    tokens.advance();
                    tokens.advance();
                    tokens.advance();
                    context.expressions().bits(0);
                } else {
                    tokens.advance();
                    if (!tokens.atName() && !tokens.at(TokenKind.STRING)) {
                        return false;
                    }
                    setAlias(source);
                }
            }
            case USE, FORCE, IGNORE -> indexHint();
            case SAMPLE, TABLESAMPLE, PIVOT, UNPIVOT -> {
                if (tokens.nextKind() != TokenKind.LEFT_PAREN && tokens.word() != SqlWord.TABLESAMPLE) {
                    return alias(source);
                }
                skipOption();
            }
            default -> {
                return alias(source);
            }
        }
        return true;
    }

    /** {@code TABLESAMPLE SYSTEM (1) SEED (2)}, {@code PIVOT (..)}. */
    private void skipOption() {
        if (tokens.at(SqlWord.PIVOT) || tokens.at(SqlWord.UNPIVOT)) {
            context.incomplete();
        }
        while (tokens.atName()) {
            tokens.advance();
        }
        if (tokens.take(TokenKind.LEFT_PAREN)) {
            context.skipParenthesis();
        }
    }

    private boolean alias(Source source) {
        if (source.qualified
                || !tokens.atFreeName()
                || tokens.atCall(SqlWord.VALUE)
                || ClauseParser.isClause(tokens)
                || startsJoin(tokens)) {
            return false;
        }
        setAlias(source);
        return true;
    }

    private void setAlias(Source source) {
        source.alias = tokens.atName() ? tokens.name() : null;
        source.qualified = true;
        tokens.advance();
        if (source.table == null && tokens.take(TokenKind.LEFT_PAREN)) {
            List<String> names = names();
            source.columnNames = names == null ? List.of() : names;
            if (names == null && source.query != null) {
                source.query.opaque = true;
            }
        }
    }

    private void partitions(Source source) {
        tokens.advance();
        if (tokens.take(TokenKind.LEFT_PAREN)) {
            List<String> names = names();
            source.partitions = names == null ? List.of() : names;
        } else if (tokens.at(SqlWord.FOR)) {
            tokens.advance();
            if (tokens.take(TokenKind.LEFT_PAREN)) {
                context.skipParenthesis();
            }
        } else if (tokens.atName()) {
            source.partitions = List.of(tokens.name());
            tokens.advance();
        }
    }

    /** {@code USE INDEX FOR JOIN (a, b)}. */
    private void indexHint() {
        while (tokens.at(TokenKind.WORD)) {
            tokens.advance();
        }
        if (tokens.take(TokenKind.LEFT_PAREN)) {
            context.skipParenthesis();
        }
        SqlWord next = tokens.nextWord();
        boolean another = next == SqlWord.USE || next == SqlWord.FORCE || next == SqlWord.IGNORE;
        if (another) {
            tokens.take(TokenKind.COMMA);
        }
    }

    /** Names behind a parenthesis, and the parenthesis that closes them; of qualified names the last part. Null if they are not understood. */
    @Nullable
    List<String> names() {
        List<String> names = new ArrayList<>(4);
        boolean understood = true;
        while (understood && tokens.atName()) {
            String name = tokens.name();
            tokens.advance();
            while (tokens.take(TokenKind.DOT) && tokens.atName()) {
                name = tokens.name();
                tokens.advance();
            }
            names.add(name);
            understood = tokens.take(TokenKind.COMMA);
        }
        if (tokens.take(TokenKind.RIGHT_PAREN)) {
            return List.copyOf(names);
        }
        context.incomplete();
        context.skipParenthesis();
        return null;
    }
}
