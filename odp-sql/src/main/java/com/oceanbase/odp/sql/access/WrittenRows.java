package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;

/**
 * Rows of VALUES, SET, or a one-row SELECT without tables.
 *
 * @param columns names in the order of the values; empty when the text lists none: all columns in the order of the table
 * @param rows values of each row; DEFAULT is a {@link Expression.Constant}
 */
public record WrittenRows(List<String> columns, List<List<Expression>> rows) {}
