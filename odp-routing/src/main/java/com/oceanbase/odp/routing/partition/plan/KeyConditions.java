package com.oceanbase.odp.routing.partition.plan;

import com.oceanbase.odp.routing.partition.PartitionLevel;
import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.condition.Condition;
import com.oceanbase.odp.routing.partition.level.Selection;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What conditions that must all hold say about each column of a table: what it equals, or between what it is. */
final class KeyConditions {
    /** Values of a list, and keys of which each column has one of a list. */
    private static final int MOST_KEYS = 4096;

    private final List<List<Expression>> equals = new ArrayList<>();
    private final Condition.@Nullable Compare[] lower;
    private final Condition.@Nullable Compare[] upper;

    /** Columns that are said not to be NULL. */
    private final BitSet present = new BitSet();

    private boolean exact = true;

    private KeyConditions(int columns) {
        for (int i = 0; i < columns; i++) {
            equals.add(List.of());
        }
        lower = new Condition.Compare[columns];
        upper = new Condition.Compare[columns];
    }

    static KeyConditions of(PartitionedTable table, Condition condition) {
        KeyConditions conditions = new KeyConditions(table.columns().size());
        conditions.add(condition);
        PartitionLevel second = table.second();
        for (int i = 0; i < table.columns().size(); i++) {
            // What is said about another column may be of no use, of which the result has to tell.
            boolean key = table.first().columns().contains(i)
                    || second != null && second.columns().contains(i);
            conditions.exact &= key || !conditions.isLimited(i);
            // What equals a plain value or lies between two is not NULL anyway.
            conditions.exact &= !conditions.present.get(i) || conditions.isLimited(i);
        }
        return conditions;
    }

    private boolean isLimited(int column) {
        return isRange(column) || !equals.get(column).isEmpty();
    }

    private boolean isRange(int column) {
        return lower[column] != null || upper[column] != null;
    }

    /** Whether they say nothing else. */
    boolean isExact() {
        return exact;
    }

    private void add(Condition condition) {
        switch (condition) {
            case Condition.Junction(boolean and, List<Condition> terms) -> {
                if (and) {
                    terms.forEach(this::add);
                } else {
                    either(terms);
                }
            }
            case Condition.Compare compare when compare.column() < lower.length -> compare(compare);
            case Condition.OneOf oneOf when oneOf.values().size() <= MOST_KEYS -> equal(oneOf.column(), oneOf.values());
            case Condition.NullTest(int column, boolean negated) when negated -> present.set(column);
            default -> exact = false;
        }
    }

    /** Several equalities of one column are a list. */
    private void either(List<Condition> terms) {
        List<Expression> values = new ArrayList<>();
        int column = -1;
        for (Condition term : terms) {
            int own = -1;
            if (term instanceof Condition.Compare compare && isEquality(compare.operator())) {
                own = compare.column();
                values.add(compare.value());
            } else if (term instanceof Condition.OneOf oneOf) {
                own = oneOf.column();
                values.addAll(oneOf.values());
            }
            if (own < 0 || own >= lower.length || column >= 0 && column != own || values.size() > MOST_KEYS) {
                exact = false;
                return;
            }
            column = own;
        }
        equal(column, values);
    }

    private static boolean isEquality(BinaryOperator operator) {
        return operator == BinaryOperator.EQUAL || operator == BinaryOperator.NULL_SAFE_EQUAL;
    }

    private void compare(Condition.Compare compare) {
        int column = compare.column();
        switch (compare.operator()) {
            case EQUAL, NULL_SAFE_EQUAL -> equal(column, List.of(compare.value()));
            case GREATER, GREATER_EQUAL -> {
                exact &= lower[column] == null && equals.get(column).isEmpty();
                lower[column] = compare;
            }
            case LESS, LESS_EQUAL -> {
                exact &= upper[column] == null && equals.get(column).isEmpty();
                upper[column] = compare;
            }
            default -> exact = false;
        }
    }

    private void equal(int column, List<Expression> values) {
        boolean free = equals.get(column).isEmpty() && lower[column] == null && upper[column] == null;
        exact &= free;
        // One value finds a partition whatever else is said; a list does not.
        if (equals.get(column).size() != 1) {
            equals.set(column, values);
        }
    }

    /** For each column the value that it equals, null if there is none or are several. */
    @Nullable
    Expression[] values() {
        @Nullable Expression[] values = new Expression[lower.length];
        for (int i = 0; i < values.length; i++) {
            List<Expression> own = equals.get(i);
            values[i] = own.size() == 1 ? own.getFirst() : null;
        }
        return values;
    }

    /** What they say about the key of a level; null if that cannot be looked up. */
    @Nullable
    Selection selection(PartitionLevel level, boolean hasRanges) {
        boolean limited = false;
        boolean ranged = false;
        boolean listed = true;
        long count = 1;
        for (int column : level.columns()) {
            limited |= isLimited(column);
            ranged |= isRange(column);
            listed &= !equals.get(column).isEmpty();
            count = Math.min(MOST_KEYS + 1, count * equals.get(column).size());
        }
        if (!limited) {
            return new Selection.All();
        }
        if (listed) {
            return count > MOST_KEYS ? null : new Selection.Keys(keys(level));
        }
        if (level.columns().size() == 1) {
            return hasRanges ? between(level.columns().getFirst()) : null;
        }
        return ranged ? null : part(level);
    }

    private Selection part(PartitionLevel level) {
        return new Selection.Part(level.columns().stream()
                .map(column -> equals.get(column).toArray(Expression[]::new))
                .toArray(Expression[][]::new));
    }

    private Selection between(int column) {
        Condition.Compare low = lower[column];
        Condition.Compare high = upper[column];
        return new Selection.Between(
                low == null ? null : low.value(),
                low != null && low.operator() == BinaryOperator.GREATER_EQUAL,
                high == null ? null : high.value(),
                high != null && high.operator() == BinaryOperator.LESS_EQUAL);
    }

    private Expression[][] keys(PartitionLevel level) {
        List<Expression[]> keys = new ArrayList<>();
        keys.add(new Expression[level.columns().size()]);
        for (int i = 0; i < level.columns().size(); i++) {
            List<Expression[]> longer = new ArrayList<>();
            for (Expression[] key : keys) {
                for (Expression value : equals.get(level.columns().get(i))) {
                    Expression[] next = key.clone();
                    next[i] = value;
                    longer.add(next);
                }
            }
            keys = longer;
        }
        return keys.toArray(Expression[][]::new);
    }

    /** Why they leave several partitions: as {@link Explanation} says it. */
    String cause(PartitionedTable table) {
        List<Integer> columns = new ArrayList<>(table.first().columns());
        PartitionLevel second = table.second();
        if (second != null) {
            columns.addAll(second.columns());
        }
        for (int column : columns) {
            String name = table.columns().get(column).name();
            if (isRange(column)) {
                return Explanation.RANGE + name;
            }
            if (equals.get(column).isEmpty()) {
                return Explanation.NO_VALUE + name;
            }
        }
        return Explanation.SEVERAL_VALUES;
    }
}
