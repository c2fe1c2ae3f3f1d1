package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Helps those who read definitions: finds out what a partition key is made of. */
public final class TableDefinition {
    private TableDefinition() {}

    /**
     * A level from its function and the text of its key.
     *
     * @param columns the table's columns
     * @param text {@code part_expr}: names separated by commas, or an expression
     * @param primaryKey indexes of the columns that stand for an empty text
     * @param firstBound types of the first bound or list row that is not MAXVALUE or DEFAULT; empty if there is none
     */
    public static PartitionLevel level(
            PartitionFunction function,
            List<TableColumn> columns,
            String text,
            List<Integer> primaryKey,
            List<ColumnType> firstBound,
            boolean oracleMode) {
        List<Integer> named = text.isBlank() ? primaryKey : named(columns, text);
        if (!named.isEmpty()) {
            if (function.mayHaveExpression() && named.size() > 1 && !oracleMode) {
                return unsupported();
            }
            List<ColumnType> types = new ArrayList<>();
            for (int i = 0; i < named.size(); i++) {
                ColumnType type = columns.get(named.get(i)).type();
                if (i < firstBound.size() && !isComparable(type, firstBound.get(i))) {
                    return unsupported();
                }
                types.add(type);
            }
            return new PartitionLevel(function, named, null, function.isHashed() ? List.of() : types);
        }
        if (!function.mayHaveExpression()) {
            return unsupported();
        }
        StoredExpression expression = StoredExpression.parse(text, oracleMode);
        Set<Integer> used = new LinkedHashSet<>();
        if (!collect(expression.expression(), columns, used)) {
            return unsupported();
        }
        List<ColumnType> types = function.isHashed()
                ? List.of()
                : firstBound.isEmpty() ? List.of(ColumnType.BIGINT) : List.copyOf(firstBound);
        return new PartitionLevel(function, List.copyOf(used), expression, types);
    }

    private static PartitionLevel unsupported() {
        return new PartitionLevel(PartitionFunction.UNSUPPORTED, List.of(), null, List.of());
    }

    /** A bound that was decoded from another representation than the column's cannot be compared with its values. */
    private static boolean isComparable(ColumnType column, ColumnType bound) {
        ObjectType a = column.type();
        ObjectType b = bound.type();
        if (b == ObjectType.NULL) {
            return true;
        }
        if (a.kind() != b.kind()) {
            return false;
        }
        return !a.isTemporal() && !b.isTemporal() || a == b;
    }

    /** Indexes of columns if the text is a list of their names, else an empty list. */
    private static List<Integer> named(List<TableColumn> columns, String text) {
        List<Integer> found = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = endOfName(text, start);
            int index = indexOf(columns, unquoted(text.substring(start, end).strip()));
            if (index < 0) {
                return List.of();
            }
            found.add(index);
            start = end + 1;
        }
        return List.copyOf(found);
    }

    /** Index of the comma behind a name, or the end of the text; commas in quotes belong to the name. */
    private static int endOfName(String text, int start) {
        char quote = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '`' || c == '"') {
                quote = c;
            } else if (c == ',') {
                return i;
            }
        }
        return text.length();
    }

    private static String unquoted(String name) {
        if (name.length() > 1 && (name.charAt(0) == '`' || name.charAt(0) == '"')) {
            String quote = name.substring(0, 1);
            if (name.endsWith(quote)) {
                return name.substring(1, name.length() - 1).replace(quote + quote, quote);
            }
        }
        return name;
    }

    private static int indexOf(List<TableColumn> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds the columns that an expression depends on; false if it depends on something that is not known. */
    static boolean collect(Expression expression, List<TableColumn> columns, Set<Integer> found) {
        List<Expression.Column> used = new ArrayList<>();
        if (!ExpressionColumns.collect(expression, used)) {
            return false;
        }
        for (Expression.Column column : used) {
            int index = indexOf(columns, column.name());
            if (index < 0) {
                return false;
            }
            found.add(index);
        }
        return true;
    }

    /** The expression of a generated column, null if the text is empty. */
    public static @Nullable StoredExpression generated(String text, boolean oracleMode) {
        return text.isBlank() ? null : StoredExpression.parse(text, oracleMode);
    }
}
