package com.oceanbase.odp.routing.partition.condition;

import com.oceanbase.odp.sql.expression.BinaryOperator;
import com.oceanbase.odp.sql.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on the columns of one table, as far as it can tell partitions apart. Columns are indexes into those of the table. */
public sealed interface Condition {
    /** No condition. */
    record Always() implements Condition {
        /** The only one that is needed. */
        public static final Always INSTANCE = new Always();
    }

    /**
     * A condition on a column of interest that is no range of it; {@code reason} in plain words.
     *
     * @param filter what can be checked for rows of list partitions, null for nothing
     */
    record Unusable(String reason, @Nullable Filter filter) implements Condition {}

    /** A condition that is checked for rows of list partitions. */
    record Checked(Filter filter) implements Condition {}

    /**
     * An expression of the table's columns compared with a constant; of use if it is the partition expression of a level.
     *
     * @param level 0 or 1
     */
    record OnExpression(
            int level,
            Expression operand,
            BinaryOperator operator,
            Expression value,
            String reason,
            @Nullable Filter filter)
            implements Condition {}

    /** Several conditions that must all hold ({@code and}), or of which one must. */
    record Junction(boolean and, List<Condition> terms) implements Condition {}

    /** A column compared with a constant: EQUAL, NULL_SAFE_EQUAL, LESS, LESS_EQUAL, GREATER or GREATER_EQUAL. */
    record Compare(
            int column,
            BinaryOperator operator,
            Expression value,
            @Nullable Filter filter) implements Condition {}

    /** {@code column IN (constants)}. */
    record OneOf(
            int column, List<Expression> values, @Nullable Filter filter) implements Condition {}

    /** {@code column IS [NOT] NULL}. */
    record NullTest(int column, boolean negated) implements Condition {}

    /** {@code column LIKE pattern}. */
    record Like(
            int column,
            Expression pattern,
            @Nullable Expression escape,
            @Nullable Filter filter) implements Condition {}

    /** {@code ROWID IN (constants)}, or equal to the only one. */
    record ByRowid(List<Expression> values) implements Condition {}

    /** A constant that must be true, or must not be ({@code negated}). */
    record Truth(Expression constant, boolean negated) implements Condition {}
}
