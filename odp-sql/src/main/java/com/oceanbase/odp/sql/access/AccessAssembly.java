package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes query blocks of what was read: finds out which condition limits which table, and carries conditions on columns of derived tables and
 * common table expressions into their queries.
 */
final class AccessAssembly {
    /** Uses of a common table expression whose conditions are combined. */
    private static final int MOST_USES = 8;

    private final List<BlockBuilder> builders;
    private final boolean oracle;
    private final boolean assignsVariables;

    /** @param assignsVariables what user variables are worth before the text tells nothing */
    AccessAssembly(List<BlockBuilder> builders, boolean oracle, boolean assignsVariables) {
        this.builders = builders;
        this.oracle = oracle;
        this.assignsVariables = assignsVariables;
    }

    /** The blocks that name tables, in the order in which they were found. */
    List<QueryBlock> assemble() {
        countUses();
        Deque<BlockBuilder> ready = new ArrayDeque<>();
        for (BlockBuilder builder : builders) {
            if (builder.openUses == 0) {
                ready.add(builder);
            }
        }
        while (!ready.isEmpty()) {
            BlockBuilder builder = ready.poll();
            build(builder);
            for (Source source : builder.sources) {
                release(source, ready);
            }
        }
        List<QueryBlock> blocks = new ArrayList<>(builders.size());
        for (BlockBuilder builder : builders) {
            QueryBlock block = builder.built;
            if (block != null && !block.tables().isEmpty()) {
                blocks.add(block);
            }
        }
        return List.copyOf(blocks);
    }

    private void countUses() {
        for (BlockBuilder builder : builders) {
            for (Source source : builder.sources) {
                if (source.query != null) {
                    for (BlockBuilder branch : source.query.branches) {
                        branch.openUses++;
                    }
                }
            }
        }
    }

    private void release(Source source, Deque<BlockBuilder> ready) {
        if (source.query != null) {
            for (BlockBuilder branch : source.query.branches) {
                branch.openUses--;
                if (branch.openUses == 0) {
                    ready.add(branch);
                }
            }
        }
    }

    private void build(BlockBuilder builder) {
        BlockConditions conditions = new BlockConditions(builder, carried(builder));
        substituteRows(builder, conditions);
        if (assignsVariables) {
            forgetVariables(builder, conditions);
        }
        for (int i = 0; i < builder.sources.size(); i++) {
            Query query = builder.sources.get(i).query;
            if (query != null) {
                carry(builder, i, query, conditions);
            }
        }
        List<TableAccess> tables = new ArrayList<>(builder.sources.size());
        for (int i : order(builder)) {
            Source source = builder.sources.get(i);
            if (source.table != null) {
                Expression own = ConditionTerms.and(conditions.own(i));
                tables.add(
                        new TableAccess(source.table, source.alias, source.partitions, conditions.isOptional(i), own));
            }
        }
        Expression condition = ConditionTerms.and(conditions.shared());
        builder.built = new QueryBlock(builder.kind, List.copyOf(tables), condition, builder.rows);
    }

    /** Indexes of the sources, those that are written first. */
    private static List<Integer> order(BlockBuilder builder) {
        List<Integer> order = new ArrayList<>(builder.sources.size());
        for (String target : builder.targets) {
            for (int i = 0; i < builder.sources.size() && order.size() < BlockBuilder.MOST_SOURCES; i++) {
                if (builder.sources.get(i).isCalled(target) && !order.contains(i)) {
                    order.add(i);
                }
            }
            if (order.size() >= BlockBuilder.MOST_SOURCES) {
                break;
            }
        }
        boolean[] taken = new boolean[builder.sources.size()];
        order.forEach(i -> taken[i] = true);
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                order.add(i);
            }
        }
        return order;
    }

    /** What all uses of the block together demand; null if one of them demands nothing. */
    private static @Nullable Expression carried(BlockBuilder builder) {
        List<@Nullable Expression> uses = builder.carried;
        if (uses.isEmpty() || uses.size() > MOST_USES) {
            return null;
        }
        List<Expression> alternatives = new ArrayList<>(uses.size());
        for (Expression use : uses) {
            if (use == null) {
                return null;
            }
            alternatives.add(use);
        }
        return alternatives.size() == 1
                ? alternatives.getFirst()
                : new Expression.Junction(false, ConditionTerms.flat(false, alternatives));
    }

    /** Puts the values of derived tables of one row, {@code (SELECT 5 AS k FROM dual) s}, where the text names their columns. */
    private void substituteRows(BlockBuilder builder, BlockConditions conditions) {
        Map<Expression.Column, Expression> values = new HashMap<>();
        for (int i = 0; i < builder.sources.size() && i < BlockBuilder.MOST_SOURCES; i++) {
            Source source = builder.sources.get(i);
            Query query = source.query;
            if (query != null && source.alias != null && !conditions.isOptional(i) && query.branches.size() == 1) {
                new ColumnOrigins(query, source.columnNames, oracle).addRow(source.alias, values);
            }
        }
        if (values.isEmpty()) {
            return;
        }
        conditions.change(condition -> ConditionTerms.substitute(condition, values));
        changeRows(builder, value -> ConditionTerms.substitute(value, values));
    }

    private static void forgetVariables(BlockBuilder builder, BlockConditions conditions) {
        conditions.change(ConditionTerms::withoutVariables);
        changeRows(builder, ConditionTerms::withoutVariables);
    }

    private static void changeRows(BlockBuilder builder, UnaryOperator<Expression> change) {
        WrittenRows rows = builder.rows;
        if (rows != null) {
            List<List<Expression>> changed = rows.rows().stream()
                    .map(row -> row.stream().map(change).toList())
                    .toList();
            builder.rows = new WrittenRows(rows.columns(), changed, rows.lenient(), rows.selected());
        }
    }

    /** Carries what limits the {@code index}-th source, a query, into that. */
    private void carry(BlockBuilder builder, int index, Query query, BlockConditions conditions) {
        Source source = builder.sources.get(index);
        ColumnOrigins origins = new ColumnOrigins(query, source.columnNames, oracle);
        boolean only = builder.sources.size() == 1;
        boolean takes = query.takesConditions() && isUnique(builder, source);
        List<Expression> terms = takes ? conditions.termsOf(index) : List.of();
        for (int branch = 0; branch < query.branches.size(); branch++) {
            List<Expression> carried = new ArrayList<>(terms.size());
            for (Expression term : terms) {
                Expression inner = origins.inside(term, branch, source.alias, only);
                if (inner != null) {
                    carried.add(inner);
                }
            }
            BlockBuilder into = query.branches.get(branch);
            if (into.carried.size() <= MOST_USES) {
                into.carried.add(ConditionTerms.and(carried));
            }
        }
    }

    /** Whether no other source has the same name. */
    private static boolean isUnique(BlockBuilder builder, Source source) {
        if (builder.sources.size() > BlockBuilder.MOST_SOURCES) {
            return false;
        }
        int same = 0;
        for (Source other : builder.sources) {
            same += source.alias != null && other.isCalled(source.alias) ? 1 : 0;
        }
        return same <= 1;
    }
}
