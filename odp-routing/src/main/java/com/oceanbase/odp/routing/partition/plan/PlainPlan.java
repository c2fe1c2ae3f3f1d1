package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.PartitionSet;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.level.Run;
import com.oceanbase.odp.routing.partition.level.Selection;
import com.oceanbase.odp.routing.value.ParameterValues;
import com.oceanbase.odp.routing.value.SessionValues;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaves for conditions that compare keys with plain literals or parameters. One leaf is found without allocation, and so are all
 * of them; others with that of their set alone.
 */
final class PlainPlan {
    private final PartitionedTable table;
    private final PlainLevels levels;

    /** Keys of rows, of each level; empty if there are selections instead. */
    private final Expression[][] firstKeys;

    private final Expression[][] secondKeys;
    private final @Nullable Selection first;
    private final @Nullable Selection second;
    private final String cause;

    /** All leaves. */
    private final PartitionSet all;

    private PlainPlan(
            PartitionedTable table,
            PlainLevels levels,
            List<Expression[]> firstKeys,
            List<Expression[]> secondKeys,
            String cause) {
        this.table = table;
        this.levels = levels;
        this.firstKeys = firstKeys.toArray(Expression[][]::new);
        this.secondKeys = secondKeys.toArray(Expression[][]::new);
        this.first = null;
        this.second = null;
        this.cause = cause;
        this.all = table.all().because(cause);
    }

    private PlainPlan(
            PartitionedTable table, PlainLevels levels, Selection first, Selection second, KeyConditions conditions) {
        this.table = table;
        this.levels = levels;
        this.firstKeys = new Expression[0][];
        this.secondKeys = firstKeys;
        this.first = first;
        this.second = second;
        this.cause = conditions.cause(table);
        this.all = table.all().because(cause);
    }

    /** A plan if the condition is nothing but such comparisons, or fixes all keys by equalities and whatever else; else null. */
    static @Nullable PlainPlan of(PartitionedTable table, Condition condition) {
        PlainLevels levels = PlainLevels.of(table, false);
        if (levels == null) {
            return null;
        }
        KeyConditions conditions = KeyConditions.of(table, condition);
        PlainPlan row = ofRows(table, levels, List.of(condition), false);
        if (row != null) {
            return row;
        }
        if (!conditions.isExact()) {
            return condition instanceof Condition.Junction(boolean and, List<Condition> terms) && !and
                    ? ofRows(table, levels, terms, true)
                    : null;
        }
        Selection first = conditions.selection(table.first(), levels.hasRanges(false));
        Selection second = table.second() == null
                ? new Selection.All()
                : conditions.selection(table.second(), levels.hasRanges(true));
        return first == null || second == null ? null : new PlainPlan(table, levels, first, second, conditions);
    }

    /** Conditions of which one must hold, and each of which fixes all keys. */
    private static @Nullable PlainPlan ofRows(
            PartitionedTable table, PlainLevels levels, List<Condition> rows, boolean exactly) {
        List<Expression[]> first = new ArrayList<>();
        List<Expression[]> second = new ArrayList<>();
        for (Condition row : rows) {
            KeyConditions conditions = KeyConditions.of(table, row);
            @Nullable Expression[] values = conditions.values();
            Expression[] firstKey = PlainLevels.key(table.first(), values);
            Expression[] secondKey = PlainLevels.key(table.second(), values);
            if (firstKey == null || secondKey == null || exactly && !conditions.isExact()) {
                return null;
            }
            first.add(firstKey);
            second.add(secondKey);
        }
        return new PlainPlan(table, levels, first, second, Explanation.SEVERAL_VALUES);
    }

    /** The leaves; null if a value is not plain or no partition is for it. */
    @Nullable
    PartitionSet evaluate(LiteralSlots literals, ParameterValues parameters, SessionValues session) {
        if (first != null && second != null) {
            long run = levels.run(first, second, literals, parameters, session);
            if (run != Run.SCATTERED) {
                return run == Run.NONE ? null : consecutive(Run.first(run), Run.end(run));
            }
            long[] leaves = PlainLevels.words(table.leafCount());
            return levels.select(first, second, literals, parameters, session, leaves) ? result(leaves) : null;
        }
        int leaf = levels.leaf(firstKeys[0], secondKeys[0], literals, parameters, session);
        if (leaf < 0 || firstKeys.length == 1) {
            return leaf < 0 ? null : table.leaf(leaf);
        }
        long[] leaves = PlainLevels.words(table.leafCount());
        leaves[leaf >> 6] |= 1L << leaf;
        for (int i = 1; i < firstKeys.length; i++) {
            int next = levels.leaf(firstKeys[i], secondKeys[i], literals, parameters, session);
            if (next < 0) {
                return null;
            }
            leaves[next >> 6] |= 1L << next;
        }
        return result(leaves);
    }

    private PartitionSet consecutive(int from, int end) {
        if (end - from == 1) {
            return table.leaf(from);
        }
        if (end - from == table.leafCount()) {
            return all;
        }
        long[] leaves = PlainLevels.words(table.leafCount());
        for (int i = from; i < end; i++) {
            leaves[i >> 6] |= 1L << i;
        }
        return PartitionSet.several(leaves, from, cause);
    }

    private @Nullable PartitionSet result(long[] leaves) {
        int count = 0;
        int lowest = -1;
        for (int i = 0; i < leaves.length; i++) {
            if (lowest < 0 && leaves[i] != 0) {
                lowest = i * Long.SIZE + Long.numberOfTrailingZeros(leaves[i]);
            }
            count += Long.bitCount(leaves[i]);
        }
        return switch (count) {
            case 0 -> null;
            case 1 -> table.leaf(lowest);
            default -> count == table.leafCount() ? all : PartitionSet.several(leaves, lowest, cause);
        };
    }
}
