package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.sql.expression.LiteralSlots;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of an expression's leaves come from.
 *
 * @param literals literals of the text that the expression was read from
 * @param columns values of columns; null if columns have none
 */
public record EvaluationContext(
        LiteralSlots literals,
        ParameterValues parameters,
        SessionValues session,
        @Nullable ColumnValues columns) {

    /** A context in which columns are not known. */
    public EvaluationContext(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        this(literals, parameters, session, null);
    }
}
