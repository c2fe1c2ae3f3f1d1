package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;

/**
 * Rows of VALUES, SET, or a SELECT without tables.
 *
 * @param columns names in the order of the values; empty when the text lists none: all columns in the order of the table
 * @param rows values of each row; DEFAULT is a {@link Expression.Constant}. A row without values has the default in each column. At most
 *     {@value #MAX_ROWS}: if there are more, the access is not complete
 */
public record WrittenRows(List<String> columns, List<List<Expression>> rows) {
    /** Rows that are kept. */
    public static final int MAX_ROWS = 512;
}
