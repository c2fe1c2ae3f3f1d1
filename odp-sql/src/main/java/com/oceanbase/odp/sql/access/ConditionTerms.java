package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions about conditions, and changes of them. */
final class ConditionTerms {
    private ConditionTerms() {}

    /** All of them; null if there are none. */
    static @Nullable Expression and(List<Expression> terms) {
        List<Expression> all = flat(true, terms);
        if (all.isEmpty()) {
            return null;
        }
        return all.size() == 1 ? all.getFirst() : new Expression.Junction(true, all);
    }

    /** The terms of a junction of these. */
    static List<Expression> flat(boolean and, List<Expression> terms) {
        List<Expression> all = new ArrayList<>(terms.size());
        for (Expression term : terms) {
            if (term instanceof Expression.Junction(boolean kind, List<Expression> inner) && kind == and) {
                all.addAll(inner);
            } else {
                all.add(term);
            }
        }
        return List.copyOf(all);
    }

    /** Whether all its columns name their table. */
    static boolean isQualified(Expression expression) {
        return ExpressionTree.allColumns(expression, column -> column.table() != null);
    }

    private static boolean hasNoColumn(Expression expression) {
        return ExpressionTree.allColumns(expression, column -> false);
    }

    /** The terms that are not true when the columns of a table, whichever it is, are NULL; null if there are none. */
    static @Nullable Expression strictPart(Expression condition) {
        List<Expression> strict = new ArrayList<>();
        for (Expression term : flat(true, List.of(condition))) {
            if (isStrict(term)) {
                strict.add(term);
            }
        }
        return and(strict);
    }

    private static boolean isStrict(Expression term) {
        return switch (term) {
            case Expression.Binary binary -> isStrictComparison(binary);
            case Expression.In(Expression operand, List<Expression> elements, boolean negated) ->
                isOperand(operand, !negated) && elements.stream().allMatch(ConditionTerms::hasNoColumn);
            case Expression.Between between ->
                between.operand() instanceof Column && hasNoColumn(between.low()) && hasNoColumn(between.high());
            case Expression.Like like -> like.operand() instanceof Column && hasNoColumn(like.pattern());
            case Expression.Is is -> is.negated() && is.what() == ConstantKind.NULL && is.operand() instanceof Column;
            case Expression.Junction junction -> junction.terms().stream().allMatch(ConditionTerms::isStrict);
            default -> false;
        };
    }

    private static boolean isStrictComparison(Expression.Binary binary) {
        return switch (binary.operator()) {
            case EQUAL -> isSide(binary.left(), true) && isSide(binary.right(), true);
            case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, NOT_EQUAL ->
                isSide(binary.left(), false) && isSide(binary.right(), false);
            default -> false;
        };
    }

    private static boolean isSide(Expression side, boolean rows) {
        return isOperand(side, rows) || hasNoColumn(side);
    }

    /** A column, or a row of columns and constants where a NULL in it makes the comparison not true. */
    private static boolean isOperand(Expression operand, boolean rows) {
        if (operand instanceof Expression.Row(List<Expression> elements)) {
            return rows && elements.stream().allMatch(element -> element instanceof Column || hasNoColumn(element));
        }
        return operand instanceof Column;
    }

    /** The expression with values in place of these columns. */
    static Expression substitute(Expression expression, Map<Column, Expression> values) {
        Expression changed = ExpressionTree.rewrite(
                expression, leaf -> leaf instanceof Column column ? values.getOrDefault(column, column) : leaf);
        return changed == null ? Expression.Unknown.INSTANCE : changed;
    }

    /** The expression with Unknown in place of user variables. */
    static Expression withoutVariables(Expression expression) {
        Expression changed = ExpressionTree.rewrite(
                expression, leaf -> leaf instanceof Expression.UserVariable ? Expression.Unknown.INSTANCE : leaf);
        return changed == null ? Expression.Unknown.INSTANCE : changed;
    }
}
