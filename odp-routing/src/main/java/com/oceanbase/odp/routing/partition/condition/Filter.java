package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.Set;

/**
 * A condition that is checked for each row of values that a list partition has: it holds for the rows in question.
 *
 * @param condition over columns of the table
 * @param columns indexes of these columns
 */
public record Filter(Expression condition, Set<Integer> columns) {}
