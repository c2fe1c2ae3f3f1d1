package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.ColumnType;
import com.oceanbase.odp.routing.partition.Datum;
import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.routing.partition.condition.Box;
import com.oceanbase.odp.routing.partition.condition.ClockExpressions;
import com.oceanbase.odp.routing.partition.condition.ClockValues;
import com.oceanbase.odp.routing.partition.condition.Domain;
import com.oceanbase.odp.routing.partition.convert.Assignment;
import com.oceanbase.odp.routing.value.EvaluationContext;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.routing.value.SqlValue;
import com.oceanbase.odp.sql.access.WrittenRows;
import com.oceanbase.odp.sql.expression.ConstantKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The partitions of rows that are written. */
final class RowPlan {
    private static final int MAX_FRACTION = 6;
    private static final String SEVERAL_ROWS = "rows of several partitions";
    private static final String NO_PARTITION = "no partition is for such values";

    private final PartitionedTable table;
    private final WrittenRows rows;

    /** Index in a row of the value of each column, -1 if the row has none. */
    private final int[] places;

    /** Null if keys are of types that are not looked up so. */
    private final @Nullable PlainLevels levels;

    /** Keys of the rows, null where a row does not name all of their values. */
    private final @Nullable Keys[] keys;

    private record Keys(Expression[] first, Expression[] second) {}

    /** @param plainLevels short ways to the partitions of keys, null for none */
    RowPlan(PartitionedTable table, WrittenRows rows, @Nullable PlainLevels plainLevels) {
        PlainLevels levels = rows.lenient() || rows.selected() ? null : plainLevels;
        this.table = table;
        this.rows = rows;
        this.places = new int[table.columns().size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(table.columns().get(i), rows.columns());
        }
        this.levels = levels;
        this.keys = new Keys[levels == null ? 0 : rows.rows().size()];
        for (int i = 0; i < keys.length; i++) {
            @Nullable Expression[] values = values(rows.rows().get(i));
            Expression[] first = PlainLevels.key(table.first(), values);
            Expression[] second = PlainLevels.key(table.second(), values);
            keys[i] = first == null || second == null ? null : new Keys(first, second);
        }
    }

