package com.oceanbase.odp.routing.trace.partition;

import com.oceanbase.odp.routing.partition.PartitionedTable;
import com.oceanbase.odp.routing.partition.TableColumn;
import com.oceanbase.odp.sql.access.QueryBlock;
import com.oceanbase.odp.sql.access.StatementAccess;
import com.oceanbase.odp.sql.access.TableAccess;
import com.oceanbase.odp.sql.access.WrittenRows;
import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the conditions of a statement that are about the partition keys of a table, for people to read. */
final class KeyConditions {
    /** Most conditions that are told. */
    static final int MOST = 32;

    private final PartitionedTable table;
    private final List<Integer> keys;
    private final List<KeyCondition> found = new ArrayList<>();
    private @Nullable TableAccess access;

    /**
     * A condition.
     *
     * @param column index of the column in the table, -1 when it is about several at once
     * @param operator how the column is compared; null when {@code whole} says it better
     * @param values what it is compared with
     * @param whole the condition
     */
    record KeyCondition(int column, @Nullable BinaryOperator operator, List<Expression> values, Expression whole) {}

    private KeyConditions(PartitionedTable table, List<Integer> keys) {
        this.table = table;
        this.keys = keys;
    }

    /** The conditions in the order of the text. */
    static List<KeyCondition> of(PartitionedTable table, List<Integer> keys, StatementAccess access) {
        KeyConditions conditions = new KeyConditions(table, keys);
        for (QueryBlock block : access.blocks()) {
            for (TableAccess candidate : block.tables()) {
                if (candidate.table().name().equalsIgnoreCase(table.name())) {
                    conditions.read(block, candidate);
                }
            }
        }
        return conditions.found;
    }

    private void read(QueryBlock block, TableAccess used) {
        access = used;
        Expression condition = block.conditionOf(used);
        if (condition != null) {
            condition(condition);
        }
        WrittenRows rows = block.rows();
        if (rows != null && block.tables().getFirst() == used) {
            written(rows);
        }
    }

    private void written(WrittenRows rows) {
        for (List<Expression> row : rows.rows()) {
            for (int key : keys) {
                int position = position(rows, key);
                if (position >= 0 && position < row.size()) {
                    Expression value = row.get(position);
                    add(key, BinaryOperator.EQUAL, List.of(value), value);
                }
            }
        }
    }

    private int position(WrittenRows rows, int key) {
        TableColumn column = table.columns().get(key);
        if (rows.columns().isEmpty()) {
            return column.position();
        }
        for (int i = 0; i < rows.columns().size(); i++) {
            if (rows.columns().get(i).equalsIgnoreCase(column.name())) {
                return i;
            }
        }
        return -1;
    }

    private void condition(Expression expression) {
        switch (expression) {
            case Expression.Junction(boolean and, List<Expression> terms) when and -> terms.forEach(this::condition);
            case Expression.Binary binary -> comparison(binary);
            case Expression.Between between
            when !between.negated() && key(between.operand()) >= 0 -> {
                int column = key(between.operand());
                add(column, null, List.of(between.low(), between.high()), between);
            }
            case Expression.In in
            when !in.negated() && key(in.operand()) >= 0 -> add(key(in.operand()), null, in.elements(), in);
            case Expression.Is is
            when !is.negated() && key(is.operand()) >= 0 -> add(key(is.operand()), null, List.of(), is);
            default -> {
                if (mentionsKey(expression, 0)) {
                    add(-1, null, List.of(), expression);
                }
            }
        }
    }

    private void comparison(Expression.Binary binary) {
        BinaryOperator operator = binary.operator();
        boolean compares = isComparison(operator);
        if (compares && key(binary.left()) >= 0) {
            add(key(binary.left()), operator, List.of(binary.right()), binary);
        } else if (compares && key(binary.right()) >= 0) {
            add(key(binary.right()), mirrored(operator), List.of(binary.left()), binary);
        } else if (mentionsKey(binary, 0)) {
            add(-1, null, List.of(), binary);
        }
    }

    private static boolean isComparison(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL, NULL_SAFE_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
            default -> false;
        };
    }

    private static BinaryOperator mirrored(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_EQUAL -> BinaryOperator.GREATER_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_EQUAL -> BinaryOperator.LESS_EQUAL;
            default -> operator;
        };
    }

    private void add(int column, @Nullable BinaryOperator operator, List<Expression> values, Expression whole) {
        if (found.size() < MOST) {
            found.add(new KeyCondition(column, operator, values, whole));
        }
    }

    /** Index of the key that an expression is, -1 when it is none. */
    private int key(Expression expression) {
        TableAccess used = access;
        if (!(expression instanceof Expression.Column column) || used == null) {
            return -1;
        }
        String qualifier = column.table();
        String known = used.alias() == null ? used.table().name() : used.alias();
        if (qualifier != null && !qualifier.equalsIgnoreCase(known)) {
            return -1;
        }
        int index = table.columnIndex(column.name());
        return keys.contains(index) ? index : -1;
    }

    private boolean mentionsKey(Expression expression, int depth) {
        if (depth > 16) {
            return false;
        }
        return switch (expression) {
            case Expression.Column column -> key(column) >= 0;
            case Expression.Binary binary ->
                mentionsKey(binary.left(), depth + 1) || mentionsKey(binary.right(), depth + 1);
            case Expression.Unary unary -> mentionsKey(unary.operand(), depth + 1);
            case Expression.Junction junction -> mentionsKey(junction.terms(), depth);
            case Expression.Row row -> mentionsKey(row.elements(), depth);
            case Expression.Call call -> mentionsKey(call.arguments(), depth);
            case Expression.In in -> mentionsKey(in.operand(), depth + 1);
            case Expression.Between between -> mentionsKey(between.operand(), depth + 1);
            case Expression.Like like -> mentionsKey(like.operand(), depth + 1);
            case Expression.Is is -> mentionsKey(is.operand(), depth + 1);
            default -> false;
        };
    }

    private boolean mentionsKey(List<Expression> expressions, int depth) {
        for (Expression expression : expressions) {
            if (mentionsKey(expression, depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
