package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one CASE, from behind the word on. */
final class CaseParser {
    private final AccessContext context;
    private final AccessTokens tokens;
    private final List<Expression> whens = new ArrayList<>(2);
    private final List<Expression> thens = new ArrayList<>(2);
    private int height = 1;

    CaseParser(AccessContext context) {
        this.context = context;
        this.tokens = context.tokens;
    }

    Expression read() {
        @Nullable Expression operand = tokens.at(SqlWord.WHEN) ? null : part();
        while (tokens.take(SqlWord.WHEN)) {
            whens.add(part());
            if (!tokens.take(SqlWord.THEN)) {
                return failed();
            }
            thens.add(part());
        }
        @Nullable Expression otherwise = tokens.take(SqlWord.ELSE) ? part() : null;
        if (whens.isEmpty() || !tokens.take(SqlWord.END)) {
            return failed();
        }
        Expression whole = new Expression.Case(operand, List.copyOf(whens), List.copyOf(thens), otherwise);
        return context.built(whole, height + 1);
    }

    private Expression part() {
        Expression expression = context.expressions().expression();
        height = Math.max(height, context.height);
        return expression;
    }

    /** Passes what is left of it. */
    private Expression failed() {
        context.incomplete();
        context.skip(at -> at.at(SqlWord.END));
        tokens.take(SqlWord.END);
        return context.unknown();
    }
}
