package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;

/**
 * Rows of VALUES, SET, or a SELECT without tables.
 *
 * @param columns names in the order of the values; empty when the text lists none: all columns in the order of the table
 * @param rows values of each row; DEFAULT is a {@link Expression.Constant}. A row without values has the default in each column. At most
 *     {@value #MAX_ROWS}: if there are more, the access is not complete
 * @param lenient IGNORE stands behind the verb: values that do not fit are changed rather than refused
 * @param selected the rows come from a SELECT
 */
public record WrittenRows(List<String> columns, List<List<Expression>> rows, boolean lenient, boolean selected) {
    /** Rows that are kept. */
    public static final int MAX_ROWS = 512;

    /** Rows of VALUES. */
    public WrittenRows(List<String> columns, List<List<Expression>> rows) {
        this(columns, rows, false, false);
    }

    WrittenRows asLenient() {
        return new WrittenRows(columns, rows, true, selected);
    }
}
