package com.oceanbase.odp.routing.partition.level;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.ExpressionColumns;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.convert.StoredExpressions;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Values of generated columns follow from those of the columns that they are made of. The server computes them from the
 * constant as it is written, although collations make other strings equal to it, and so does this (seen in recordings).
 */
public final class GeneratedColumns {
    /** Functions whose results of strings with and without blanks at their end are equal. */
    private static final Set<String> BLANK_SAFE =
            Set.of("SUBSTR", "SUBSTRING", "MID", "LEFT", "LOWER", "LCASE", "UPPER", "UCASE", "RTRIM", "TRIM_TRAILING");

    private GeneratedColumns() {}

    /** The box with the domains of generated columns that nothing is known about but their sources. */
    public static Box derive(PartitionedTable table, Box given, EvaluationContext context) {
        Box box = given;
        List<TableColumn> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            StoredExpression expression = columns.get(i).generated();
            if (expression != null && !(box.domain(i) instanceof Domain.Points)) {
                box = box.with(
                        i,
                        Domain.intersect(
                                columns.get(i).type(), box.domain(i), derived(table, i, expression, box, context)));
            }
        }
        return box;
    }

    private static Domain derived(
            PartitionedTable table, int target, StoredExpression expression, Box box, EvaluationContext context) {
        List<Expression.Column> used = new ArrayList<>();
        if (!ExpressionColumns.collect(expression.expression(), used)) {
            return Domain.Any.INSTANCE;
        }
        Set<Integer> sources = new LinkedHashSet<>();
        for (Expression.Column column : used) {
            int index = table.columnIndex(column.name());
            if (index < 0) {
                return Domain.Any.INSTANCE;
            }
            sources.add(index);
        }
        List<Integer> columns = List.copyOf(sources);
        List<List<Datum>> points = new ArrayList<>();
        for (int column : columns) {
            if (!(Enumeration.points(table.columns().get(column).type(), box.domain(column))
                    instanceof Domain.Points(List<Datum> values))) {
                return Domain.Any.INSTANCE;
            }
            if (!ignoresBlanks(expression.expression()) && values.stream().anyMatch(GeneratedColumns::endsWithBlank)) {
                return Domain.Any.INSTANCE;
            }
            points.add(values);
        }
        List<Datum> results = new ArrayList<>();
        for (List<Datum> row : Enumeration.product(points, LevelKey.MAX_ROWS)) {
            Datum result =
                    StoredExpressions.generated(table, table.columns().get(target), expression, columns, row, context);
            if (result == null) {
                return Domain.Any.INSTANCE;
            }
            results.add(result);
        }
        return results.isEmpty() ? Domain.Any.INSTANCE : new Domain.Points(List.copyOf(results));
    }

    private static boolean ignoresBlanks(Expression expression) {
        return expression instanceof Expression.Call(String name, List<Expression> _) && BLANK_SAFE.contains(name);
    }

    /** Strings that differ in blanks at their end are equal, but not what other functions make of them. */
    private static boolean endsWithBlank(Datum value) {
        return value instanceof Datum.Text(byte[] bytes) && bytes.length > 0 && bytes[bytes.length - 1] == ' ';
    }
}
