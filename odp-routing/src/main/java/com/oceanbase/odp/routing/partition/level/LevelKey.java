package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.convert.StoredExpressions;
import com.oceanbase.odp.routing.value.EvaluationContext;
import java.util.ArrayList;
import java.util.List;

/** Finds the domains of the key of a level from those of the table's columns. */
final class LevelKey {
    /** Rows that are enumerated to compute an expression or a hash for each. */
    static final int MAX_ROWS = 10_000;

    private LevelKey() {}

    static KeyDomains of(PartitionedTable table, PartitionLevel level, Box box, EvaluationContext context) {
        StoredExpression expression = level.expression();
        if (expression == null) {
            List<Domain> domains = new ArrayList<>(level.columns().size());
            List<ColumnType> types = new ArrayList<>(level.columns().size());
            for (int column : level.columns()) {
                domains.add(box.domain(column));
                types.add(table.columns().get(column).type());
            }
            return new KeyDomains(domains, types);
        }
        ColumnType type = level.boundType().isEmpty()
                ? ColumnType.BIGINT
                : level.boundType().getFirst();
        Domain computed = expressionDomain(table, level.columns(), expression, type, box, context);
        Domain domain =
                Domain.intersect(type, computed, box.domain(table.expressionIndex(level == table.first() ? 0 : 1)));
        return new KeyDomains(List.of(domain), List.of(type));
    }

    /** Domain of an expression over columns; any value if it cannot be computed. */
    static Domain expressionDomain(
            PartitionedTable table,
            List<Integer> columns,
            StoredExpression expression,
            ColumnType type,
            Box box,
            EvaluationContext context) {
        List<List<Datum>> points = new ArrayList<>();
        for (int column : columns) {
            Domain domain = Enumeration.points(table.columns().get(column).type(), box.domain(column));
            if (domain instanceof Domain.Points(List<Datum> values)) {
                points.add(values);
            } else if (columns.size() == 1 && domain instanceof Domain.Interval interval) {
                return range(table, column, expression, type, interval, context);
            } else {
                return domain instanceof Domain.None ? domain : Domain.Any.INSTANCE;
            }
        }
        List<List<Datum>> rows = Enumeration.product(points, MAX_ROWS);
        if (rows.isEmpty()) {
            return Domain.Any.INSTANCE;
        }
        List<Datum> results = new ArrayList<>(rows.size());
        for (List<Datum> row : rows) {
            Datum result = StoredExpressions.evaluate(table, columns, row, expression, type, context);
            if (result == null) {
                return Domain.Any.INSTANCE;
            }
            results.add(result);
        }
        return new Domain.Points(List.copyOf(results));
    }

    /** Range of a monotonic expression. */
    private static Domain range(
            PartitionedTable table,
            int column,
            StoredExpression expression,
            ColumnType type,
            Domain.Interval interval,
            EvaluationContext context) {
        int direction = Monotony.of(expression.expression());
        if (direction == 0) {
            return Domain.Any.INSTANCE;
        }
        TableColumn source = table.columns().get(column);
        Domain.Interval closed = Enumeration.closed(source.type(), interval);
        Datum low = closed.low();
        Datum high = closed.high();
        Datum first = low == null
                ? null
                : StoredExpressions.evaluate(table, List.of(column), List.of(low), expression, type, context);
        Datum last = high == null
                ? null
                : StoredExpressions.evaluate(table, List.of(column), List.of(high), expression, type, context);
        if (low != null && (first == null || first instanceof Datum.Null)
                || high != null && (last == null || last instanceof Datum.Null)) {
            return Domain.Any.INSTANCE;
        }
        Domain.Interval found = direction > 0
                ? new Domain.Interval(first, true, last, true)
                : new Domain.Interval(last, true, first, true);
        if (first != null && first.equals(last)) {
            return Domain.point(first);
        }
        return found;
    }
}
