package com.oceanbase.odp.it.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement to record.
 *
 * @param operation select, update, insert …
 * @param rows a query for the {@code rid} of the rows that the statement reads, null if it is an INSERT
 * @param inserted the {@code rid} of each row that it inserts
 * @param other the table that is joined as {@code y}, null if there is none
 */
record Draft(
        String operation,
        String tag,
        String sql,
        @Nullable String rows,
        List<Integer> inserted,
        List<String> setup,
        List<Parameter> parameters,
        @Nullable String other) {
    Draft {
        inserted = List.copyOf(inserted);
        setup = List.copyOf(setup);
        parameters = List.copyOf(parameters);
    }

    static Draft select(String tag, String sql) {
        String verb = sql.contains("for update") ? "select-for-update" : "select";
        return new Draft(verb, tag, sql, sql, List.of(), List.of(), List.of(), null);
    }

    static Draft write(String operation, String tag, String sql, String rows) {
        return new Draft(operation, tag, sql, rows, List.of(), List.of(), List.of(), null);
    }

    static Draft insert(String tag, String sql, List<Integer> rids) {
        String operation = sql.toLowerCase(java.util.Locale.ROOT).contains("replace ") ? "replace" : "insert";
        return new Draft(operation, tag, sql, null, rids, List.of(), List.of(), null);
    }

    Draft after(String... statements) {
        return new Draft(operation, tag, sql, rows, inserted, List.of(statements), parameters, other);
    }

    Draft with(List<Parameter> values) {
        return new Draft(operation, tag, sql, rows, inserted, setup, values, other);
    }

    Draft joining(String table) {
        return new Draft(operation, tag, sql, rows, inserted, setup, parameters, table);
    }
}
