package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.convert.ColumnComparison;
import com.oceanbase.odp.routing.partition.convert.Comparand;
import com.oceanbase.odp.routing.partition.convert.TemporalForm;
import com.oceanbase.odp.routing.partition.hash.DatumOrder;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the rows that a condition leaves, with the values of one execution. One evaluation per object. */
public final class ConditionEvaluator {
    private final PartitionedTable table;
    private final EvaluationContext context;
    private final Region all;
    private String unusable = "";

    public ConditionEvaluator(PartitionedTable table, EvaluationContext context) {
        this.table = table;
        this.context = context;
        this.all = Region.all(table.domainTypes().size());
    }

    /** Why a part of the condition was not used, empty if all of it was. */
    public String unusable() {
        return unusable;
    }

    /** The rows that fulfil the condition, or more. */
    public Region evaluate(Condition condition) {
        return switch (condition) {
            case Condition.Always _ -> all;
            case Condition.Unusable unusableHere -> skip(unusableHere.reason(), unusableHere.filter());
            case Condition.Checked(Filter filter) -> checked(filter);
            case Condition.OnExpression onExpression -> onExpression(onExpression);
            case Condition.Junction(boolean and, List<Condition> terms) -> and ? and(terms) : or(terms);
            case Condition.Compare compare ->
                compare(
                        compare.column(),
                        "column " + table.columns().get(compare.column()).name(),
                        compare);
            case Condition.OneOf oneOf -> oneOf(oneOf);
            case Condition.NullTest(int column, boolean negated) ->
                only(
                        column,
                        negated
                                ? Domain.Interval.NOT_NULL
                                : isNull(table.columns().get(column)));
            case Condition.Like like -> like(like);
            case Condition.ByRowid(List<Expression> values) -> byRowid(values);
            case Condition.Truth(Expression constant, boolean negated) -> truth(constant, negated);
        };
    }

    /** A date that cannot be NULL counts as NULL when it is zero. */
    private static Domain isNull(TableColumn column) {
        Datum zero = TemporalForm.zero(column.type().type());
        return switch (column.nulls()) {
            case ALLOWED -> Domain.point(Datum.Null.INSTANCE);
            case FORBIDDEN -> Domain.point(zero == null ? Datum.Null.INSTANCE : zero);
            case UNKNOWN ->
                zero == null
                        ? Domain.point(Datum.Null.INSTANCE)
                        : new Domain.Points(List.of(Datum.Null.INSTANCE, zero));
        };
    }

    private Region skip(String reason, @Nullable Filter filter) {
        if (unusable.isEmpty()) {
            unusable = reason;
        }
        return filter == null ? all : checked(filter);
    }

    private Region checked(Filter filter) {
        return new Region(List.of(all.boxes().getFirst().with(filter)));
    }

    private Region onExpression(Condition.OnExpression condition) {
        PartitionLevel level = condition.level() == 0 ? table.first() : table.second();
        StoredExpression stored = level == null ? null : level.expression();
        if (stored == null
                || !SameExpression.test(condition.operand(), context.literals(), stored.expression(), stored.slots())) {
            return skip(condition.reason(), condition.filter());
        }
        int index = table.expressionIndex(condition.level());
        return compare(
                index,
                "the partition expression",
                new Condition.Compare(index, condition.operator(), condition.value(), condition.filter()));
    }

    private Region and(List<Condition> terms) {
        Region region = all;
        for (Condition term : terms) {
            Region next = evaluate(term);
            region = region == all ? next : region.and(next, table.domainTypes());
        }
        return region;
    }

    private Region or(List<Condition> terms) {
        Region region = new Region(List.of());
        for (Condition term : terms) {
            Region next = evaluate(term);
            if (next == all) {
                return all;
            }
            region = region.or(next);
        }
        return region;
    }

    private Region only(int column, Domain domain) {
        return new Region(List.of(all.boxes().getFirst().with(column, domain)));
    }

    private Region compare(int index, String name, Condition.Compare compare) {
        ColumnType type = table.domainTypes().get(index);
        BinaryOperator operator = compare.operator();
        boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NULL_SAFE_EQUAL;
        SqlValue value = ClockValues.of(compare.value(), table, index, context);
        Comparand comparand = ColumnComparison.locate(type, value, equality, context.session());
        if (comparand instanceof Comparand.Unusable(String reason)) {
            return skip(name + ": " + reason, compare.filter());
        }
        if (comparand instanceof Comparand.Nowhere(String reason)
                && value instanceof SqlValue.Decimal
                && !isPlain(compare.value())) {
            return skip(name + ": " + reason, compare.filter());
        }
        if (!equality && !DatumOrder.supports(type)) {
            return skip(name + ": the order of its strings is not known", compare.filter());
        }
        return comparand instanceof Comparand.Nowhere && !equality
                ? only(compare.column(), Domain.Interval.NOT_NULL)
                : only(compare.column(), domain(operator, comparand));
    }

