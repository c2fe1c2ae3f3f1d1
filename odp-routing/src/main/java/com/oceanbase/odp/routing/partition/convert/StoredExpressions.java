package com.oceanbase.odp.routing.partition.convert;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ObjectType;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.value.ColumnValues;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.Numbers;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.expression.Expression;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes partition expressions and generated columns of stored values. */
public final class StoredExpressions {
    private StoredExpressions() {}

    /**
     * Value of a partition expression.
     *
     * @param columns indexes of the columns that have values
     * @param row their values
     * @param type type of the bounds, BIGINT for HASH
     * @return null if it cannot be computed
     */
    public static @Nullable Datum evaluate(
            PartitionedTable table,
            List<Integer> columns,
            List<Datum> row,
            StoredExpression expression,
            ColumnType type,
            EvaluationContext context) {
        Datum direct = utcSeconds(table, columns, row, expression, type);
        if (direct != null) {
            return direct;
        }
        SqlValue value = value(table, columns, row, expression, context);
        return switch (value) {
            case SqlValue.Unknown _ -> null;
            case SqlValue.Null _ -> Datum.Null.INSTANCE;
            case SqlValue.Int(long bits, boolean _)
            when type.type().kind() == ObjectType.Kind.WHOLE -> new Datum.Whole(bits);
            case SqlValue.Int number -> new Datum.Exact(new BigDecimal(number.toBigInteger()));
            default -> number(type, value);
        };
    }

    private static @Nullable Datum number(ColumnType type, SqlValue value) {
        if (type.type() == ObjectType.YEAR && value instanceof SqlValue.Year(int year)) {
            return TemporalForm.year(year);
        }
        BigDecimal decimal = Numbers.toDecimal(value);
        if (decimal == null) {
            return null;
        }
        if (type.type().kind() == ObjectType.Kind.EXACT) {
            return new Datum.Exact(decimal);
        }
        return new Datum.Whole(decimal.setScale(0, RoundingMode.HALF_UP).longValue());
    }

    /** Seconds of a TIMESTAMP do not depend on the zone of the session: taken without a detour over local time. */
    private static @Nullable Datum utcSeconds(
            PartitionedTable table,
            List<Integer> columns,
            List<Datum> row,
            StoredExpression expression,
            ColumnType type) {
        if (columns.size() == 1
                && table.columns().get(columns.getFirst()).type().type() == ObjectType.TIMESTAMP
                && expression.expression() instanceof Expression.Call(String name, List<Expression> arguments)
                && name.equals("UNIX_TIMESTAMP")
                && arguments.size() == 1
                && arguments.getFirst() instanceof Expression.Column
                && row.getFirst() instanceof Datum.Whole(long micros)) {
            if (type.type().kind() == ObjectType.Kind.EXACT) {
                return new Datum.Exact(BigDecimal.valueOf(micros, 6));
            }
            return new Datum.Whole(Math.floorDiv(micros, 1_000_000L));
        }
        return null;
    }

    /** What a generated column stores; null if it cannot be computed. */
    public static @Nullable Datum generated(
            PartitionedTable table,
            TableColumn target,
            StoredExpression expression,
            List<Integer> columns,
            List<Datum> row,
            EvaluationContext context) {
        SqlValue value = value(table, columns, row, expression, context);
        return Assignment.assign(target.type(), value, context.session());
    }

    private static SqlValue value(
            PartitionedTable table,
            List<Integer> columns,
            List<Datum> row,
            StoredExpression expression,
            EvaluationContext context) {
        return Evaluator.evaluate(
                expression.expression(),
                new EvaluationContext(
                        expression.slots(),
                        ParameterValues.NONE,
                        context.session(),
                        values(table, columns, row, context)));
    }

    /** Value of an expression of the statement for a row of values of some columns. */
    public static SqlValue condition(
            PartitionedTable table,
            List<Integer> columns,
            List<Datum> row,
            Expression expression,
            EvaluationContext context) {
        return Evaluator.evaluate(
                expression,
                new EvaluationContext(
                        context.literals(),
                        context.parameters(),
                        context.session(),
                        values(table, columns, row, context)));
    }

    private static ColumnValues values(
            PartitionedTable table, List<Integer> columns, List<Datum> row, EvaluationContext context) {
        return column -> {
            for (int i = 0; i < columns.size(); i++) {
                TableColumn candidate = table.columns().get(columns.get(i));
                if (candidate.isNamed(column)) {
                    return StoredValues.toSql(candidate.type(), row.get(i), context.session());
                }
            }
            return new SqlValue.Unknown("column " + column.name() + " is not known");
        };
    }
}
