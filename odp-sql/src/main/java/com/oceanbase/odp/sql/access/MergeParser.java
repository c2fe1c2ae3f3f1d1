package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;

/** Reads MERGE from its verb on. */
final class MergeParser {
    private final AccessContext context;
    private final AccessTokens tokens;
    private final FromParser from;
    private final ClauseParser clauses;

    MergeParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
        this.from = context.queries().from();
        this.clauses = context.queries().clauses();
    }

    /** {@code MERGE INTO t USING s ON (..) WHEN MATCHED THEN .. WHEN NOT MATCHED THEN ..}. */
    void merge() {
        BlockBuilder builder = context.newBlock(BlockKind.MERGE);
        context.block = builder;
        tokens.advance();
        tokens.take(SqlWord.INTO);
        from.references(builder);
        int middle = builder.sources.size();
        if (!tokens.take(SqlWord.USING)) {
            context.incomplete();
            return;
        }
        from.factor(builder);
        if (!tokens.take(SqlWord.ON)) {
            context.incomplete();
            return;
        }
        builder.on(context.expressions().expression(), 0, middle);
        builder.optional(0, middle);
        if (!tokens.at(SqlWord.WHEN) && !tokens.atEnd()) {
            // More of the condition may follow that is not understood.
            builder.events.clear();
            builder.optional(0, middle);
            context.incomplete();
        }
        while (tokens.take(SqlWord.WHEN)) {
            action(builder);
        }
        if (tokens.at(SqlWord.LOG)) {
            context.skip(at -> false);
        }
    }

    private void action(BlockBuilder builder) {
        context.skip(at -> at.at(SqlWord.THEN));
        tokens.take(SqlWord.THEN);
        if (tokens.take(SqlWord.INSERT)) {
            List<String> columns = tokens.take(TokenKind.LEFT_PAREN) ? from.names() : List.of();
            if (tokens.take(SqlWord.VALUES) && tokens.at(TokenKind.LEFT_PAREN)) {
                List<Expression> row = List.copyOf(clauses.row());
                builder.rows = columns == null ? null : new WrittenRows(columns, List.of(row));
            } else {
                context.incomplete();
            }
        }
        // UPDATE SET .., DELETE WHERE .., and the WHERE of each do not limit which rows are read.
        context.skip(at -> at.at(SqlWord.WHEN) || at.at(SqlWord.LOG));
    }
}
