package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads INSERT and REPLACE, UPDATE, DELETE, LOAD DATA and CALL, each from its verb on. */
final class WriteParser {
    private final AccessContext context;
    private final AccessTokens tokens;
    private final QueryParser queries;
    private final FromParser from;
    private final ClauseParser clauses;

    WriteParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
        this.queries = context.queries();
        this.from = queries.from();
        this.clauses = queries.clauses();
    }

    private BlockBuilder block(BlockKind kind) {
        BlockBuilder builder = context.newBlock(kind);
        context.block = builder;
        tokens.advance();
        return builder;
    }

    /** Passes modifiers of the verb; says whether IGNORE is among them. */
    private boolean skipModifiers() {
        boolean ignore = false;
        while (tokens.at(SqlWord.LOW_PRIORITY)
                || tokens.at(SqlWord.HIGH_PRIORITY)
                || tokens.at(SqlWord.DELAYED)
                || tokens.at(SqlWord.IGNORE)
                || (tokens.at(SqlWord.QUICK) && tokens.nextWord().isReserved())
                || (tokens.at(SqlWord.OVERWRITE) && tokens.nextKind() == TokenKind.WORD)) {
            ignore |= tokens.at(SqlWord.IGNORE);
            tokens.advance();
        }
        return ignore;
    }

    /** INSERT and REPLACE. */
    void insert(BlockKind kind) {
        BlockBuilder builder = block(kind);
        boolean ignore = skipModifiers();
        if (context.oracle && (tokens.at(SqlWord.ALL) || tokens.at(SqlWord.FIRST))) {
            insertAll(builder);
            return;
        }
        tokens.take(SqlWord.INTO);
        if (tokens.at(SqlWord.TABLE) && tokens.nextIsName()) {
            tokens.advance();
        }
        if (tokens.at(TokenKind.LEFT_PAREN)) {
            insertIntoQuery(builder);
            return;
        }
        if (!target(builder)) {
            return;
        }
        List<String> columns = columnList() ? from.names() : List.of();
        source(builder, columns == null ? List.of() : columns);
        if (columns == null) {
            builder.rows = null;
        }
        if (ignore && builder.rows != null) {
            builder.rows = builder.rows.asLenient();
        }
        afterRows();
    }

    /** The table that is written; false if there is none. */
    private boolean target(BlockBuilder builder) {
        if (!tokens.atFreeName()) {
            context.incomplete();
            return false;
        }
        Source source = named(from.tableName());
        builder.sources.add(source);
        from.modifiers(source);
        return true;
    }

    private Source named(TableName name) {
        if (!tokens.take(TokenKind.USER_VARIABLE)) {
            return Source.of(name);
        }
        return Source.opaque();
    }

    /** Oracle mode: {@code INSERT INTO (SELECT .. FROM t) VALUES ..}. */
    private void insertIntoQuery(BlockBuilder builder) {
        from.references(builder);
        context.incomplete();
        context.skip(at -> false);
    }

    /** Passes the parenthesis of a list of columns; false if it is that of a query, or there is none. */
    private boolean columnList() {
        boolean query = tokens.nextKind() == TokenKind.LEFT_PAREN
                || tokens.nextWord() == SqlWord.SELECT
                || tokens.nextWord() == SqlWord.WITH;
        return !query && tokens.take(TokenKind.LEFT_PAREN);
    }

    /** Where the rows come from. */
    private void source(BlockBuilder builder, List<String> columns) {
        switch (tokens.word()) {
            case VALUES, VALUE -> {
                if (tokens.nextWord() == SqlWord.ROW) {
                    select(builder, columns);
                } else {
                    tokens.advance();
                    values(builder, columns);
                }
            }
            case SET -> {
                tokens.advance();
                set(builder);
            }
            case SELECT, WITH, TABLE -> select(builder, columns);
            default -> {
                if (tokens.at(TokenKind.LEFT_PAREN)) {
                    select(builder, columns);
                } else {
                    context.incomplete();
                }
            }
        }
    }

    private void values(BlockBuilder builder, List<String> columns) {
        List<List<Expression>> rows = new ArrayList<>(1);
        do {
            if (!tokens.at(TokenKind.LEFT_PAREN) || rows.size() == WrittenRows.MAX_ROWS) {
                context.incomplete();
                context.skip(ClauseParser::isClause);
                break;
            }
            rows.add(List.copyOf(clauses.row()));
        } while (tokens.take(TokenKind.COMMA));
        if (!rows.isEmpty()) {
            builder.rows = new WrittenRows(columns, List.copyOf(rows));
        }
    }

    private void set(BlockBuilder builder) {
        List<String> columns = new ArrayList<>();
        List<Expression> row = new ArrayList<>();
        boolean understood = true;
        do {
            if (!tokens.atName()) {
                understood = false;
                break;
            }
            columns.add(from.tableName().name());
            row.add(assigned());
        } while (tokens.take(TokenKind.COMMA));
        if (understood) {
            builder.rows = new WrittenRows(List.copyOf(columns), List.of(List.copyOf(row)));
        } else {
            context.incomplete();
        }
    }

    /** The value behind the equals sign that is here. */
    private Expression assigned() {
        if (!tokens.take(TokenKind.EQUALS) && !tokens.take(TokenKind.ASSIGN)) {
            context.incomplete();
            context.skip(WriteParser::endsAssignment);
            return Unknown.INSTANCE;
        }
        Expression value = context.expressions().expression();
        if (endsAssignment(tokens) || tokens.atEnd()) {
            return value;
        }
        context.incomplete();
        context.skip(WriteParser::endsAssignment);
        return Unknown.INSTANCE;
    }

    private static boolean endsAssignment(AccessTokens at) {
        return at.at(TokenKind.COMMA) || at.at(SqlWord.AS) || ClauseParser.isClause(at);
    }

    private void select(BlockBuilder builder, List<String> columns) {
        Query query = queries.subquery();
        context.block = builder;
        if (query.isRows()) {
            builder.rows = new WrittenRows(columns, queries.rows(query), false, true);
        }
    }

    /** {@code AS new}, ON DUPLICATE KEY UPDATE, RETURNING. */
    private void afterRows() {
        if (tokens.take(SqlWord.AS)) {
            if (tokens.atName()) {
                tokens.advance();
            }
            if (tokens.take(TokenKind.LEFT_PAREN)) {
                context.skipParenthesis();
            }
        }
        if (tokens.at(SqlWord.ON, SqlWord.DUPLICATE)) {
            // ON DUPLICATE KEY UPDATE
            for (int words = 0; words < 4 && tokens.at(TokenKind.WORD); words++) {
                tokens.advance();
            }
            assignments(null);
        }
        returning();
    }

    private void returning() {
        if (tokens.at(SqlWord.RETURNING) || tokens.at(SqlWord.LOG)) {
            context.skip(at -> false);
        }
    }

    /** Assignments of UPDATE; the tables whose columns are assigned become targets. */
    private void assignments(@Nullable BlockBuilder builder) {
        do {
            if (tokens.take(TokenKind.LEFT_PAREN)) {
                context.skipParenthesis();
            } else if (tokens.atName()) {
                TableName column = from.tableName();
                if (builder != null && column.database() != null) {
                    builder.targets.add(column.database());
                }
            } else {
                context.incomplete();
            }
            assigned();
        } while (tokens.take(TokenKind.COMMA));
    }

    /** Oracle mode: {@code INSERT ALL [WHEN .. THEN] INTO t .. VALUES (..) SELECT ..}. */
    private void insertAll(BlockBuilder first) {
        tokens.advance();
        BlockBuilder builder = first;
        boolean more = true;
        while (more) {
            if (tokens.take(SqlWord.WHEN)) {
                context.expressions().expression();
                tokens.take(SqlWord.THEN);
            }
            tokens.take(SqlWord.ELSE);
            more = tokens.take(SqlWord.INTO);
            if (more) {
                if (!builder.sources.isEmpty()) {
                    builder = context.newBlock(BlockKind.INSERT);
                    context.block = builder;
                }
                more = target(builder);
                List<String> columns = tokens.take(TokenKind.LEFT_PAREN) ? from.names() : List.of();
                if (tokens.take(SqlWord.VALUES)) {
                    values(builder, columns == null ? List.of() : columns);
                }
                if (columns == null) {
                    builder.rows = null;
                }
            }
        }
        if (tokens.at(TokenKind.LEFT_PAREN) || QueryParser.isQueryStart(tokens)) {
            queries.subquery();
        } else {
            context.incomplete();
        }
    }

    void update() {
        BlockBuilder builder = block(BlockKind.UPDATE);
        skipModifiers();
        from.references(builder);
        if (tokens.take(SqlWord.SET)) {
            assignments(builder);
        } else {
            context.incomplete();
        }
        clauses.read(builder);
        writeQuery(builder);
        returning();
    }

    /** Oracle mode: what is written is the table of a query, {@code UPDATE (SELECT ..) SET ..}. */
    private static void writeQuery(BlockBuilder builder) {
        Query query = builder.sources.isEmpty() ? null : builder.sources.getFirst().query;
        if (query != null && !query.branches.isEmpty()) {
            query.first().kind = builder.kind;
        }
    }

    void delete() {
        BlockBuilder builder = block(BlockKind.DELETE);
        skipModifiers();
        boolean fromFirst = tokens.take(SqlWord.FROM);
        if (tokens.at(TokenKind.LEFT_PAREN)) {
            from.references(builder);
        } else {
            deleteTargets(builder, fromFirst);
        }
        clauses.read(builder);
        writeQuery(builder);
        returning();
    }

    /** {@code t WHERE}, {@code FROM t, u USING ..}, {@code t, u FROM ..}. */
    private void deleteTargets(BlockBuilder builder, boolean fromFirst) {
        List<Source> targets = new ArrayList<>(1);
        do {
            if (!tokens.atFreeName()) {
                context.incomplete();
                return;
            }
            TableName name = from.tableName();
            if (tokens.operator() == '*') {
                tokens.advance();
            }
            Source source = named(name);
            from.modifiers(source);
            targets.add(source);
        } while (tokens.take(TokenKind.COMMA));
        boolean several = fromFirst ? tokens.take(SqlWord.USING) : tokens.take(SqlWord.FROM);
        if (!several) {
            builder.sources.addAll(targets);
            return;
        }
        for (Source target : targets) {
            if (target.table != null) {
                builder.targets.add(target.table.name());
            }
        }
        from.references(builder);
    }

    /** {@code LOAD DATA .. INTO TABLE t ..}. */
    void load() {
        BlockBuilder builder = block(BlockKind.LOAD_DATA);
        while (!tokens.atEnd() && !tokens.at(SqlWord.TABLE)) {
            tokens.advance();
        }
        if (tokens.take(SqlWord.TABLE) && tokens.atFreeName()) {
            Source source = named(from.tableName());
            source.qualified = true;
            builder.sources.add(source);
            from.modifiers(source);
        } else {
            context.incomplete();
        }
        context.skip(at -> false);
    }

    /** {@code CALL a.b.c(..)}. */
    void call() {
        BlockBuilder builder = block(BlockKind.CALL);
        if (!tokens.atName()) {
            context.incomplete();
            return;
        }
        String first = null;
        String name = tokens.name();
        tokens.advance();
        while (tokens.take(TokenKind.DOT) && tokens.atName()) {
            if (first == null) {
                first = name;
                name = tokens.name();
            } else {
                name = name + '.' + tokens.name();
            }
            tokens.advance();
        }
        builder.sources.add(Source.of(new TableName(first, name)));
        List<Expression> arguments = tokens.at(TokenKind.LEFT_PAREN) ? clauses.row() : List.of();
        builder.rows = new WrittenRows(List.of(), List.of(List.copyOf(arguments)));
    }
}
