package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.SqlMode;
import com.oceanbase.odp.sql.TableName;
import com.oceanbase.odp.sql.TokenKind;
import com.oceanbase.odp.sql.expression.Expression;
import com.oceanbase.odp.sql.expression.LiteralSlots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of a view as the server keeps it: with all names of columns, and tables with their databases. It takes the place of the view's
 * name in a statement, as a derived table does. Literals of the view are not in the statement's text, so what it says with them counts as not
 * understood. Immutable; equal when the text is.
 */
public record ViewDefinition(String text, SqlMode mode) {
    /** Whether the text is one query that is wholly understood and names tables. */
    public boolean isUsable() {
        return !expand(null, null).isEmpty();
    }

    /**
     * The blocks of the view with what a statement demands of them; empty if the text is not usable.
     *
     * @param around the block that names the view; null if nothing is known of it
     * @param view the view in that block
     */
    public List<QueryBlock> expand(@Nullable QueryBlock around, @Nullable TableAccess view) {
        Reading reading = new Reading(this);
        Query query = reading.query;
        if (query == null) {
            return List.of();
        }
        if (around != null && view != null) {
            write(query, around, view);
            demand(query, around.conditionOf(view), view);
        }
        return new AccessAssembly(reading.context.blocks, mode.oracle(), false).assemble();
    }

    /** One reading of the text: what is read is changed by what a statement demands. */
    private static final class Reading {
        final AccessContext context;
        /** Null if it is not usable. */
        final @Nullable Query query;

        Reading(ViewDefinition view) {
            byte[] bytes = view.text().getBytes(StandardCharsets.UTF_8);
            AccessTokens tokens = new AccessTokens(bytes, 0, bytes.length, view.mode(), new LiteralSlots());
            context = new AccessContext(tokens);
            Query read = context.queries().query();
            boolean whole = tokens.at(TokenKind.END) && !tokens.isDoubtful() && context.isComplete();
            query = whole && !read.branches.isEmpty() ? read : null;
            boolean unique = isUnique(context.blocks);
            context.blocks.forEach(block -> change(block, unique));
        }

        /** Whether no two tables of different databases have the same name. */
        private static boolean isUnique(List<BlockBuilder> blocks) {
            Map<String, @Nullable String> databases = new HashMap<>();
            for (BlockBuilder block : blocks) {
                for (Source source : block.sources) {
                    TableName table = source.table;
                    if (table != null) {
                        String other = databases.putIfAbsent(table.name(), table.database());
                        if (other != null && !other.equals(table.database())) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }

        /** Forgets literals; and databases of columns, as statements know tables by their names alone. */
        private static void change(BlockBuilder block, boolean unique) {
            Expression where = block.where;
            block.where = where == null ? null : condition(where, unique);
            block.events.replaceAll(event -> switch (event) {
                case BlockBuilder.Event.On(Expression on, int from, int to) ->
                    new BlockBuilder.Event.On(condition(on, unique), from, to);
                case BlockBuilder.Event.Optional optional -> optional;
            });
            block.items.replaceAll(item -> new BlockBuilder.Item(
                    item.name(),
                    hasLiteral(item.expression()) ? Expression.Unknown.INSTANCE : named(item.expression(), unique),
                    item.height()));
        }

        private static Expression named(Expression expression, boolean unique) {
            Expression changed = unique
                    ? ExpressionTree.rewrite(
                            expression,
                            leaf -> leaf instanceof Expression.Column(String _, String table, String name)
                                    ? new Expression.Column(null, table, name)
                                    : leaf)
                    : expression;
            return changed == null ? Expression.Unknown.INSTANCE : changed;
        }

        private static Expression condition(Expression condition, boolean unique) {
            return named(withoutLiterals(condition), unique);
        }

        private static Expression withoutLiterals(Expression condition) {
            List<Expression> terms = ConditionTerms.flat(true, List.of(condition)).stream()
                    .map(term -> hasLiteral(term) ? Expression.Unknown.INSTANCE : term)
                    .toList();
            Expression joined = ConditionTerms.and(terms);
            return joined == null ? Expression.Unknown.INSTANCE : joined;
        }

        private static boolean hasLiteral(Expression expression) {
            return switch (expression) {
                case Expression.Literal _,
                        Expression.AdjacentStrings _,
                        Expression.Temporal _,
                        Expression.Placeholder _,
                        Expression.NamedPlaceholder _ -> true;
                default -> ExpressionTree.children(expression).stream().anyMatch(Reading::hasLiteral);
            };
        }
    }

    /** What is written through the view is written to its table; of a view of several, to its first. */
    private void write(Query query, QueryBlock around, TableAccess view) {
        boolean target = around.tables().getFirst() == view;
        if (!target || around.kind() == BlockKind.SELECT || query.branches.size() != 1) {
            return;
        }
        BlockBuilder block = query.first();
        block.kind = around.kind();
        WrittenRows rows = around.rows();
        List<String> columns = rows == null ? null : columns(query, rows);
        if (rows != null && columns != null) {
            block.rows = new WrittenRows(columns, rows.rows(), rows.lenient(), rows.selected());
        }
    }

    /** The columns of the view's only table that rows are written to; null if there are others. */
    private @Nullable List<String> columns(Query query, WrittenRows rows) {
        BlockBuilder block = query.first();
        if (block.sources.size() != 1 || block.sources.getFirst().table == null) {
            return null;
        }
        List<String> names = rows.columns().isEmpty()
                ? block.items.stream()
                        .map(item -> item.name() == null ? "" : item.name())
                        .toList()
                : rows.columns();
        ColumnOrigins origins = new ColumnOrigins(query, List.of(), mode.oracle());
        List<String> columns = new ArrayList<>(names.size());
        for (String name : names) {
            Expression origin = origins.inside(new Expression.Column(null, null, name), 0, null, true);
            if (!(origin instanceof Expression.Column column)) {
                return null;
            }
            columns.add(column.name());
        }
        return columns;
    }

    /** Carries the terms of a condition that are about the view's columns into its query. */
    private void demand(Query query, @Nullable Expression condition, TableAccess view) {
        if (condition == null || !query.takesConditions()) {
            return;
        }
        String name = view.alias() == null ? view.table().name() : view.alias();
        ColumnOrigins origins = new ColumnOrigins(query, List.of(), mode.oracle());
        for (int branch = 0; branch < query.branches.size(); branch++) {
            List<Expression> carried = new ArrayList<>();
            for (Expression term : ConditionTerms.flat(true, List.of(condition))) {
                Expression inner = origins.inside(term, branch, name, true);
                if (inner != null) {
                    carried.add(inner);
                }
            }
            query.branches.get(branch).carried.add(ConditionTerms.and(carried));
        }
    }
}
