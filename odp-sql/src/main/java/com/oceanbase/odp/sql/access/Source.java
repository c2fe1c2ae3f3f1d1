package com.oceanbase.odp.sql.access;

import com.oceanbase.odp.sql.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a FROM clause names: a base table, a query (derived table, common table expression), or neither of them (table functions, tables
 * behind a database link).
 */
final class Source {
    final @Nullable TableName table;
    final @Nullable Query query;

    @Nullable
    String alias;
    /** Whether an alias was read, so that no other one follows. */
    boolean qualified;

    List<String> partitions = List.of();
    /** Columns that the alias of a derived table renames. */
    List<String> columnNames = List.of();

    private Source(@Nullable TableName table, @Nullable Query query, @Nullable String alias) {
        this.table = table;
        this.query = query;
        this.alias = alias;
    }

    static Source of(TableName table) {
        return new Source(table, null, null);
    }

    /** A query under the name that it has until an alias follows. */
    static Source of(Query query, @Nullable String name) {
        query.uses++;
        return new Source(null, query, name);
    }

    static Source opaque() {
        return new Source(null, null, null);
    }

    /** Name by which columns are qualified. */
    @Nullable
    String qualifier() {
        return alias != null || table == null ? alias : table.name();
    }

    /** Whether columns are qualified by this name, without regard to case. */
    boolean isCalled(String name) {
        String qualifier = qualifier();
        return qualifier != null && qualifier.equalsIgnoreCase(name);
    }
}
