package com.oceanbase.odp.routing.policy;

import com.oceanbase.odp.routing.partition.ExpressionColumns;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;

/** Says whether a statement looks for rows by the value of a column, so that an index that begins with it is of use. */
final class IndexedColumn {
    private final QueryBlock block;
    private final TableAccess table;
    private final String column;

    private IndexedColumn(QueryBlock block, TableAccess table, String column) {
        this.block = block;
        this.table = table;
        this.column = column;
    }

    /** Whether the condition of a table says that the column is equal to a value, or to one of several. */
    static boolean isGiven(QueryBlock block, TableAccess table, String column) {
        Expression condition = block.rows() == null ? block.conditionOf(table) : null;
        return condition != null && new IndexedColumn(block, table, column).isGivenBy(condition);
    }

    private boolean isGivenBy(Expression condition) {
        return switch (condition) {
            case Expression.Junction(boolean and, List<Expression> terms)
            when and -> terms.stream().anyMatch(this::isGivenBy);
            case Expression.Binary(BinaryOperator operator, Expression left, Expression right)
            when operator == BinaryOperator.EQUAL || operator == BinaryOperator.NULL_SAFE_EQUAL ->
                isColumn(left) && ExpressionColumns.isConstant(right)
                        || isColumn(right) && ExpressionColumns.isConstant(left);
            case Expression.In(Expression operand, List<Expression> elements, boolean negated)
            when !negated -> isColumn(operand) && elements.stream().allMatch(ExpressionColumns::isConstant);
            default -> false;
        };
    }

    private boolean isColumn(Expression expression) {
        if (!(expression instanceof Expression.Column named) || !named.name().equalsIgnoreCase(column)) {
            return false;
        }
        String visible = table.alias() == null ? table.table().name() : table.alias();
        return named.table() == null
                ? block.tables().size() == 1
                : named.table().equalsIgnoreCase(visible);
    }
}
