package com.oceanbase.odp.routing.partition;

import com.oceanbase.odp.sql.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * A column as far as the calculation of partitions needs it.
 *
 * @param name its name, in the letter case of the DDL; compare without regard to case
 * @param type its type
 * @param position its place among the columns that INSERT without a column list fills, from 0; -1 if not known or hidden
 * @param nulls whether NULL may be stored
 * @param autoIncrement the server may make its value
 * @param defaultValue what INSERT stores when it names no value, {@link Datum.Null} included; null if not known or not constant
 * @param generated expression of a generated column, else null
 * @param rowidIndex its place among the key values in a ROWID of the table, from 0; -1 if it has none
 */
public record TableColumn(
        String name,
        ColumnType type,
        int position,
        Nulls nulls,
        boolean autoIncrement,
        @Nullable Datum defaultValue,
        @Nullable StoredExpression generated,
        int rowidIndex) {

    /** A column that is no part of ROWIDs, and of which it is not known whether it may hold NULL. */
    public TableColumn(
            String name,
            ColumnType type,
            int position,
            boolean autoIncrement,
            @Nullable Datum defaultValue,
            @Nullable StoredExpression generated) {
        this(name, type, position, Nulls.UNKNOWN, autoIncrement, defaultValue, generated, -1);
    }

    /** Whether a column may hold NULL; proxies are not told. */
    public enum Nulls {
        ALLOWED,
        FORBIDDEN,
        UNKNOWN
    }

    /** Whether the expression is this column, by name alone. */
    public boolean isNamed(Expression.Column column) {
        return name.equalsIgnoreCase(column.name());
    }
}
