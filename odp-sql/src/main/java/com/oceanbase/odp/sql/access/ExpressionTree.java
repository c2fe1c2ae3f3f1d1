package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Column;
import com.oceanbase.odp.sql.expression.Expression.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks over expressions. */
final class ExpressionTree {
    private ExpressionTree() {}

    /** What becomes of a column, a user variable or Unknown. */
    interface Change {
        /** Null: the whole expression cannot be changed. */
        @Nullable
        Expression of(Expression leaf);
    }

    /** Whether all columns are such, and nothing is Unknown. */
    static boolean allColumns(Expression expression, Predicate<Column> test) {
        return switch (expression) {
            case Column column -> test.test(column);
            case Unknown unknown -> false;
            default -> {
                for (Expression child : children(expression)) {
                    if (!allColumns(child, test)) {
                        yield false;
                    }
                }
                yield true;
            }
        };
    }

    /** Number of nodes, at most {@code limit}. */
    static int size(Expression expression, int limit) {
        int size = 1;
        for (Expression child : children(expression)) {
            if (size >= limit) {
                return limit;
            }
            size += size(child, limit - size);
        }
        return Math.min(size, limit);
    }

    /** The operands of an expression. */
    static List<Expression> children(Expression expression) {
        return switch (expression) {
            case Expression.Introduced introduced -> List.of(introduced.literal());
            case Expression.Unary unary -> List.of(unary.operand());
            case Expression.Binary binary -> List.of(binary.left(), binary.right());
            case Expression.Junction junction -> junction.terms();
            case Expression.Between between -> List.of(between.operand(), between.low(), between.high());
            case Expression.In in -> joined(in.operand(), in.elements());
            case Expression.Is is -> List.of(is.operand());
            case Expression.Like like ->
                like.escape() == null
                        ? List.of(like.operand(), like.pattern())
                        : List.of(like.operand(), like.pattern(), like.escape());
            case Expression.Row row -> row.elements();
            case Expression.Call call -> call.arguments();
            case Expression.Interval interval -> List.of(interval.amount());
            case Expression.Cast cast -> List.of(cast.operand());
            case Expression.ConvertUsing convert -> List.of(convert.operand());
            case Expression.Collate collate -> List.of(collate.operand());
            case Expression.Case choice -> parts(choice);
            case Expression.ScalarSelect select -> List.of(select.value());
            case Expression.Literal literal -> List.of();
            case Expression.AdjacentStrings strings -> List.of();
            case Expression.Temporal temporal -> List.of();
            case Expression.Constant constant -> List.of();
            case Expression.Placeholder placeholder -> List.of();
            case Expression.NamedPlaceholder placeholder -> List.of();
            case Expression.UserVariable variable -> List.of();
            case Expression.SystemVariable variable -> List.of();
            case Expression.Unit unit -> List.of();
            case Column column -> List.of();
            case Unknown unknown -> List.of();
        };
    }

    private static List<Expression> joined(Expression first, List<Expression> others) {
        List<Expression> all = new ArrayList<>(others.size() + 1);
        all.add(first);
        all.addAll(others);
        return all;
    }

    private static List<Expression> parts(Expression.Case choice) {
        List<Expression> all = new ArrayList<>(choice.whens());
        all.addAll(choice.thens());
        if (choice.operand() != null) {
            all.add(choice.operand());
        }
        if (choice.otherwise() != null) {
            all.add(choice.otherwise());
        }
        return all;
    }

    /** The expression with other leaves; null if one of them cannot be changed. */
    static @Nullable Expression rewrite(Expression expression, Change change) {
        if (expression instanceof Column
                || expression instanceof Unknown
                || expression instanceof Expression.UserVariable) {
            return change.of(expression);
        }
        List<Expression> before = children(expression);
        if (before.isEmpty()) {
            return expression;
        }
        List<Expression> after = new ArrayList<>(before.size());
        boolean changed = false;
        for (Expression child : before) {
            Expression other = rewrite(child, change);
            if (other == null) {
                return null;
            }
            changed |= other != child;
            after.add(other);
        }
        return changed ? withChildren(expression, List.copyOf(after)) : expression;
    }

    /** The same expression with these in place of {@link #children}. */
    private static Expression withChildren(Expression expression, List<Expression> with) {
        return switch (expression) {
            case Expression.Introduced(String charset, Expression literal) ->
                new Expression.Introduced(charset, with.getFirst());
            case Expression.Unary unary -> new Expression.Unary(unary.operator(), with.getFirst());
            case Expression.Binary binary -> new Expression.Binary(binary.operator(), with.get(0), with.get(1));
            case Expression.Junction junction ->
                new Expression.Junction(junction.and(), ConditionTerms.flat(junction.and(), with));
            case Expression.Between between ->
                new Expression.Between(with.get(0), with.get(1), with.get(2), between.negated());
            case Expression.In in ->
                new Expression.In(with.getFirst(), List.copyOf(with.subList(1, with.size())), in.negated());
            case Expression.Is is -> new Expression.Is(with.getFirst(), is.what(), is.negated());
            case Expression.Like like ->
                new Expression.Like(with.get(0), with.get(1), with.size() > 2 ? with.get(2) : null, like.negated());
            case Expression.Row row -> new Expression.Row(with);
            case Expression.Call call -> new Expression.Call(call.name(), with);
            case Expression.Interval interval -> new Expression.Interval(with.getFirst(), interval.unit());
            case Expression.Cast cast -> new Expression.Cast(with.getFirst(), cast.type());
            case Expression.ConvertUsing convert -> new Expression.ConvertUsing(with.getFirst(), convert.charset());
            case Expression.Collate collate -> new Expression.Collate(with.getFirst(), collate.collation());
            case Expression.Case choice -> choice(choice, with);
            case Expression.ScalarSelect select -> new Expression.ScalarSelect(with.getFirst());
            default -> expression;
        };
    }

    private static Expression choice(Expression.Case choice, List<Expression> with) {
        int whens = choice.whens().size();
        int at = 2 * whens;
        Expression operand = choice.operand() == null ? null : with.get(at++);
        Expression otherwise = choice.otherwise() == null ? null : with.get(at);
        return new Expression.Case(
                operand, List.copyOf(with.subList(0, whens)), List.copyOf(with.subList(whens, 2 * whens)), otherwise);
    }
}