    /** The server compares other decimals without converting them first. */
    private static boolean isPlain(Expression constant) {
        return switch (constant) {
            case Expression.Literal _, Expression.Placeholder _, Expression.UserVariable _ -> true;
            case Expression.Unary(UnaryOperator operator, Expression operand) ->
                operator == UnaryOperator.MINUS && isPlain(operand);
            default -> false;
        };
    }

    private static Domain domain(BinaryOperator operator, Comparand comparand) {
        return switch (operator) {
            case EQUAL -> equal(comparand);
            case NULL_SAFE_EQUAL ->
                comparand instanceof Comparand.IsNull ? Domain.point(Datum.Null.INSTANCE) : equal(comparand);
            case LESS, LESS_EQUAL ->
                switch (comparand) {
                    case Comparand.At(Datum at) ->
                        new Domain.Interval(null, false, at, operator == BinaryOperator.LESS_EQUAL);
                    case Comparand.Above(Datum below, Datum _) -> new Domain.Interval(null, false, below, true);
                    case Comparand.Below(Datum above, Datum _) -> new Domain.Interval(null, false, above, false);
                    default -> Domain.None.INSTANCE;
                };
            case GREATER, GREATER_EQUAL ->
                switch (comparand) {
                    case Comparand.At(Datum at) ->
                        new Domain.Interval(at, operator == BinaryOperator.GREATER_EQUAL, null, false);
                    case Comparand.Above(Datum below, Datum _) -> new Domain.Interval(below, false, null, false);
                    case Comparand.Below(Datum above, Datum _) -> new Domain.Interval(above, true, null, false);
                    default -> Domain.None.INSTANCE;
                };
            default -> Domain.Any.INSTANCE;
        };
    }

    /**
     * A constant between two values of the column has no rows; the server looks for them in the partition that would hold it, and so does this,
     * so that both name the same.
     */
    private static Domain equal(Comparand comparand) {
        return switch (comparand) {
            case Comparand.At(Datum at) -> Domain.point(at);
            case Comparand.Above(Datum _, Datum self) -> Domain.point(self);
            case Comparand.Below(Datum _, Datum self) -> Domain.point(self);
            default -> Domain.None.INSTANCE;
        };
    }

    private Region oneOf(Condition.OneOf oneOf) {
        TableColumn column = table.columns().get(oneOf.column());
        List<Datum> values = new ArrayList<>(oneOf.values().size());
        List<Datum> absent = new ArrayList<>();
        for (Expression element : oneOf.values()) {
            SqlValue value = ClockValues.of(element, table, oneOf.column(), context);
            Comparand comparand = ColumnComparison.locate(column.type(), value, true, context.session());
            if (comparand instanceof Comparand.Unusable(String reason)) {
                return skip("column " + column.name() + ": " + reason, oneOf.filter());
            }
            if (comparand instanceof Comparand.At(Datum at)) {
                values.add(at);
            } else if (comparand instanceof Comparand.Above(Datum _, Datum self)) {
                absent.add(self);
            } else if (comparand instanceof Comparand.Below(Datum _, Datum self)) {
                absent.add(self);
            }
        }
        if (values.isEmpty()) {
            values = absent;
        }
        return only(oneOf.column(), values.isEmpty() ? Domain.None.INSTANCE : new Domain.Points(List.copyOf(values)));
    }

    private Region like(Condition.Like like) {
        TableColumn column = table.columns().get(like.column());
        Expression escape = like.escape();
        Domain domain = LikePattern.domain(
                column.type(),
                ClockValues.of(like.pattern(), table, -1, context),
                escape == null ? null : Evaluator.evaluate(escape, context),
                context.session());
        return domain instanceof Domain.Any
                ? skip("column " + column.name() + ": the pattern of LIKE names no range", like.filter())
                : only(like.column(), domain);
    }

    private Region byRowid(List<Expression> values) {
        Region region = new Region(List.of());
        for (Expression element : values) {
            SqlValue value = Evaluator.evaluate(element, context);
            if (value.isNull()) {
                continue;
            }
            RowidRows rows = RowidRows.of(table, value);
            if (rows.box() == null) {
                return skip(rows.problem(), null);
            }
            region = region.or(new Region(List.of(rows.box())));
        }
        return region;
    }

    private Region truth(Expression constant, boolean negated) {
        SqlValue value = ClockValues.of(constant, table, -1, context);
        return switch (Truth.of(value)) {
            case UNKNOWN -> all;
            case NULL -> new Region(List.of());
            case TRUE -> negated ? new Region(List.of()) : all;
            case FALSE -> negated ? all : new Region(List.of());
        };
    }
}
