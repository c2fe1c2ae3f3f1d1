package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.StoredExpression;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.Reasons;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.expression.Expression;
import java.time.Instant;

/**
 * Values of expressions of the clock. The server's clock is not quite that of the proxy, so a statement is evaluated with both ends of the time that it may
 * be there. That tells something only of values that grow with time; and of those that are hashed or listed only if they are the same at both
 * ends.
 */
public final class ClockValues {
    private ClockValues() {}

    /** One end of the time that the server's clock may show, and the other one. */
    public record End(Instant now, Instant other) implements SessionValues.StatementClock {
        End swapped() {
            return new End(other, now);
        }
    }

    /**
     * The value of an expression for a column.
     *
     * @param domain index in {@link PartitionedTable#domainTypes}, -1 if the value is for none
     */
    public static SqlValue of(Expression expression, PartitionedTable table, int domain, EvaluationContext context) {
        SqlValue value = Evaluator.evaluate(expression, context);
        SessionValues session = context.session();
        if (!(session.clock() instanceof End end) || !ClockExpressions.depends(expression)) {
            return value;
        }
        if (!ClockExpressions.grows(expression)) {
            return Reasons.CLOCK;
        }
        if (isOrdered(table, domain)) {
            return value;
        }
        SqlValue other = Evaluator.evaluate(
                expression,
                new EvaluationContext(context.literals(), context.parameters(), session.withClock(end.swapped())));
        return value.equals(other) ? value : Reasons.CLOCK;
    }

    /** Whether partitions follow each other as the values of a column do. */
    private static boolean isOrdered(PartitionedTable table, int domain) {
        if (domain < 0) {
            return false;
        }
        for (TableColumn column : table.columns()) {
            if (column.generated() != null) {
                return false;
            }
        }
        PartitionLevel second = table.second();
        return isOrdered(table, table.first(), 0, domain) && (second == null || isOrdered(table, second, 1, domain));
    }

    private static boolean isOrdered(PartitionedTable table, PartitionLevel level, int number, int domain) {
        if (domain != table.expressionIndex(number) && !level.columns().contains(domain)) {
            return true;
        }
        StoredExpression expression = level.expression();
        return level.function().isRange()
                && level.columns().size() == 1
                && (expression == null || ClockExpressions.rises(expression.expression()));
    }
}
