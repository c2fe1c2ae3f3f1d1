package com.oceanbase.odp.routing.value;

import com.oceanbase.odp.sql.expression.Expression;

/** Gives columns values, to compute partition expressions and generated columns. */
@FunctionalInterface
public interface ColumnValues {
    /** The value; {@link SqlValue.Unknown} if the column has none. */
    SqlValue value(Expression.Column column);
}
