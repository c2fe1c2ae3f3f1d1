package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query block while its text is read. */
final class BlockBuilder {
    /** More tables than MySQL joins; what is behind them is not looked at. */
    static final int MOST_SOURCES = 64;

    /** What limits some of the sources, in the order of the text. */
    sealed interface Event {
        /** ON of a join that limits the sources from {@code from} to {@code to}, exclusive. */
        record On(Expression condition, int from, int to) implements Event {}

        /** These sources have become the inner side of an outer join. */
        record Optional(int from, int to) implements Event {}
    }

    /**
     * An element of a select list.
     *
     * @param name of the column, null if it has none that is known
     * @param height of the expression
     */
    record Item(@Nullable String name, Expression expression, int height) {}

    BlockKind kind;
    final List<Source> sources = new ArrayList<>(1);
    final List<Event> events = new ArrayList<>(0);
    final List<Item> items = new ArrayList<>(1);
    /** {@code *} and {@code t.*} among the items. */
    int stars;

    @Nullable
    Expression where;

    @Nullable
    WrittenRows rows;
    /** Targets of a write by the name that the text uses. */
    final List<String> targets = new ArrayList<>(0);
    /** Columns that GROUP BY lists, lower case; null without GROUP BY. */
    @Nullable
    List<String> groupColumns;

    boolean aggregates;
    /** WHERE does not limit the rows that are read: CONNECT BY. */
    boolean hierarchical;
    /** A condition contains {@code (+)}. */
    boolean outerOperator;
    /** LIMIT, ROWNUM, window functions, assignments, ROLLUP: conditions of the outer query must not be tested earlier. */
    boolean closed;
    /** Conditions of the queries around this one, one element for each of their uses. */
    final List<@Nullable Expression> carried = new ArrayList<>(0);
    /** FROM clauses that name it and are not built yet. */
    int openUses;

    @Nullable
    QueryBlock built;

    BlockBuilder(BlockKind kind) {
        this.kind = kind;
    }

    boolean takesConditions() {
        return !closed && !hierarchical;
    }

    /** Whether it yields at most one row, of expressions that are not columns of tables. */
    boolean isRow() {
        return sources.isEmpty() && stars == 0 && !items.isEmpty();
    }

    /** Whether it yields exactly one row of its items. */
    boolean isExactlyOneRow() {
        return isRow() && where == null && !closed && !aggregates && groupColumns == null && !hierarchical;
    }

    /** ON of an inner join of all sources from {@code from} on. */
    void on(Expression condition, int from, int to) {
        if (to > from) {
            events.add(new Event.On(condition, from, to));
        }
    }

    void optional(int from, int to) {
        if (to > from) {
            events.add(new Event.Optional(from, to));
        }
    }
}
