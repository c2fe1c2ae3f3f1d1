package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.convert.Assignment;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.routing.value.evaluation.Evaluator;
import com.oceanbase.odp.sql.access.WrittenRows;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The partitions of rows that are written. */
final class RowPlan {
    private final PartitionedTable table;
    private final WrittenRows rows;

    /** Index in a row of the value of each column, -1 if the row has none. */
    private final int[] places;

    RowPlan(PartitionedTable table, WrittenRows rows) {
        this.table = table;
        this.rows = rows;
        this.places = new int[table.columns().size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(table.columns().get(i), rows.columns());
        }
    }

    private static int place(TableColumn column, List<String> names) {
        if (names.isEmpty()) {
            return column.position();
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(column.name())) {
                return i;
            }
        }
        return -1;
    }

    PartitionSet evaluate(EvaluationContext context, @Nullable PartitionSet named) {
        LeafFinder finder = new LeafFinder(table, context);
        BitSet leaves = new BitSet(table.leafCount());
        int preferred = -1;
        String unknown = "";
        boolean first = true;
        for (List<Expression> row : rows.rows()) {
            Domain[] values = new Domain[table.domainTypes().size()];
            String missing = fill(row, values, context);
            Box box = new Box(values, List.of());
            BitSet own = new BitSet(table.leafCount());
            finder.add(box, own);
            if (first) {
                preferred = own.cardinality() == 1 ? own.nextSetBit(0) : -1;
                first = false;
            }
            if (own.cardinality() != 1 && !missing.isEmpty()) {
                unknown = missing;
            }
            leaves.or(own);
        }
        if (leaves.isEmpty()) {
            return (named == null ? table.all() : named).forNoRow("no partition is for such values");
        }
        if (named != null) {
            leaves.and(named.leaves());
            if (leaves.isEmpty()) {
                return named.forNoRow("a row does not belong to the partitions in the statement");
            }
        }
        return result(leaves, preferred, unknown);
    }

    private PartitionSet result(BitSet leaves, int preferred, String unknown) {
        int count = leaves.cardinality();
        if (count == 1) {
            return table.leaf(leaves.nextSetBit(0));
        }
        String reason =
                (unknown.isEmpty() ? "rows of several partitions" : unknown) + ": " + count + " partitions possible";
        PartitionSet set = count == table.leafCount() && !unknown.isEmpty()
                ? PartitionSet.all(count, reason)
                : PartitionSet.of(
                        table.leafCount(),
                        leaves,
                        unknown.isEmpty() ? PartitionSet.Precision.EXACT : PartitionSet.Precision.SUPERSET,
                        reason);
        return preferred >= 0 && leaves.get(preferred) ? set.preferring(preferred) : set;
    }

    /** Computes the values of a row; says which key column has none that is known. */
    private String fill(List<Expression> row, Domain[] values, EvaluationContext context) {
        Arrays.fill(values, Domain.Any.INSTANCE);
        String missing = "";
        for (int i = 0; i < table.columns().size(); i++) {
            TableColumn column = table.columns().get(i);
            if (column.generated() != null) {
                continue;
            }
            int place = places[i];
            Expression value = place < 0 || place >= row.size() ? null : row.get(place);
            if (value == null
                    || value instanceof Expression.Constant(ConstantKind kind) && kind == ConstantKind.DEFAULT) {
                boolean known = !column.autoIncrement()
                        && (place >= 0 || !rows.columns().isEmpty() || row.isEmpty());
                Datum own = known ? column.defaultValue() : null;
                if (own != null) {
                    values[i] = Domain.point(own);
                } else if (isKey(i)) {
                    missing = "no value for key column " + column.name();
                }
                continue;
            }
            SqlValue computed = Evaluator.evaluate(value, context);
            if (column.autoIncrement() && isGeneratedBy(computed)) {
                missing = "the server makes the value of key column " + column.name();
                continue;
            }
            Datum stored = Assignment.assign(column.type(), computed, context.session());
            if (stored != null) {
                values[i] = Domain.point(stored);
            } else if (isKey(i)) {
                missing = computed instanceof SqlValue.Unknown(String reason)
                        ? "key column " + column.name() + ": " + reason
                        : "the value for key column " + column.name() + " does not fit its type";
            }
        }
        return missing;
    }

    /** NULL and 0 ask the server for a new value. */
    private static boolean isGeneratedBy(SqlValue value) {
        return value.isNull() || value.isUnknown() || value instanceof SqlValue.Int(long bits, boolean _) && bits == 0;
    }

    private boolean isKey(int column) {
        PartitionLevel second = table.second();
        return table.first().columns().contains(column)
                || second != null && second.columns().contains(column);
    }
}
