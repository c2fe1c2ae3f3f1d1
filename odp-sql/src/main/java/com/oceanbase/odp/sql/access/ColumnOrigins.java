package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.Expression.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the columns of a derived table or a common table expression come from. */
final class ColumnOrigins {
    /** Larger conditions are not carried into a query. */
    private static final int LARGEST = 150;

    /** Higher expressions are not put in place of columns. */
    private static final int HIGHEST = 10;

    /** Columns of Oracle mode that belong to the result of a query, not to its tables. */
    private static final Set<String> PSEUDO_COLUMNS =
            Set.of("ROWNUM", "LEVEL", "ROWID", "ORA_ROWSCN", "CONNECT_BY_ISLEAF", "CONNECT_BY_ISCYCLE");

    private final Query query;
    private final List<String> names;
    private final boolean oracle;

    /** @param renamed names that the alias lists, empty if it lists none */
    ColumnOrigins(Query query, List<String> renamed, boolean oracle) {
        this.query = query;
        this.names = renamed.isEmpty() ? query.columnNames : renamed;
        this.oracle = oracle;
    }

    /**
     * A condition on the query's columns as one on what its {@code branch} reads; null if that is not possible.
     *
     * @param alias name of the query
     * @param only unqualified columns are the query's
     */
    @Nullable
    Expression inside(Expression condition, int branch, @Nullable String alias, boolean only) {
        if (ExpressionTree.size(condition, LARGEST) >= LARGEST || ExpressionTree.allColumns(condition, c -> false)) {
            return null;
        }
        return ExpressionTree.rewrite(condition, leaf -> {
            if (leaf instanceof Expression.UserVariable) {
                return leaf;
            }
            if (!(leaf instanceof Column column) || column.database() != null) {
                return null;
            }
            String table = column.table();
            boolean mine = table == null ? only : alias != null && same(table, alias);
            return mine ? origin(column.name(), query.branches.get(branch)) : null;
        });
    }

    private boolean same(String left, String right) {
        return oracle ? left.equals(right) : left.equalsIgnoreCase(right);
    }

    /** The column of a branch that is the query's column of this name. */
    private @Nullable Expression origin(String name, BlockBuilder branch) {
        if (oracle && PSEUDO_COLUMNS.contains(name)) {
            return null;
        }
        int position = position(name);
        if (position >= 0) {
            boolean listed = branch.stars == 0 || (names.isEmpty() && query.branches.size() == 1);
            Expression item = listed && position < branch.items.size()
                    ? branch.items.get(position).expression()
                    : null;
            return item instanceof Column column && isKept(column, branch) ? column : null;
        }
        boolean star = names.isEmpty() && query.branches.size() == 1 && branch.stars == 1 && !branch.aggregates;
        return star && branch.groupColumns == null ? ofStar(name, branch) : null;
    }

    /** Index of the column, -1 if the text does not tell. */
    private int position(String name) {
        if (!names.isEmpty()) {
            return index(name);
        }
        List<BlockBuilder.Item> items = query.first().items;
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i).name();
            if (item != null && same(item, name)) {
                return query.first().stars == 0 || query.branches.size() == 1 ? i : -1;
            }
        }
        return -1;
    }

    private int index(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (same(names.get(i), name)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether all rows that are grouped have the same value in this column. */
    private static boolean isKept(Column column, BlockBuilder branch) {
        List<String> groups = branch.groupColumns;
        if (groups == null) {
            return !branch.aggregates;
        }
        return groups.contains(column.name().toLowerCase(Locale.ROOT));
    }

    /** The column behind {@code *} or {@code t.*}. */
    private static @Nullable Expression ofStar(String name, BlockBuilder branch) {
        for (BlockBuilder.Item item : branch.items) {
            if (item.expression() instanceof Column star && star.name().equals(OperandParser.STAR)) {
                if (star.table() != null) {
                    return new Column(star.database(), star.table(), name);
                }
            }
        }
        String only = branch.sources.size() == 1 ? branch.sources.getFirst().qualifier() : null;
        return new Column(null, only, name);
    }

    /** Adds the columns of a query that is one row, by the alias of the query. */
    void addRow(String alias, Map<Column, Expression> values) {
        BlockBuilder row = query.first();
        if (query.opaque || !row.isExactlyOneRow()) {
            return;
        }
        for (int i = 0; i < row.items.size(); i++) {
            BlockBuilder.Item item = row.items.get(i);
            String name = names.isEmpty() ? item.name() : i < names.size() ? names.get(i) : null;
            if (name != null && item.height() <= HIGHEST) {
                values.putIfAbsent(new Column(null, alias, name), item.expression());
            }
        }
    }
}
