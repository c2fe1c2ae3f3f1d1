package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.ExpressionColumns;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries conditions from one table to another that is joined by equal columns: with {@code x.k = y.k} what holds for {@code y.k} holds for
 * {@code x.k}, if both store and compare values alike.
 */
final class JoinedConditions {
    private final PartitionedTable table;
    private final TableAccess access;

    private JoinedConditions(PartitionedTable table, TableAccess access) {
        this.table = table;
        this.access = access;
    }

    /** The condition on a table of a block, with what others say about it. */
    static @Nullable Expression extend(
            PartitionedTable table, QueryBlock block, TableAccess access, List<PartitionCalculator.Joined> joined) {
        Expression own = block.conditionOf(access);
        if (own == null || joined.isEmpty()) {
            return own;
        }
        JoinedConditions conditions = new JoinedConditions(table, access);
        Expression extended = own;
        for (PartitionCalculator.Joined other : joined) {
            Expression theirs = block.conditionOf(other.access());
            if (theirs != null && !other.access().optional()) {
                extended = conditions.carry(extended, terms(own), other, terms(theirs));
            }
        }
        return extended;
    }

    private static List<Expression> terms(Expression condition) {
        return condition instanceof Expression.Junction(boolean and, List<Expression> terms) && and
                ? terms
                : List.of(condition);
    }

    private Expression carry(
            Expression condition, List<Expression> own, PartitionCalculator.Joined other, List<Expression> theirs) {
        Expression extended = condition;
        for (Expression term : own) {
            if (!(term instanceof Expression.Binary(BinaryOperator operator, Expression left, Expression right))
                    || operator != BinaryOperator.EQUAL
                    || !(left instanceof Expression.Column a)
                    || !(right instanceof Expression.Column b)) {
                continue;
            }
            if (isJoin(a, b, other)) {
                extended = substitute(extended, theirs, b, a);
            } else if (isJoin(b, a, other)) {
                extended = substitute(extended, theirs, a, b);
            }
        }
        return extended;
    }

    /** Whether the first column is of this table and the second of the other, and values that are equal are stored alike. */
    private boolean isJoin(Expression.Column own, Expression.Column their, PartitionCalculator.Joined other) {
        int mine = index(table, access, own);
        int index = index(other.table(), other.access(), their);
        if (mine < 0 || index < 0) {
            return false;
        }
        ColumnType a = table.columns().get(mine).type();
        ColumnType b = other.table().columns().get(index).type();
        if (a.type().isInteger() && b.type().isInteger()) {
            return true;
        }
        return a.type() == b.type() && a.collation().equals(b.collation()) && a.scale() == b.scale();
    }

    private static int index(PartitionedTable table, TableAccess access, Expression.Column column) {
        String qualifier = column.table();
        String visible = access.alias() == null ? access.table().name() : access.alias();
        return qualifier != null && qualifier.equalsIgnoreCase(visible) ? table.columnIndex(column.name()) : -1;
    }

    /** Adds those terms about one column that compare it with constants, as terms about the other. */
    private static Expression substitute(
            Expression condition, List<Expression> terms, Expression.Column from, Expression.Column to) {
        List<Expression> carried = new ArrayList<>();
        for (Expression term : terms) {
            Expression replaced = replaced(term, from, to);
            if (replaced != null) {
                carried.add(replaced);
            }
        }
        Expression extended = condition;
        for (Expression term : carried) {
            extended = Expression.and(extended, term);
        }
        return extended;
    }

    private static @Nullable Expression replaced(Expression term, Expression.Column from, Expression.Column to) {
        return switch (term) {
            case Expression.Binary(BinaryOperator operator, Expression left, Expression right) -> {
                if (isSame(left, from) && ExpressionColumns.isConstant(right)) {
                    yield new Expression.Binary(operator, to, right);
                }
                yield isSame(right, from) && ExpressionColumns.isConstant(left)
                        ? new Expression.Binary(operator, left, to)
                        : null;
            }
            case Expression.In in ->
                isSame(in.operand(), from) && in.elements().stream().allMatch(ExpressionColumns::isConstant)
                        ? new Expression.In(to, in.elements(), in.negated())
                        : null;
            case Expression.Between between ->
                isSame(between.operand(), from)
                                && ExpressionColumns.isConstant(between.low())
                                && ExpressionColumns.isConstant(between.high())
                        ? new Expression.Between(to, between.low(), between.high(), between.negated())
                        : null;
            default -> null;
        };
    }

    private static boolean isSame(Expression expression, Expression.Column column) {
        return expression instanceof Expression.Column other
                && other.name().equalsIgnoreCase(column.name())
                && other.table() != null
                && other.table().equalsIgnoreCase(column.table());
    }
}
