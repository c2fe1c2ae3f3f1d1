package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.expression.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which conditions limit the sources of one block: those that all of them share, and those of each one. */
final class BlockConditions {
    private final List<Expression> shared = new ArrayList<>(2);
    private final List<List<Expression>> own;
    private final boolean[] optional;

    /** @param carried what the queries around the block demand of its rows, null if nothing */
    BlockConditions(BlockBuilder builder, @Nullable Expression carried) {
        int count = builder.sources.size();
        own = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            own.add(new ArrayList<>(0));
        }
        optional = new boolean[count];
        boolean outer = builder.outerOperator;
        for (BlockBuilder.Event event : builder.events) {
            outer |= event instanceof BlockBuilder.Event.Optional;
        }
        if (builder.outerOperator) {
            Arrays.fill(optional, true);
        }
        for (BlockBuilder.Event event : builder.events) {
            switch (event) {
                case BlockBuilder.Event.On on -> on(on, outer);
                case BlockBuilder.Event.Optional(int from, int to) -> Arrays.fill(optional, from, to, true);
            }
        }
        if (!builder.hierarchical && builder.where != null) {
            everywhere(builder.where);
        }
        if (carried != null) {
            everywhere(carried);
        }
    }

    /** Unqualified names of ON belong to the tables that are joined, so only qualified ones may be shared. */
    private void on(BlockBuilder.Event.On on, boolean outer) {
        boolean all = on.from() == 0 && on.to() == own.size();
        if (!outer && (all || ConditionTerms.isQualified(on.condition()))) {
            shared.add(on.condition());
            return;
        }
        Expression strict = ConditionTerms.strictPart(on.condition());
        for (int i = on.from(); i < on.to(); i++) {
            addOwn(i, optional[i] ? strict : on.condition());
        }
    }

    private void everywhere(Expression condition) {
        shared.add(condition);
        Expression strict = null;
        for (int i = 0; i < optional.length; i++) {
            if (optional[i]) {
                strict = strict == null ? ConditionTerms.strictPart(condition) : strict;
                addOwn(i, strict);
            }
        }
    }

    private void addOwn(int index, @Nullable Expression condition) {
        if (condition != null) {
            own.get(index).add(condition);
        }
    }

    List<Expression> shared() {
        return shared;
    }

    /** What limits this source beyond the shared conditions; everything, if it is optional. */
    List<Expression> own(int index) {
        return own.get(index);
    }

    boolean isOptional(int index) {
        return optional[index];
    }

    /** The terms that all must hold for a row of this source to matter. */
    List<Expression> termsOf(int index) {
        List<Expression> all = new ArrayList<>(own.get(index));
        if (!optional[index]) {
            all.addAll(shared);
        }
        return ConditionTerms.flat(true, all);
    }

    void change(UnaryOperator<Expression> change) {
        shared.replaceAll(change);
        for (List<Expression> conditions : own) {
            conditions.replaceAll(change);
        }
    }
}