    /** Whether a value of a column that is known depends on when the statement runs. */
    boolean dependsOnClock() {
        for (List<Expression> row : rows.rows()) {
            for (Expression value : values(row)) {
                if (value != null && ClockExpressions.depends(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    private @Nullable Expression[] values(List<Expression> row) {
        @Nullable Expression[] values = new Expression[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = places[i] < 0 || places[i] >= row.size() ? null : row.get(places[i]);
        }
        return values;
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

    /** The partitions if the values of all rows are plain, else null. One partition is found without allocation. */
    @Nullable
    PartitionSet plain(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        int count = rows.rows().size();
        int first = plainLeaf(0, literals, parameters, session);
        int same = 0;
        while (first >= 0 && same < count && plainLeaf(same, literals, parameters, session) == first) {
            same++;
        }
        if (first < 0 || same == count) {
            return first < 0 ? null : table.leaf(first);
        }
        long[] leaves = PlainLevels.words(table.leafCount());
        add(leaves, first);
        for (int i = same; i < count; i++) {
            int leaf = plainLeaf(i, literals, parameters, session);
            if (leaf < 0) {
                return null;
            }
            add(leaves, leaf);
        }
        return known(leaves, first);
    }

    /** The partitions of rows of any values. */
    PartitionSet evaluate(
            LiteralSlots literals, ParameterValues parameters, SessionValues session, @Nullable PartitionSet named) {
        long[] leaves = PlainLevels.words(table.leafCount());
        int first = -1;
        String unknown = "";
        for (int i = 0; i < rows.rows().size(); i++) {
            int leaf = plainLeaf(i, literals, parameters, session);
            if (leaf >= 0) {
                add(leaves, leaf);
                first = i == 0 ? leaf : first;
                continue;
            }
            Row row = row(rows.rows().get(i), new EvaluationContext(literals, parameters, session));
            row.leaves().stream().forEach(own -> add(leaves, own));
            if (i == 0) {
                first = row.only();
            }
            if (row.only() < 0 && !row.missing().isEmpty()) {
                unknown = row.missing();
            }
        }
        return named == null && unknown.isEmpty()
                ? known(leaves, first)
                : result(BitSet.valueOf(leaves), first, unknown, named);
    }

    private static void add(long[] leaves, int leaf) {
        leaves[leaf >> 6] |= 1L << leaf;
    }

    private int plainLeaf(int row, LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        Keys own = levels == null ? null : keys[row];
        return levels == null || own == null
                ? -1
                : levels.leaf(own.first(), own.second(), literals, parameters, session);
    }

    /** Leaves of a row that is not plain; {@code missing} says which key column has no value that is known. */
    private record Row(BitSet leaves, String missing) {
        int only() {
            return leaves.cardinality() == 1 ? leaves.nextSetBit(0) : -1;
        }
    }

    private Row row(List<Expression> row, EvaluationContext context) {
        Domain[] values = new Domain[table.domainTypes().size()];
        String missing = fill(row, values, context);
        BitSet leaves = new BitSet(table.leafCount());
        new LeafFinder(table, context).add(new Box(values, List.of()), leaves);
        boolean generated = missing.isEmpty() && leaves.cardinality() > 1;
        return new Row(leaves, generated ? "the value of a generated key column is not known" : missing);
    }

    private PartitionSet known(long[] leaves, int preferred) {
        int count = 0;
        int lowest = -1;
        for (int i = 0; i < leaves.length; i++) {
            if (lowest < 0 && leaves[i] != 0) {
                lowest = i * Long.SIZE + Long.numberOfTrailingZeros(leaves[i]);
            }
            count += Long.bitCount(leaves[i]);
        }
        return switch (count) {
            case 0 -> table.all().forNoRow(NO_PARTITION);
            case 1 -> table.leaf(lowest);
            default -> PartitionSet.several(leaves, preferred < 0 ? lowest : preferred, SEVERAL_ROWS);
        };
    }

    private PartitionSet result(BitSet leaves, int preferred, String unknown, @Nullable PartitionSet named) {
        if (leaves.isEmpty()) {
            return (named == null ? table.all() : named).forNoRow(NO_PARTITION);
        }
        if (named != null) {
            leaves.and(named.leaves());
            if (leaves.isEmpty()) {
                return named.forNoRow("a row does not belong to the partitions in the statement");
            }
        }
        int count = leaves.cardinality();
        if (count == 1) {
            return table.leaf(leaves.nextSetBit(0));
        }
        String reason = (unknown.isEmpty() ? SEVERAL_ROWS : unknown) + ": " + count + " partitions possible";
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
            SqlValue computed = ClockValues.of(value, table, i, context);
            if (column.autoIncrement() && isGeneratedBy(computed)) {
                missing = "the server makes the value of key column " + column.name();
                continue;
            }
            Datum stored = stored(column, computed, context.session());
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

    private @Nullable Datum stored(TableColumn column, SqlValue value, SessionValues session) {
        // The server looks for the partition of a selected row before it rounds the seconds to the digits of the
        // column.
        ColumnType type = rows.selected() && column.type().type().isTemporal()
                ? column.type().withFraction(MAX_FRACTION)
                : column.type();
        if (!rows.lenient()) {
            return Assignment.assign(type, value, session);
        }
        if (value.isNull() && column.nulls() != TableColumn.Nulls.ALLOWED) {
            return column.nulls() == TableColumn.Nulls.FORBIDDEN ? Assignment.emptyOf(column.type()) : null;
        }
        return Assignment.assign(type, value, session.withModes(session.modes().lenient()));
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
